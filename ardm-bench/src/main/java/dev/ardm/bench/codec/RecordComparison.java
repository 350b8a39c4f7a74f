package dev.ardm.bench.codec;

import com.github.luben.zstd.ZstdException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lines of test files, each alone, by a model of counts of the lines of training files, next to zstd with dictionaries of the same
 * lines, and to xz of the whole test file.
 */
final class RecordComparison {
    private static final int[] DICTIONARIES = {16, 110};

    private RecordComparison() {}

    /** Prints a table. @param arguments pairs of a training file and a test file */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || arguments.length % 2 != 0) {
            throw new IllegalArgumentException("usage: TRAIN TEST...");
        }
        System.out.println(
                "| test lines | bytes | model | information | archive | archive and model"
                        + " | zstd -19, dictionary 16 KiB | 110 KiB | as large as the model | xz -9e, one file | MB/s coding |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (int k = 0; k < arguments.length; k += 2) {
            System.out.println(row(Path.of(arguments[k]), Path.of(arguments[k + 1])));
        }
    }

    private static String row(Path train, Path test) throws IOException {
        DataFormat format = DataFormats.fit("lines", List.of(train), Map.of());
        CountsModel learnt = CountsModel.learn(
                format.space(),
                format.definition(),
                items(format, train).stream().map(Item::values).toList());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(learnt, Type.F32, file);
        LikelihoodModel model = learnt.open(1);
        Plan plan = model.plan(1);
        List<Item> items = items(format, test);
        double bits = 0;
        for (double[] item : model.scorer(plan, format.layout()).unitBits(items, LikelihoodModel.NO_PROGRESS)) {
            bits += Estimate.total(item);
        }
        long begin = System.nanoTime();
        model.coder(plan, format.layout()).encode(items, LikelihoodModel.NO_PROGRESS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long archive = archived(model, plan, format.layout(), items);
        List<byte[]> training = lines(items(format, train));
        List<byte[]> tested = lines(items);
        long raw = Files.size(test);
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s, %,d | %,d | %,d | %,.0f | %,d | %,d |",
                test.getFileName(),
                items.size(),
                raw,
                file.size(),
                bits / 8,
                archive,
                archive + file.size()));
        for (int kibibytes : DICTIONARIES) {
            row.append(dictionary(training, tested, kibibytes));
        }
        row.append(dictionary(training, tested, Math.max(1, file.size() >> 10)));
        row.append(String.format(
                Locale.ROOT,
                " %,d | %.2f |",
                ByteCodec.xz().size(List.of(Files.readAllBytes(test))),
                raw / 1e6 / seconds));
        return row.toString();
    }

    private static String dictionary(List<byte[]> training, List<byte[]> tested, int kibibytes) throws IOException {
        try {
            return String.format(
                    Locale.ROOT, " %,d |", ByteCodec.zstd(training, kibibytes).size(tested));
        } catch (ZstdException e) {
            return " no dictionary of this size |";
        }
    }

    private static long archived(LikelihoodModel model, Plan plan, ItemLayout layout, List<Item> items)
            throws IOException {
        Path file = Files.createTempFile("records", ".ardm");
        try {
            Files.delete(file);
            try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, plan, layout)) {
                for (Item item : items) {
                    writer.add(item);
                }
                writer.commit();
            }
            return Files.size(file);
        } finally {
            Files.deleteIfExists(file);
        }
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

    /** Each line with its end, as zstd gets it. */
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
