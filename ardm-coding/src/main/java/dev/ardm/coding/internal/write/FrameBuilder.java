package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.FrontCodedNames;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.RiceLengths;
import dev.ardm.coding.internal.bytes.BitSink;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/** The items of the frame that is being written. */
final class FrameBuilder {
    private final List<byte[]> items = new ArrayList<>();
    private final List<ItemForm> forms = new ArrayList<>();
    private final List<ItemLabel> labels = new ArrayList<>();
    private final CRC32C sum = new CRC32C();
    private long length;

    boolean isEmpty() {
        return items.isEmpty();
    }

    int count() {
        return items.size();
    }

    long length() {
        return length;
    }

    boolean full() {
        return length >= ArchiveFormat.FRAME_BYTES || items.size() == ArchiveFormat.FRAME_ITEMS;
    }

    /** Whether an item can be in the same frame as those before: all have times or none. */
    boolean fits(ItemLabel label) {
        return isEmpty() || labels.get(0).time().isPresent() == label.time().isPresent();
    }

    void add(byte[] bytes, ItemForm form, ItemLabel label) {
        items.add(bytes);
        forms.add(form);
        labels.add(label);
        sum.update(bytes, 0, bytes.length);
        length += bytes.length;
    }

    /**
     * The head.
     *
     * @param first the number of the first item, counted from the beginning of the part
     */
    byte[] head(int tag, int first) {
        boolean withStored = forms.contains(ItemForm.STORED);
        boolean withWhole = forms.contains(ItemForm.WHOLE);
        int labelFlags = labelFlags(labels);
        ByteSink rest = new ByteSink()
                .varint(first)
                .varint(items.size())
                .number(
                        labelFlags
                                | (withStored ? FrameItems.STORED_FLAG : 0)
                                | (withWhole ? FrameItems.WHOLE_FLAG : 0),
                        1);
        int[] lengths = new int[items.size()];
        Arrays.setAll(lengths, i -> items.get(i).length);
        RiceLengths.write(rest, lengths, lengths.length);
        if (withStored) {
            putBits(rest, ItemForm.STORED);
        }
        if (withWhole) {
            putBits(rest, ItemForm.WHOLE);
        }
        putLabels(rest, labels, labelFlags);
        return FrameHead.encode(FrameHead.ITEMS, tag, length, sum.getValue(), rest.toByteArray());
    }

    /** The flags of a frame's head that say what its labels have. */
    static int labelFlags(List<ItemLabel> labels) {
        boolean withNames = labels.stream().anyMatch(label -> !label.name().isEmpty());
        boolean withTimes = labels.get(0).time().isPresent();
        boolean withModes = labels.stream().anyMatch(label -> label.mode().isPresent());
        return (withNames ? FrameItems.NAMES_FLAG : 0)
                | (withTimes ? FrameItems.TIMES_FLAG : 0)
                | (withModes ? FrameItems.MODES_FLAG : 0);
    }

    /** Appends what labels have. */
    static void putLabels(ByteSink rest, List<ItemLabel> labels, int flags) {
        if ((flags & FrameItems.NAMES_FLAG) != 0) {
            FrontCodedNames.write(
                    rest,
                    labels.stream()
                            .map(label -> FrontCodedNames.checked(label.name()))
                            .toList());
        }
        if ((flags & FrameItems.TIMES_FLAG) != 0) {
            long last = 0;
            for (ItemLabel label : labels) {
                long time = label.time().getAsLong();
                long difference = time - last;
                rest.varint(difference << 1 ^ difference >> 63);
                last = time;
            }
        }
        if ((flags & FrameItems.MODES_FLAG) != 0) {
            putModes(rest, labels);
        }
    }

    private void putBits(ByteSink to, ItemForm form) {
        BitSink bits = new BitSink(to);
        for (ItemForm one : forms) {
            bits.put(one == form ? 1 : 0, 1);
        }
        bits.finish();
    }

    private static void putModes(ByteSink to, List<ItemLabel> labels) {
        for (int at = 0, end; at < labels.size(); at = end) {
            OptionalInt mode = labels.get(at).mode();
            end = at + 1;
            while (end < labels.size() && labels.get(end).mode().equals(mode)) {
                end++;
            }
            to.varint(mode.orElse(FrameItems.NO_MODE)).varint(end - at);
        }
    }

    void writePayload(OutputStream out) throws IOException {
        for (byte[] item : items) {
            out.write(item);
        }
    }

    /** Begins the next frame. */
    void clear() {
        items.clear();
        forms.clear();
        labels.clear();
        sum.reset();
        length = 0;
    }
}
