package dev.ardm.fuzz;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Any bytes as items or sequences of {@link TinyModel}, put into an archive and got back. The first byte chooses the number of
 * calls, sequences or items, stored or coded. Items follow line by line: a name, a colon, values modulo the categories.
 */
final class RoundTripTarget implements FuzzTarget {
    private static final int MOST_ITEMS = 8;
    private static final int MOST_VALUES = 64;

    private final LikelihoodModel model = TinyModel.coder();

    @Override
    public String name() {
        return "round-trip";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of();
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        int choice = input.length == 0 ? 0 : input[0];
        boolean sequences = (choice & 0x40) != 0;
        boolean stored = (choice & 0x20) != 0;
        Plan plan = model.plan(1 + (choice & 0x1F) % TinyModel.SPACE.dimensions());
        List<Item> items = items(input, sequences);
        Path archive = scratch.path("archive.ardm");
        ItemLayout layout = sequences ? TinyModel.SEQUENCES : ItemLayout.VALUES;
        write(archive, plan, layout, items, stored);
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            PropertyViolation.unless(reader.size() == items.size(), "an archive has the items it was given");
            PropertyViolation.unless(reader.verify(k -> {}) == 0, "an archive that was just written is sound");
            reader.header().requireModel(model.model().id());
            Plan read = model.readPlan(reader.header().plan());
            for (int k = 0; k < items.size(); k++) {
                Item item = items.get(k);
                PropertyViolation.unless(
                        reader.name(k).orElse("").equals(item.name()), "an item comes back with its name");
                int[] values = values(reader, read, layout, k, item);
                PropertyViolation.unless(Arrays.equals(values, item.values()), "an item comes back as it was");
            }
        }
    }

    private static List<Item> items(byte[] input, boolean sequences) {
        List<Item> items = new ArrayList<>();
        int at = 1;
        while (at < input.length && items.size() < MOST_ITEMS) {
            int end = at;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            int colon = at;
            while (colon < end && input[colon] != ':') {
                colon++;
            }
            byte[] name = Arrays.copyOfRange(input, at, colon);
            byte[] rest = Arrays.copyOfRange(input, Math.min(colon + 1, end), end);
            int length = sequences ? Math.min(rest.length, MOST_VALUES) : TinyModel.SPACE.dimensions();
            int[] values = new int[length];
            for (int i = 0; i < Math.min(length, rest.length); i++) {
                values[i] = (rest[i] & 0xFF) % TinyModel.SPACE.maxCategories();
            }
            // Bytes that are not UTF-8 become replacement characters; names are text.
            String text = new String(name, 0, Math.min(name.length, MOST_VALUES), StandardCharsets.UTF_8);
            byte[] side = sequences ? Arrays.copyOf(name, name.length % 3) : new byte[0];
            items.add(new Item(text, values, side));
            at = end + 1;
        }
        return items;
    }

    private void write(Path archive, Plan plan, ItemLayout layout, List<Item> items, boolean stored)
            throws IOException {
        List<byte[]> streams = model.coder(plan, layout).encode(items, n -> {});
        try (ArchiveWriter writer =
                ArchiveWriter.create(archive, TinyModel.header(model, plan).with(layout), false)) {
            for (int k = 0; k < items.size(); k++) {
                Item item = items.get(k);
                writer.add(
                        stored
                                ? ArchivedItem.stored(item.side(), item.shape(), item.values())
                                : ArchivedItem.coded(item.side(), item.shape(), item.values().length, streams.get(k)),
                        item.label());
            }
            writer.commit();
        }
    }

    private int[] values(ArchiveReader reader, Plan plan, ItemLayout layout, int k, Item item) throws IOException {
        ArchivedItem archived = reader.item(k);
        PropertyViolation.unless(
                Arrays.equals(archived.side(), item.side()), "an item comes back with its side information");
        int[] stored = archived.values();
        return stored != null
                ? stored
                : model.coder(plan, layout)
                        .decode(List.of(archived), n -> {})
                        .get(0)
                        .orElseThrow();
    }
}
