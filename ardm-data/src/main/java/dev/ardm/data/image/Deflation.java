package dev.ardm.data.image;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import dev.ardm.data.DataException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * How data was deflated: with the settings of zlib, or not at all. Runs in plain Java, so the same settings give the same
 * bytes on every machine, which those of {@code java.util.zip} need not.
 *
 * <p>JZlib ends a block early (at 8192 symbols, from level 3 on) where the data shrinks to less than half with few matches, which
 * zlib does not do in its usual build. So files of zlib are found for photographs, and often not for drawings and flat surfaces.
 *
 * @param level 1 to 9; 0 for blocks that are stored
 * @param strategy 0 default, 1 filtered, 2 no matches
 * @param memory the level of memory, 1 to 9
 * @param window the logarithm of the window's size, 9 to 15
 * @param block bytes of a stored block, if the level is 0
 */
record Deflation(int level, int strategy, int memory, int window, int block) {
    /** What zlib does when nobody asks for more. */
    static final Deflation USUAL = new Deflation(6, 0, 8, 15, 0);

    private static final int BUFFER = 1 << 14;
    private static final int STORED_MOST = 0xFFFF;

    /** Bytes that are deflated in vain, beside a multiple of the data: a few kilobytes of a flat image would be tried for minutes. */
    private static final long MOST_IN_VAIN = 1L << 28;

    private static final int MOST_TIMES_IN_VAIN = 16;

    /** Gets the next bytes; false if it wants no more. */
    private interface Sink {
        boolean take(byte[] bytes, int length);
    }

    /** The whole zlib stream of some data, with the usual two bytes before. */
    static byte[] zlib(byte[] data, Deflation deflation) {
        return deflation.zlib(data, new byte[] {0x78, (byte) 0x9C});
    }

    /**
     * The whole zlib stream.
     *
     * @param head its first two bytes
     */
    byte[] zlib(byte[] data, byte[] head) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        run(data, (bytes, length) -> {
            out.write(bytes, 0, length);
            return true;
        });
        out.writeBytes(ByteBuffer.allocate(4).putInt(adler(data)).array());
        return out.toByteArray();
    }

    private static int adler(byte[] data) {
        Adler32 adler = new Adler32();
        adler.update(data);
        return (int) adler.getValue();
    }

    /** Returns how many bytes of the data were taken. */
    private long run(byte[] data, Sink sink) {
        if (level == 0) {
            store(data, sink);
            return data.length;
        }
        Deflater deflater = deflater();
        try {
            byte[] buffer = new byte[BUFFER];
            deflater.setInput(data, 0, data.length, false);
            int status;
            do {
                deflater.setOutput(buffer, 0, buffer.length);
                status = deflater.deflate(JZlib.Z_FINISH);
                int length = buffer.length - deflater.getAvailOut();
                if (!sink.take(buffer, length)) {
                    break;
                }
                if (length == 0 && status != JZlib.Z_STREAM_END) {
                    throw new IllegalStateException("deflating makes no progress: " + status);
                }
            } while (status != JZlib.Z_STREAM_END);
            return deflater.getTotalIn();
        } finally {
            deflater.end();
        }
    }

    private Deflater deflater() {
        try {
            Deflater deflater = new Deflater(level, window, memory, JZlib.W_NONE);
            if (strategy != 0) {
                deflater.params(level, strategy);
            }
            return deflater;
        } catch (GZIPException e) {
            throw new IllegalArgumentException("no such settings: " + this, e);
        }
    }

    private void store(byte[] data, Sink sink) {
        for (int at = 0; ; at += block) {
            int length = Math.min(block, data.length - at);
            byte[] bytes = new byte[length + 5];
            bytes[0] = (byte) (at + length == data.length ? 1 : 0);
            bytes[1] = (byte) length;
            bytes[2] = (byte) (length >> 8);
            bytes[3] = (byte) ~length;
            bytes[4] = (byte) (~length >> 8);
            System.arraycopy(data, at, bytes, 5, length);
            if (!sink.take(bytes, bytes.length) || at + length == data.length) {
                return;
            }
        }
    }

    /** Whether it makes these bytes of the data (-1); else how much of the data it took until a byte differed. */
    private long triedInVain(byte[] data, byte[] zlib) {
        int[] at = {2};
        boolean[] same = {true};
        long taken = run(data, (bytes, length) -> {
            int from = at[0];
            same[0] = from + length <= zlib.length - 4 && Arrays.equals(bytes, 0, length, zlib, from, from + length);
            at[0] += length;
            return same[0];
        });
        return same[0] && at[0] == zlib.length - 4 ? -1 : taken;
    }

    /**
     * The settings that make a zlib stream of data; null if none do, or if trying them takes too long, which depends on the data only.
     *
     * @param data what it inflates to, not empty
     */
    static @Nullable Deflation find(byte[] data, byte[] zlib) {
        return find(data, zlib, MOST_IN_VAIN + (long) MOST_TIMES_IN_VAIN * data.length);
    }

    /**
     * The same.
     *
     * @param mostInVain bytes that may be deflated in vain before it gives up
     */
    static @Nullable Deflation find(byte[] data, byte[] zlib, long mostInVain) {
        if (zlib.length < 2 + 5 + 4 || ByteBuffer.wrap(zlib).getInt(zlib.length - 4) != adler(data)) {
            return null;
        }
        long left = mostInVain;
        for (Deflation tried : candidates(zlib)) {
            long taken = tried.triedInVain(data, zlib);
            if (taken < 0) {
                return tried;
            }
            left -= taken;
            if (left < 0) {
                return null;
            }
        }
        return null;
    }

    private static List<Deflation> candidates(byte[] zlib) {
        int block = zlib[3] & 0xFF | (zlib[4] & 0xFF) << 8;
        if ((zlib[2] & 6) == 0 && block > 0) {
            return List.of(new Deflation(0, 0, 8, 15, block));
        }
        int said = Math.max(9, Math.min(15, (zlib[0] >> 4 & 15) + 8));
        // Some encoders understate the window of small images after the fact.
        int[] windows = said == 15 ? new int[] {15} : new int[] {said, 15};
        List<Deflation> candidates = new ArrayList<>();
        for (int memory : new int[] {8, 9, 7, 6, 5, 4, 3, 2, 1}) {
            for (int window : windows) {
                for (int strategy = 0; strategy < (memory >= 8 ? 3 : 2); strategy++) {
                    for (int level : new int[] {6, 9, 1, 2, 3, 4, 5, 7, 8}) {
                        candidates.add(new Deflation(level, strategy, memory, window, 0));
                    }
                }
            }
        }
        return candidates;
    }

    void write(ExtraWriter out) {
        out.number(level << 4 | memory).number(strategy << 4 | window).varint(block);
    }

    static Deflation read(ExtraReader in) throws DataException {
        int first = in.number();
        int second = in.number();
        Deflation read = new Deflation(first >> 4, second >> 4, first & 15, second & 15, in.varint());
        boolean stored = read.level == 0 && read.block >= 1 && read.block <= STORED_MOST;
        if (!stored && (read.level < 1 || read.level > 9)
                || read.memory < 1
                || read.memory > 9
                || read.window < 9
                || read.window > 15
                || read.strategy > 2) {
            throw in.damaged("there is no " + read);
        }
        return read;
    }
}
