package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.FrontCodedNames;
import dev.ardm.coding.format.RiceLengths;
import dev.ardm.coding.internal.bytes.BitSink;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** The items of the frame that is being written. */
final class FrameBuilder {
    private final List<byte[]> items = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private final List<Boolean> stored = new ArrayList<>();
    private final List<OptionalLong> times = new ArrayList<>();
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
    boolean fits(OptionalLong time) {
        return isEmpty() || times.get(0).isPresent() == time.isPresent();
    }

    void add(byte[] bytes, boolean isStored, byte[] name, OptionalLong time) {
        items.add(bytes);
        stored.add(isStored);
        names.add(name);
        times.add(time);
        sum.update(bytes, 0, bytes.length);
        length += bytes.length;
    }

    /**
     * The head.
     *
     * @param first the number of the first item, counted from the beginning of the part
     */
    byte[] head(int tag, int first) {
        boolean withNames = names.stream().anyMatch(name -> name.length > 0);
        boolean withTimes = times.get(0).isPresent();
        boolean withStored = stored.contains(true);
        ByteSink rest = new ByteSink()
                .varint(first)
                .varint(items.size())
                .number(
                        (withNames ? FrameItems.NAMES_FLAG : 0)
                                | (withTimes ? FrameItems.TIMES_FLAG : 0)
                                | (withStored ? FrameItems.STORED_FLAG : 0),
                        1);
        int[] lengths = new int[items.size()];
        Arrays.setAll(lengths, i -> items.get(i).length);
        RiceLengths.write(rest, lengths, lengths.length);
        if (withStored) {
            BitSink bits = new BitSink(rest);
            for (boolean one : stored) {
                bits.put(one ? 1 : 0, 1);
            }
            bits.finish();
        }
        if (withNames) {
            FrontCodedNames.write(rest, names);
        }
        if (withTimes) {
            long last = 0;
            for (OptionalLong time : times) {
                long difference = time.getAsLong() - last;
                rest.varint(difference << 1 ^ difference >> 63);
                last = time.getAsLong();
            }
        }
        return FrameHead.encode(FrameHead.ITEMS, tag, length, sum.getValue(), rest.toByteArray());
    }

    void writePayload(OutputStream out) throws IOException {
        for (byte[] item : items) {
            out.write(item);
        }
    }

    /** Begins the next frame. */
    void clear() {
        items.clear();
        stored.clear();
        names.clear();
        times.clear();
        sum.reset();
        length = 0;
    }
}
