package dev.ardm.core.archive;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.FrameRecordsBuilder;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.write.ItemOutput;
import dev.ardm.coding.internal.write.RecordFrame;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Collects records and codes them in groups, a frame of an archive at a time. A record that equals the next item that the model
 * contains, or again the last one, is not coded. Every group is decoded before it counts. For one thread.
 */
final class RecordEncoder {
    private static final int MOST_RECORDS = 1 << 13; // of a frame, learnt ones not counted
    private static final int MOST_ENTRIES = 1 << 16;
    private static final int MOST_VALUES = 1 << 20;
    private static final int LARGE = 1 << 16; // values of a record that is in a frame of its own

    // What an archive takes beside the symbols, to choose the size of groups by; in bytes.
    private static final int FRAME = 70;
    private static final int ARCHIVE = 128;
    private static final int GROUP_QUARTERS = 13;
    private static final int LEAST_GROUP = 8;
    private static final int LARGE_VALUES = 512; // of a record on average
    private static final int LARGE_SHARE = 100;
    private static final int VALUES_A_BYTE = 256; // of what was learnt, at least
    private static final int SHARE = 16; // at most a sixteenth of the symbols, and not half a byte a record

    private final RecordCoder coder;
    private final List<Item> items = new ArrayList<>();
    /** Of each item the number of the learnt one that it equals, or -1. */
    private final List<Integer> places = new ArrayList<>();

    private int cursor;
    private int learnt;
    private long values;

    RecordEncoder(RecordCoder coder) {
        this.coder = coder;
    }

    /**
     * The coder of a model's records.
     *
     * @throws IllegalArgumentException if the model has none
     */
    static RecordCoder coder(LikelihoodModel model) {
        return model.records()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this model does not know where items end, so its items are no records"));
    }

    /** Number of records that wait. */
    int waiting() {
        return items.size();
    }

    /** Whether a record can be in the frame of those that wait. */
    boolean fits(Item item) {
        return items.isEmpty()
                || item.values().length < LARGE
                        && items.get(0).label().time().isPresent()
                                == item.label().time().isPresent();
    }

    /** Adds a record that {@link #fits}; its arrays are not changed any more. */
    void add(Item item) {
        int place = learnt(item);
        places.add(place);
        if (place < 0) {
            items.add(item);
            values += item.values().length;
        } else { // The model has its values already.
            items.add(new Item(
                    item.name(),
                    item.modified(),
                    item.mode(),
                    item.shape(),
                    coder.learnt(place),
                    item.side(),
                    item.source()));
            learnt++;
            cursor = place + 1;
        }
    }

    private int learnt(Item item) {
        if (item.side().length > 0) { // It is not learnt, but after it comes what comes after it in the model.
            cursor += equals(cursor, item) ? 1 : 0;
            return -1;
        }
        return equals(cursor, item) ? cursor : equals(cursor - 1, item) ? cursor - 1 : -1;
    }

    private boolean equals(int number, Item item) {
        return number >= 0 && number < coder.learntCount() && Arrays.equals(coder.learnt(number), item.values());
    }

    /** Whether it is time to write. */
    boolean full() {
        return items.size() - learnt >= MOST_RECORDS || items.size() >= MOST_ENTRIES || values >= MOST_VALUES;
    }

    /** What became of a record. */
    record Written(Item item, CodedItem.Form form) {}

    /** A group, and how each of its records is kept. */
    private record Group(RecordGroup group, byte[] bytes, CodedItem.Form form) {}

