package dev.ardm.fuzz;

import dev.ardm.coding.error.DamagedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Makes the checksums in an archive right again after its bytes were changed: who means harm can do that, and a fuzzer cannot.
 * What they are of, and where they are, is in docs/format.md.
 */
final class Seals {
    /** Leave them as they are, make them right, or make them right and the table the same as the frames. */
    enum Mode {
        AS_THEY_ARE,
        RIGHT,
        RIGHT_WITH_TABLE;

        /** The mode of the two lowest bits of a choice. */
        static Mode of(int choice) {
            return values()[(choice & 3) % values().length];
        }
    }

    private static final byte[] MAGIC = {(byte) 0x8F, 'A', 'R', 'D', 'M', '\r', '\n', 0x1A};
    private static final byte[] FRAME = {(byte) 0xF7, 'A', 'R', 'F'};
    private static final byte[] TABLE = {(byte) 0xF7, 'A', 'R', 'T'};
    private static final int CHECKSUM_BYTES = 4;
    private static final int FLAGS_AT = 12;
    private static final int CONTINUATION_FLAG = 16;
    private static final int HEADER_LENGTH_AT = 16;
    private static final int HEADER_LEAST = 24;
    private static final int HEAD_LENGTH_AT = 4;
    private static final int HEAD_LEAST = 32;
    private static final int PAYLOAD_LENGTH_AT = 8;
    private static final int TAG_AT = 20;
    private static final int PAYLOAD_CHECKSUM_AT = 24;
    private static final int TABLE_LENGTH_AT = 4;
    private static final int TABLE_FLAGS_AT = 12;
    private static final int SHORT_ENTRIES = 2;
    private static final int TABLE_LEAST = 18;
    private static final int MAGIC_IN_FOOTER = 28;

    private final byte[] bytes;
    private final ByteBuffer buffer;

    private Seals(byte[] bytes) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An archive with other checksums. */
    static byte[] of(byte[] archive, Mode mode) {
        byte[] sealed = archive.clone();
        if (mode != Mode.AS_THEY_ARE) {
            new Seals(sealed).seal(mode == Mode.RIGHT_WITH_TABLE);
        }
        return sealed;
    }

    /**
     * The archive that an input is, after a byte that chooses the mode.
     *
     * @throws DamagedException if there is no such byte
     */
    static byte[] chosen(byte[] input) throws DamagedException {
        if (input.length == 0) {
            throw new DamagedException("input.ardm", -1, 0, "no choice", "");
        }
        return of(Arrays.copyOfRange(input, 1, input.length), Mode.of(input[0]));
    }

    private void seal(boolean sameTable) {
        int tag = 0;
        List<Integer> heads = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            if (isAt(at, MAGIC)) {
                tag = header(at, tag);
                at += MAGIC.length;
            } else if (isAt(at, FRAME)) {
                int end = head(at, tag, true);
                if (end > 0) {
                    heads.add(at);
                }
                at = end > 0 ? end : at + 1;
            } else if (isAt(at, TABLE)) {
                int end = table(at, tag, heads, sameTable);
                at = end > 0 ? end : at + 1;
            } else {
                at++;
            }
        }
    }

    private boolean isAt(int at, byte[] wanted) {
        return at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /** The header or the footer that a magic is in. Returns the tag of the frames after it. */
    private int header(int at, int tag) {
        boolean footer = at >= MAGIC_IN_FOOTER
                && at + MAGIC.length + CHECKSUM_BYTES <= bytes.length
                && buffer.getInt(at - 4) == 1;
        if (footer) {
            checksum(at - MAGIC_IN_FOOTER, at + MAGIC.length);
            return tag;
        }
        if (at + HEADER_LEAST > bytes.length) {
            return tag;
        }
        int length = buffer.getInt(at + HEADER_LENGTH_AT);
        if (length < HEADER_LEAST || length > bytes.length - at) {
            return tag;
        }
        int own = checksum(at, at + length - CHECKSUM_BYTES);
        return (buffer.getInt(at + FLAGS_AT) & CONTINUATION_FLAG) != 0 ? tag : own;
    }

    /** The head of a frame. Returns where what belongs to it ends; 0 if there is none. */
    private int head(int at, int tag, boolean withPayload) {
        int length = length(at + HEAD_LENGTH_AT, HEAD_LEAST, at);
        if (length == 0) {
            return 0;
        }
        int end = at + length;
        buffer.putInt(at + TAG_AT, tag);
        long payload = buffer.getLong(at + PAYLOAD_LENGTH_AT);
        if (withPayload && payload >= 0 && payload <= bytes.length - end) {
            buffer.putInt(at + PAYLOAD_CHECKSUM_AT, sum(end, end + (int) payload));
            checksum(at, end - CHECKSUM_BYTES);
            return end + (int) payload;
        }
        checksum(at, end - CHECKSUM_BYTES);
        return end;
    }

    private int table(int at, int tag, List<Integer> heads, boolean same) {
        int length = length(at + TABLE_LENGTH_AT, TABLE_LEAST, at);
        if (length == 0) {
            return 0;
        }
        int end = at + length;
        if ((bytes[at + TABLE_FLAGS_AT] & SHORT_ENTRIES) != 0) {
            buffer.putInt(at + TABLE_FLAGS_AT + 1, tag);
        }
        List<Integer> copies = new ArrayList<>();
        for (int inside = at + TABLE_LEAST - CHECKSUM_BYTES; inside < end - HEAD_LEAST; inside++) {
            if (isAt(inside, FRAME)) {
                copies.add(inside);
            } else if (isAt(inside, MAGIC)) {
                header(inside, tag);
            }
        }
        // A table covers the last frames before it.
        int first = heads.size() - copies.size();
        for (int k = 0; k < copies.size(); k++) {
            copy(copies.get(k), same && first >= 0 ? heads.get(first + k) : -1, tag);
        }
        checksum(at, end - CHECKSUM_BYTES);
        return end;
    }

    /** The copy of a head in a table; the same as the head if there is one of its length. */
    private void copy(int at, int frame, int tag) {
        int length = length(at + HEAD_LENGTH_AT, HEAD_LEAST, at);
        if (frame >= 0 && length > 0 && length == buffer.getInt(frame + HEAD_LENGTH_AT)) {
            System.arraycopy(bytes, frame, bytes, at, length);
        } else {
            head(at, tag, false);
        }
    }

    /** A length of 32 bits, from a place on; 0 if it cannot be. */
    private int length(int lengthAt, int least, int from) {
        if (lengthAt + Integer.BYTES > bytes.length) {
            return 0;
        }
        int length = buffer.getInt(lengthAt);
        return length < least || length > bytes.length - from ? 0 : length;
    }

    private int sum(int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private int checksum(int from, int to) {
        int sum = sum(from, to);
        buffer.putInt(to, sum);
        return sum;
    }
}
