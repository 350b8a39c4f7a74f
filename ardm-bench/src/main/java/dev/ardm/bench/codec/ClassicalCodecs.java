package dev.ardm.bench.codec;

import dev.ardm.app.report.Baselines;
import dev.ardm.app.report.ByteCodec;
import dev.ardm.data.ItemSet;
import dev.ardm.data.items.ItemSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Sizes that general compressors reach on the data sets, as Markdown: each item by itself, where dictionaries may be learnt from the training part, and
 * all items as one file.
 */
public final class ClassicalCodecs {
    private static final int SMALL_DICTIONARY = 16;
    /** What {@code zstd --train} makes by default. */
    private static final int USUAL_DICTIONARY = 110;

    private final Path data;
    private final List<String> missing = new ArrayList<>();
    private final List<ByteCodec> whole = new ArrayList<>();

    private ClassicalCodecs(Path data) {
        this.data = data;
        whole.addAll(List.of(ByteCodec.deflate(), ByteCodec.zstd(), ByteCodec.xz()));
        whole.addAll(InstalledCodec.installed(missing));
    }

    /** Argument: the folder with the data sets {@code adult}, {@code digits8x8}, {@code spoken-digits} and {@code text27}; those that are there are measured. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: bench/run classical DATA_FOLDER");
            System.exit(2);
        }
        ClassicalCodecs codecs = new ClassicalCodecs(Path.of(args[0]));
        if (!codecs.missing.isEmpty()) {
            System.out.println("Not installed here, so left out: " + String.join(", ", codecs.missing) + ".\n");
        }
        codecs.adult();
        codecs.digits();
        codecs.spokenDigits();
        codecs.text();
    }

    private boolean absent(String set) {
        if (Files.isDirectory(data.resolve(set))) {
            return false;
        }
        System.out.println(set + ": not in " + data.getFileName() + ", left out.\n");
        return true;
    }

    private void adult() throws IOException {
        if (absent("adult")) {
            return;
        }
        List<byte[]> training = rows(data.resolve("adult/train.csv"));
        List<byte[]> test = rows(data.resolve("adult/test.csv"));
        System.out.printf(
                Locale.ROOT,
                "### adult: %,d test rows, bits per row (as CSV text, without the header line; %.1f bits raw)%n%n",
                test.size(),
                8.0 * bytes(test) / test.size());
        // The line ends are part of the file as one, and not of a row by itself.
        separately(training, test, test.size());
        together(joined(test, '\n'), test.size());
    }

    private void digits() throws IOException {
        if (absent("digits8x8")) {
            return;
        }
        ItemSet training = ItemSets.open(data.resolve("digits8x8/train.npy.gz"));
        ItemSet test = ItemSets.open(data.resolve("digits8x8/test.npy.gz"), training.space());
        List<int[]> items = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            items.add(test.item(i));
            bytes.add(valueBytes(test.item(i)));
        }
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; i < training.size(); i++) {
            samples.add(valueBytes(training.item(i)));
        }
        int dimensions = training.space().dimensions();
        System.out.printf(
                Locale.ROOT,
                "### digits8x8: %,d test images of %s, bits per dimension (%.4f with all values equally likely)%n%n",
                test.size(),
                training.space(),
                Math.log(training.space().maxCategories()) / Math.log(2));
        System.out.println("| each image by itself | bits per dimension |\n|---|---|");
        for (Baselines.Result result : Baselines.measure(training, items)) {
            if (result.name().equals("PNG")) {
                print(result.name(), result.bitsPerDimension());
            }
        }
        long units = (long) dimensions * test.size();
        rowsOf(List.of(ByteCodec.deflate(), ByteCodec.xz(), ByteCodec.zstd()), bytes, units);
        rowsOf(dictionaries(samples), bytes, units);
        System.out.println();
        together(joined(bytes, -1), units);
    }

    private void spokenDigits() throws IOException {
        if (absent("spoken-digits")) {
            return;
        }
        Recordings recordings = Recordings.read(data.resolve("spoken-digits/recordings.zip"));
        long samples = 0;
        for (byte[] wav : recordings.test()) {
            samples += Recordings.samples(wav);
        }
        System.out.printf(
                Locale.ROOT,
                "### spoken-digits: %,d test recordings, %,d samples, bits per sample (whole WAV files; %.3f bits raw)%n%n",
                recordings.test().size(),
                samples,
                8.0 * bytes(recordings.test()) / samples);
        separately(recordings.training(), recordings.test(), samples);
        together(joined(recordings.test(), -1), samples);
    }

    private void text() throws IOException {
        if (absent("text27")) {
            return;
        }
        byte[] text;
        try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(data.resolve("text27/test.txt.gz")))) {
            text = stream.readAllBytes();
        }
        System.out.printf(Locale.ROOT, "### text27: %,d test characters, bits per character%n%n", text.length);
        together(text, text.length);
    }

    private static void separately(List<byte[]> training, List<byte[]> test, long units) throws IOException {
        System.out.println("| each by itself | bits |\n|---|---|");
        rowsOf(List.of(ByteCodec.deflate(), ByteCodec.xz(), ByteCodec.zstd()), test, units);
        rowsOf(dictionaries(training), test, units);
        System.out.println();
    }

    private void together(byte[] bytes, long units) throws IOException {
        System.out.println("| all as one file | bits |\n|---|---|");
        rowsOf(whole, List.of(bytes), units);
        System.out.println();
    }

    private static List<ByteCodec> dictionaries(List<byte[]> training) {
        List<ByteCodec> codecs = new ArrayList<>();
        for (int kibibytes : new int[] {SMALL_DICTIONARY, USUAL_DICTIONARY}) {
            codecs.add(ByteCodec.zstd(training, kibibytes));
        }
        return codecs;
    }

    private static void rowsOf(List<ByteCodec> codecs, List<byte[]> items, long units) throws IOException {
        for (ByteCodec codec : codecs) {
            print(codec.name(), 8.0 * codec.size(items) / units);
        }
    }

    private static void print(String name, double bits) {
        System.out.printf(Locale.ROOT, "| %s | %.3f |%n", name, bits);
    }

    /** Lines after the header, without their ends. */
    private static List<byte[]> rows(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] valueBytes(int[] item) {
        byte[] bytes = new byte[item.length];
        for (int i = 0; i < item.length; i++) {
            bytes[i] = (byte) item[i];
        }
        return bytes;
    }

    private static long bytes(List<byte[]> items) {
        return items.stream().mapToLong(item -> item.length).sum();
    }

    /** One after the other, each with an end if that is not negative. */
    private static byte[] joined(List<byte[]> items, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] item : items) {
            out.writeBytes(item);
            if (end >= 0) {
                out.write(end);
            }
        }
        return out.toByteArray();
    }
}
