package dev.ardm.bench.codec;

import com.github.luben.zstd.ZstdException;
import dev.ardm.app.Listener;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.pack.PackOptions;
import dev.ardm.app.pack.Packing;
import dev.ardm.app.report.ByteCodec;
import dev.ardm.app.report.ItemBaselines;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import dev.ardm.data.registry.FileItems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Lines of test files, each alone, by a model of counts of the lines of training files, next to yardsticks: zstd with dictionaries
 * of the same lines, an n-gram, PPMd primed with the same lines, and general compressors of the whole test file; then both files
 * packed into one archive. Prints the bytes of one set as a column of a table in Markdown.
 */
final class RecordComparison {
    private static final int[] DICTIONARIES = {16, 110};
    private static final int NGRAM = 6;
    private static final int EVERY = 5;
    private static final int SPEED_ROUNDS = 3;
    private static final int RANDOM_READS = 1_000;

    private final List<String> names = new ArrayList<>();
    private final List<List<String>> cells = new ArrayList<>();
    private int row;

    private RecordComparison() {}

    /** Prints a table. @param arguments pairs of a training file and a test file */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || arguments.length % 2 != 0) {
            throw new IllegalArgumentException("usage: TRAIN TEST...");
        }
        RecordComparison table = new RecordComparison();
        for (int k = 0; k < arguments.length; k += 2) {
            table.add(Path.of(arguments[k]), Path.of(arguments[k + 1]));
        }
        for (int r = 0; r < table.names.size(); r++) {
            System.out.println("| " + table.names.get(r) + " | " + String.join(" | ", table.cells.get(r)) + " |");
            if (r == 0) {
                System.out.println("|---".repeat(arguments.length / 2 + 1) + "|");
            }
        }
    }

    private void add(Path train, Path test) throws IOException {
        row = 0;
        DataFormat format = DataFormats.fit("lines", List.of(train), Map.of());
        List<Item> trainingItems = items(format, train);
        List<Item> items = items(format, test);
        List<byte[]> training = lines(trainingItems);
        List<byte[]> tested = lines(items);
        byte[] whole = Files.readAllBytes(test);
        cell("test lines", "%s, %,d", test.getFileName(), items.size());
        cell("bytes", "%,d", whole.length);

        CountsModel learnt = CountsModel.learn(
                format.space(),
                format.definition(),
                trainingItems.stream().map(Item::values).toList(),
                CountsOptions.BEST);
        long model = ours(format, learnt, items, whole.length);

        for (int kibibytes : DICTIONARIES) {
            dictionary(kibibytes + " KiB", training, tested, kibibytes);
        }
        dictionary("as large as the model", training, tested, (int) Math.max(1, model >> 10));
        cell(
                "interpolated n-gram of order " + NGRAM + " (information)",
                "%,.0f",
                new NgramBaseline(training, NGRAM).size(tested));
        primed(training, tested);
        asOneFile("test lines", whole);

        List<byte[]> all = new ArrayList<>(training);
        all.addAll(tested);
        byte[] everything = joined(all, new byte[0]);
        packed(everything);
        cell(
                "both: zstd -19, each line alone, its dictionary counted",
                "%,d",
                ItemBaselines.of(all).zstdWithDictionary(everything.length));
        asOneFile("both", everything);
    }

    private void asOneFile(String what, byte[] bytes) throws IOException {
        cell(what + ": xz -9e, one file", "%,d", ByteCodec.xz().size(List.of(bytes)));
        for (String program : List.of("brotli", "7z", "zpaq")) {
            Optional<ByteCodec> codec = InstalledCodec.of(program);
            if (codec.isPresent()) {
                cell(
                        what + ": " + codec.get().name() + ", one file",
                        "%,d",
                        codec.get().size(List.of(bytes)));
            }
        }
    }

    /** Packs training and test lines: each can be read alone, and the model is inside. */
    private void packed(byte[] lines) throws IOException {
        Path folder = Files.createTempDirectory("records");
        Path file = folder.resolve("lines.log");
        Path archive = folder.resolve("lines.log.ardm");
        try {
            Files.write(file, lines);
            Attributes kept = new Attributes(false, false);
            PackOptions options = new PackOptions(Optional.of(FileItems.LINES), 0, OptionalInt.empty(), false, kept, 1);
            Packing.Packed packed =
                    new Packing(options, new TrainingRun.Origin("", ""), Listener.NONE).pack(file, archive);
            cell("both: bytes", "%,d", lines.length);
            cell("**both: `ardm pack`**", "**%,d**", packed.bytes());
            cell("both: of these the model", "%,d", packed.modelBytes());
        } finally {
            for (Path path : List.of(file, archive, folder)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void cell(String name, String format, Object... values) {
        if (row == names.size()) {
            names.add(name);
            cells.add(new ArrayList<>());
        }
        cells.get(row++).add(String.format(Locale.ROOT, format, values));
    }

    /** Adds what the model takes, and returns the bytes of its file. */
    private long ours(DataFormat format, CountsModel learnt, List<Item> items, long raw) throws IOException {
        Path folder = Files.createTempDirectory("records");
        Path archive = folder.resolve("x.ardm");
        Path file = folder.resolve("model.safetensors");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                ModelFile.write(learnt, Type.F32, out);
            }
            ours(format, file, archive, items, raw);
            return Files.size(file);
        } finally {
            for (Path path : List.of(archive, file, folder)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void ours(DataFormat format, Path file, Path archive, List<Item> items, long raw) throws IOException {
        long begin = System.nanoTime();
        LikelihoodModel model = Models.open(file, 1);
        double opening = (System.nanoTime() - begin) / 1e6;
        Plan plan = model.plan(1);
        ItemLayout layout = ItemArchiveWriter.layout(format.layout(), format.filePerItem(), model);
        double bits = 0;
        for (double[] item : model.scorer(plan, layout).unitBits(items, LikelihoodModel.NO_PROGRESS)) {
            bits += Estimate.total(item);
        }
        double writing = Double.POSITIVE_INFINITY;
        for (int round = 0; round < SPEED_ROUNDS; round++) {
            Files.deleteIfExists(archive);
            long start = System.nanoTime();
            write(archive, layout, model, plan, items);
            writing = Math.min(writing, (System.nanoTime() - start) / 1e3);
        }
        long size = Files.size(archive);
        cell("model", "%,d", Files.size(file));
        cell("information, with the ends of lines", "%,.0f", bits / 8);
        cell("**archive**", "**%,d**", size);
        cell("archive and model", "%,d", size + Files.size(file));
        cell("milliseconds to open the model", "%.0f", opening);
        cell("MB/s written, each line decoded again", "%.2f", raw / writing);
        cell("lines/s read in random order", "%,.0f", reads(archive, model, RANDOM_READS));
        cell("lines/s where each is the first that is read of an archive", "%,.0f", reads(archive, model, 1));
    }

    /** The best rate of some rounds of random reads, so many at a time from one opening. An archive keeps what it decoded last. */
    private static double reads(Path archive, LikelihoodModel model, int together) throws IOException {
        double best = 0;
        for (int round = 0; round < SPEED_ROUNDS; round++) {
            Random random = new Random(round);
            long nanos = 0;
            for (int k = 0; k < RANDOM_READS; k += together) {
                try (ItemArchive open = ItemArchive.open(archive, model)) {
                    long start = System.nanoTime();
                    for (int j = 0; j < together; j++) {
                        open.get(random.nextInt(open.size()));
                    }
                    nanos += System.nanoTime() - start;
                }
            }
            best = Math.max(best, RANDOM_READS / (nanos / 1e9));
        }
        return best;
    }

    private static void write(Path file, ItemLayout layout, LikelihoodModel model, Plan plan, List<Item> items)
            throws IOException {
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, plan, layout)) {
            for (Item item : items) {
                writer.add(item);
            }
            writer.commit();
        }
    }

    private void dictionary(String name, List<byte[]> training, List<byte[]> tested, int kibibytes) throws IOException {
        String cell;
        try {
            cell = String.format(
                    Locale.ROOT, "%,d", ByteCodec.zstd(training, kibibytes).size(tested));
        } catch (ZstdException e) {
            cell = "no dictionary of this size";
        }
        cell("zstd -19, dictionary " + name + " (not counted)", "%s", cell);
    }

    /** PPMd of 7-Zip, primed with the training lines: how much longer it makes their file to have a test line at its end. */
    private void primed(List<byte[]> training, List<byte[]> tested) throws IOException {
        Optional<ByteCodec> ppmd = InstalledCodec.of("7z");
        if (ppmd.isEmpty()) {
            return;
        }
        byte[] primer = joined(training, new byte[0]);
        long before = ppmd.get().size(List.of(primer));
        long more = 0;
        for (int k = 0; k < tested.size(); k += EVERY) {
            more += ppmd.get().size(List.of(joined(training, tested.get(k)))) - before;
        }
        cell("PPMd of order 16, primed; every fifth line, times five", "%,d", EVERY * more);
    }

    private static byte[] joined(List<byte[]> lines, byte[] last) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        lines.forEach(all::writeBytes);
        all.writeBytes(last);
        return all.toByteArray();
    }

    private static List<Item> items(DataFormat format, Path path) throws IOException {
        List<Item> items = new ArrayList<>();
        try (ItemCursor cursor = format.wholeItems(List.of(path))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                items.add(item);
            }
        }
        return items;
    }

    /** Each line with its end, as other coders get it. */
    private static List<byte[]> lines(List<Item> items) {
        List<byte[]> lines = new ArrayList<>();
        for (Item item : items) {
            byte[] line = new byte[item.values().length + 1];
            for (int i = 0; i < item.values().length; i++) {
                line[i] = (byte) item.values()[i];
            }
            line[line.length - 1] = '\n';
            lines.add(line);
        }
        return lines;
    }
}
