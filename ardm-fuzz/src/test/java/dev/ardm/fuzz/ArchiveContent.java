package dev.ardm.fuzz;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.RecordPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be read of the items of an archive without their model, to be compared. */
final class ArchiveContent {
    /** More are not looked at: that would be the same again. */
    private static final int MOST_ITEMS = 100;

    /** Values that take no room in the file can be as many as an archive claims. */
    private static final int MOST_VALUES = 1 << 16;

    private ArchiveContent() {}

    /**
     * An item.
     *
     * @param bytes its stream or its values, and what is next to them; of one that is not whole the reason
     */
    record Item(Optional<String> name, OptionalLong time, boolean stored, boolean whole, String bytes) {}

    /** The first items. */
    static List<Item> of(ArchiveReader reader) throws IOException {
        List<Item> items = new ArrayList<>();
        for (int k = 0; k < Math.min(reader.size(), MOST_ITEMS); k++) {
            items.add(item(reader, k));
        }
        return items;
    }

    /** An item. */
    static Item item(ArchiveReader reader, int k) throws IOException {
        boolean stored = reader.entry(k).stored();
        try {
            return new Item(reader.name(k), reader.time(k), stored, true, bytes(reader, k, stored));
        } catch (DamagedException e) {
            PropertyViolation.unless(e.item() == k, "damage in an item names it");
            return new Item(Optional.empty(), OptionalLong.empty(), stored, false, e.reason());
        }
    }

    /** The learnt item that a record is, or its group and the place in it. */
    private static String record(ArchiveReader reader, int k) throws IOException {
        RecordPlace place = reader.place(k);
        if (place.learnt() >= 0) {
            return "learnt item " + place.learnt();
        }
        RecordGroup group = reader.group(k);
        PropertyViolation.unless(place.slot() < group.size(), "a record is in its group");
        return place.slot()
                + Arrays.deepToString(group.sides())
                + Arrays.deepToString(group.values())
                + Arrays.toString(group.stream());
    }

    private static String bytes(ArchiveReader reader, int k, boolean stored) throws IOException {
        if (stored && reader.length(k) > MOST_VALUES) {
            return "many values: " + reader.length(k);
        }
        if (reader.header(k).layout().records()) {
            return record(reader, k);
        }
        ArchivedItem item = reader.item(k);
        return Arrays.toString(item.side())
                + Arrays.toString(item.shape())
                + item.length()
                + Arrays.toString(item.values())
                + Arrays.toString(item.stream());
    }
}
