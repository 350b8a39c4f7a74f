package dev.ardm.bench.load;

import dev.ardm.bench.PeakMemory;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Writes an archive of very many small items, each coded by the model, in constant memory. */
public final class ArchiveLoadWriter {
    /** Items that are coded at a time. */
    private static final int CHUNK = 256;

    private ArchiveLoadWriter() {}

    /** Arguments: model, data, number of items, network calls, archive. Prints Markdown. */
    public static void main(String[] args) throws IOException {
        LikelihoodModel model = MaskingModel.of(Models.read(Path.of(args[0]))).open(1);
        NoisyItems items = new NoisyItems(Path.of(args[1]));
        int count = Integer.parseInt(args[2]);
        Plan plan = model.plan(Integer.parseInt(args[3]));
        Path file = Path.of(args[4]);
        ItemEncoder encoder = new ItemEncoder(model, plan, ItemLayout.VALUES);
        long streams = 0;
        double writing = 0;
        Stopwatch all = new Stopwatch();
        try (ArchiveWriter writer = ArchiveWriter.create(file, ArchivePlan.header(model, plan), true)) {
            for (int from = 0; from < count; from += CHUNK) {
                List<Item> chunk = IntStream.range(from, Math.min(count, from + CHUNK))
                        .mapToObj(k -> Item.of(items.item(k), NoisyItems.name(k)))
                        .toList();
                List<CodedItem> coded = encoder.encode(chunk, LikelihoodModel.NO_PROGRESS);
                Stopwatch adding = new Stopwatch();
                for (int k = 0; k < coded.size(); k++) {
                    coded.get(k).addTo(writer, ItemLabel.named(chunk.get(k).name()));
                    streams += coded.get(k).stream().length;
                }
                writing += adding.seconds();
            }
            Stopwatch committing = new Stopwatch();
            writer.commit();
            writing += committing.seconds();
        }
        row("items, each different", "%,d", count);
        row("coding them, decoding each to check it, writing, to the disk and read back", "%s", all.rate(count));
        row("of that without the network: writing, to the disk and read back", "%.1f s", writing);
        row("bytes of the archive", "%,d", Files.size(file));
        row("of them streams, an item", "%.2f", streams / (double) count);
        row("all an item, with its name", "%.2f", Files.size(file) / (double) count);
        row(
                "most memory of the writing process (heap at most %d MiB)"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20),
                "%d MiB",
                PeakMemory.kibibytes() >> 10);
    }

    static void row(String what, String format, Object... values) {
        System.out.println("| " + what + " | " + String.format(Locale.ROOT, format, values) + " |");
    }
}