    /**
     * Writes the records that wait, and forgets them.
     *
     * @param progress receives how many are done; called from any thread
     * @throws IOException if they cannot be written
     */
    List<Written> write(ItemOutput output, IntConsumer progress) throws IOException {
        if (items.isEmpty()) {
            return List.of();
        }
        if (!pays()) {
            places.replaceAll(place -> -1);
        }
        List<Item> grouped = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (places.get(i) < 0) {
                grouped.add(items.get(i));
            }
        }
        int before = items.size() - grouped.size();
        List<Group> groups = groups(grouped, output, done -> progress.accept(before + done));
        FrameRecordsBuilder frame = new FrameRecordsBuilder();
        List<Written> written = new ArrayList<>();
        int next = 0;
        int left = 0;
        CodedItem.Form form = CodedItem.Form.CODED;
        for (int i = 0; i < items.size(); i++) {
            if (places.get(i) >= 0) {
                frame.learnt(places.get(i));
                written.add(new Written(items.get(i), CodedItem.Form.LEARNT));
                continue;
            }
            if (left == 0) {
                Group group = groups.get(next++);
                left = group.group.size();
                form = group.form;
                frame.group(
                        left,
                        group.bytes.length,
                        group.group.values() != null,
                        group.group.hasSide(),
                        group.group.most());
            }
            left--;
            frame.grouped(true);
            written.add(new Written(items.get(i), form));
        }
        List<ItemLabel> labels = items.stream().map(Item::label).toList();
        output.add(new RecordFrame(
                frame.build(), labels, groups.stream().map(Group::bytes).toList()));
        items.clear();
        places.clear();
        learnt = 0;
        values = 0;
        return written;
    }

    /**
     * Whether the learnt records take less than their groups would: each a byte, and another for every {@link #VALUES_A_BYTE} values.
     * The head of a frame is there twice.
     */
    private boolean pays() {
        if (learnt == 0) {
            return false;
        }
        FrameRecordsBuilder frame = new FrameRecordsBuilder();
        long bytes = 0;
        for (int place : places) {
            if (place >= 0) {
                bytes += 1 + coder.learnt(place).length / VALUES_A_BYTE;
                frame.learnt(place);
            } else {
                frame.grouped(true);
            }
        }
        return 2 * frame.learntBytes() < bytes;
    }

    private List<Group> groups(List<Item> records, ItemOutput output, IntConsumer progress) {
        if (records.isEmpty()) {
            return List.of();
        }
        boolean codes = records.get(0).values().length <= RecordGroup.MOST_CODED_VALUES; // A large one is alone.
        if (!codes) {
            return List.of(stored(records, output, CodedItem.Form.LONGER));
        }
        List<RecordCoder.Symbols> symbols =
                coder.encode(records.stream().map(Item::values).toList(), done -> progress.accept(done / 2));
        long grouped =
                records.stream().mapToLong(record -> record.values().length).sum();
        int size = size(symbols, grouped, output.size() == 0);
        List<Group> groups = new ArrayList<>();
        List<RecordGroup> coded = new ArrayList<>();
        int done = 0; // records that need no decoding, because they are not kept coded
        for (int from = 0; from < records.size(); from += size) {
            int to = Math.min(from + size, records.size());
            Group stored = stored(records.subList(from, to), output, CodedItem.Form.LONGER);
            Group group = coded(records.subList(from, to), symbols.subList(from, to), output);
            if (group.bytes.length <= stored.bytes.length) {
                coded.add(group.group);
                groups.add(group);
            } else {
                done += to - from;
                groups.add(stored);
            }
        }
        int before = records.size() + done;
        Iterator<Optional<int[][]>> decoded = coder.decode(coded, more -> progress.accept((before + more) / 2))
                .iterator();
        int from = 0;
        for (int g = 0; g < groups.size(); g++) {
            RecordGroup group = groups.get(g).group;
            List<Item> own = records.subList(from, from + group.size());
            from += group.size();
            if (group.values() == null
                    && decoded.next().filter(got -> same(own, got)).isEmpty()) {
                groups.set(g, stored(own, output, CodedItem.Form.INEXACT));
            }
        }
        return groups;
    }

    /**
     * How many records share a stream: as few as the archive can afford, because to read one is to decode them all, and because
     * damage hits them all.
     */
    private static int size(List<RecordCoder.Symbols> symbols, long values, boolean first) {
        AnsStack all = AnsStack.of(1);
        symbols.forEach(record -> record.push(all));
        long records = symbols.size();
        long most = Math.min(all.byteLength() / SHARE, records * 12 / 25);
        if (values / records >= LARGE_VALUES) {
            return sizeOfLarge(all.byteLength() / records);
        }
        int size = LEAST_GROUP;
        while (size < RecordGroup.MOST_RECORDS
                && FRAME + (first ? ARCHIVE : 0) + GROUP_QUARTERS * (records / size + 1) / 4 > most) {
            size *= 2;
        }
        return size;
    }

    /** Large ones, such as images, take long to decode: so few share a stream that it costs about a hundredth of them. */
    private static int sizeOfLarge(long bytes) {
        int size = 1;
        while (size < LEAST_GROUP && GROUP_QUARTERS * LARGE_SHARE > 4 * size * bytes) {
            size *= 2;
        }
        return size;
    }

    private static Group coded(List<Item> records, List<RecordCoder.Symbols> symbols, ItemOutput output) {
        RecordGroup group = coded(sides(records), values(records), symbols);
        return new Group(group, group.pack(output.header().categories()[0]), CodedItem.Form.CODED);
    }

    /** A group of records of which the symbols are known. */
    static RecordGroup coded(byte[][] sides, int[][] values, List<RecordCoder.Symbols> symbols) {
        Consumer<AnsStack> push = stack -> {
            for (int i = symbols.size() - 1; i >= 0; i--) {
                symbols.get(i).push(stack);
            }
        };
        int most = RecordGroup.stored(sides, values).most();
        return RecordGroup.coded(sides, most, CheckedStream.encode(push, CheckedStream.checkOf(sides, values)));
    }

    private static Group stored(List<Item> records, ItemOutput output, CodedItem.Form form) {
        RecordGroup group = RecordGroup.stored(sides(records), values(records));
        return new Group(group, group.pack(output.header().categories()[0]), form);
    }

    private static byte[][] sides(List<Item> records) {
        return records.stream().map(Item::side).toArray(byte[][]::new);
    }

    private static int[][] values(List<Item> records) {
        return records.stream().map(Item::values).toArray(int[][]::new);
    }

    private static boolean same(List<Item> records, int[][] decoded) {
        return Arrays.deepEquals(values(records), decoded);
    }
}
