package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.BitCursor;
import dev.ardm.coding.internal.bytes.BitSink;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;

/** The lengths of the items of a frame: each less the least one in Rice's code (Golomb 1966, Rice 1979). */
public final class RiceLengths {
    private static final int MOST_PARAMETER = 30;

    private RiceLengths() {}

    /** Appends n lengths, each at least 1. */
    public static void write(ByteSink sink, int[] lengths, int n) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, lengths[i]);
        }
        int parameter = best(lengths, n, least);
        sink.varint(least).number(parameter, 1);
        BitSink bits = new BitSink(sink);
        for (int i = 0; i < n; i++) {
            int rest = lengths[i] - least;
            for (int q = rest >>> parameter; q > 0; q--) {
                bits.put(1, 1);
            }
            bits.put(0, 1);
            bits.put(rest, parameter);
        }
        bits.finish();
    }

    /** The smallest parameter with the fewest bits. */
    private static int best(int[] lengths, int n, int least) {
        int best = 0;
        long fewest = Long.MAX_VALUE;
        for (int parameter = 0; parameter <= MOST_PARAMETER; parameter++) {
            long bits = (long) n * (parameter + 1);
            for (int i = 0; i < n; i++) {
                bits += lengths[i] - least >>> parameter;
            }
            if (bits < fewest) {
                fewest = bits;
                best = parameter;
            }
        }
        return best;
    }

    /** Reads n lengths. An item takes at least one bit, so n can be believed as far as there are bytes. */
    static int[] read(ByteCursor cursor, int n) throws DamagedException {
        int least = cursor.varint("least length", 1, ArchiveFormat.MAX_STREAM_BYTES);
        int parameter = (int) cursor.number(1);
        if (parameter > MOST_PARAMETER) {
            throw cursor.damaged("parameter " + parameter + " of the lengths is above " + MOST_PARAMETER);
        }
        int most = ArchiveFormat.MAX_STREAM_BYTES - least;
        BitCursor bits = new BitCursor(cursor);
        int[] lengths = new int[n];
        for (int i = 0; i < n; i++) {
            long quotient = 0;
            while (bits.next(1) == 1) {
                quotient++;
            }
            long rest = (quotient << parameter) + bits.next(parameter);
            if (rest > most) {
                throw cursor.damaged("an item is longer than " + ArchiveFormat.MAX_STREAM_BYTES + " bytes");
            }
            lengths[i] = least + (int) rest;
        }
        bits.finish();
        return lengths;
    }
}
