package dev.ardm.bench.load;

import dev.ardm.bench.PeakMemory;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.coding.ItemLabel;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ArchiveItem;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes an archive of very many small items. What the network takes for one item is no news, and a million would take it the better part of an hour: some different
 * items, made of given ones by noise, are coded and decoded, and their streams are written again and again under other names.
 */
public final class ArchiveLoadWriter {
    /** How often a value is moved to the next one up or down. */
    private static final double NOISE = 0.1;

    private ArchiveLoadWriter() {}

    /** The name of an item. */
    static String name(int number) {
        return String.format(Locale.ROOT, "scan/%04d/digit-%07d", number / 1000, number);
    }

    /** The items that are coded. */
    static List<int[]> different(Path data, int count) throws IOException {
        ItemSet set = ItemSets.open(data);
        Space space = set.space();
        List<int[]> items = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            RandomStream random = RandomStream.of(1, Purpose.TEST, n);
            int[] item = set.item(n % set.size()).clone();
            for (int i = 0; i < item.length; i++) {
                if (random.nextDouble() < NOISE) {
                    int moved = item[i] + (random.nextInt(2) == 0 ? 1 : -1);
                    item[i] = Math.max(0, Math.min(space.categories(i) - 1, moved));
                }
            }
            items.add(item);
        }
        return items;
    }

    /** Arguments: model, data, number of items, of different ones, network calls, archive. Prints Markdown. */
    public static void main(String[] args) throws IOException {
        ArdmModel model = new ArdmModel(ModelFile.read(Path.of(args[0])), 1);
        int count = Integer.parseInt(args[2]);
        Plan plan = model.plan(Integer.parseInt(args[4]));
        Path file = Path.of(args[5]);
        List<int[]> items = different(Path.of(args[1]), Integer.parseInt(args[3]));
        ItemEncoder encoder = ItemEncoder.of(model, plan);
        List<CodedItem> coded = new ArrayList<>(items.size());
        Stopwatch coding = new Stopwatch();
        for (int from = 0; from < items.size(); from += ArchiveItems.CHUNK) {
            List<ArchiveItem> chunk = items.subList(from, Math.min(items.size(), from + ArchiveItems.CHUNK)).stream()
                    .map(item -> ArchiveItem.of(item, ""))
                    .toList();
            coded.addAll(encoder.encode(chunk, LikelihoodModel.NO_PROGRESS));
        }
        row("items", "%,d, of which %,d different", count, items.size());
        row("coding and decoding", "%s", coding.rate(items.size()));
        Stopwatch writing = new Stopwatch();
        try (ArchiveWriter writer = ArchiveWriter.create(
                file, ArchivePlan.header(model, model.model().id(), plan), true)) {
            for (int k = 0; k < count; k++) {
                coded.get(k % coded.size()).addTo(writer, ItemLabel.named(name(k)));
            }
            writer.commit();
        }
        row(
                "writing all into the archive, to the disk and read back",
                "%.1f s (%.1f s of processor)",
                writing.seconds(),
                writing.processorSeconds());
        row("bytes of the archive", "%,d", Files.size(file));
        row(
                "of them streams, an item",
                "%.2f",
                coded.stream().mapToInt(item -> item.stream().length).sum() / (double) coded.size());
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
