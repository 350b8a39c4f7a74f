package dev.ardm.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** The container of docs/format.md: header, payload, index and footer. */
final class ReferenceArchive {
    private static final byte[] MAGIC = {(byte) 0x8F, 0x41, 0x52, 0x44, 0x4D, 0x0D, 0x0A, 0x1A};
    private static final int FOOTER = 36;
    private static final int BLOCK = 65536;

    /** One item as it lies in the file; an empty name means that there is none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(byte[] bytes, boolean stored, String name) {}

    int arithmetic;
    byte[] modelId = new byte[32];
    int[] extents = {};
    int[] categories = {};
    int scale;
    byte[] plan = {};
    final List<Item> items = new ArrayList<>();

    ReferenceArchive(byte[] file) {
        int headerLength = header(file);
        ByteBuffer footer = little(file, file.length - FOOTER, FOOTER);
        require(crc(file, file.length - FOOTER, FOOTER - 4) == footer.getInt(32), "CRC of the footer");
        int indexAt = Math.toIntExact(footer.getLong());
        int indexLength = Math.toIntExact(footer.getLong());
        int count = footer.getInt();
        require(footer.getShort() == 1 && footer.getShort() == 0, "footer's version and flags");
        byte[] magic = new byte[MAGIC.length];
        footer.get(magic);
        require(Arrays.equals(magic, MAGIC), "footer's magic");
        require(indexAt + indexLength + FOOTER == file.length, "no gap before the footer");
        index(file, headerLength, indexAt, indexLength, count);
    }

    /** The number of values of an item. */
    int values() {
        return Arrays.stream(extents).reduce(1, Math::multiplyExact);
    }

    /** Number of values that the variable at a position may take. */
    int categoriesOf(int position) {
        return categories[position % categories.length];
    }

    private int header(byte[] file) {
        require(Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length)), "magic");
        ByteBuffer in = little(file, 8, file.length - 8);
        require(in.getShort() == 1, "format version");
        arithmetic = in.getShort();
        require(in.getInt() == 0, "flags");
        int length = in.getInt();
        require(crc(file, 0, length - 4) == little(file, length - 4, 4).getInt(), "CRC of the header");
        in.get(modelId);
        extents = varints(in, (int) varint(in));
        categories = varints(in, (int) varint(in));
        scale = in.get();
        plan = new byte[(int) varint(in)];
        in.get(plan);
        require(8 + in.position() == length - 4, "length of the header");
        return length;
    }

    private void index(byte[] file, int payloadAt, int at, int length, int count) {
        require(crc(file, at, length - 4) == little(file, at + length - 4, 4).getInt(), "CRC of the index");
        ByteBuffer in = little(file, at, length - 4);
        int flags = in.getInt();
        require(flags == 0 || flags == 1, "flags of the index");
        int[] lengths = varints(in, count);
        for (int block = payloadAt; block < at; block += BLOCK) {
            require(crc(file, block, Math.min(BLOCK, at - block)) == in.getInt(), "CRC of a block");
        }
        List<String> names = flags == 1 ? names(in, count) : List.of();
        require(!in.hasRemaining(), "length of the index");
        int start = payloadAt;
        for (int k = 0; k < count; k++) {
            int end = start + lengths[k] / 2;
            items.add(new Item(
                    Arrays.copyOfRange(file, start, end), lengths[k] % 2 == 1, names.isEmpty() ? "" : names.get(k)));
            start = end;
        }
        require(start == at, "length of the payload");
    }

    private static List<String> names(ByteBuffer in, int count) {
        List<String> names = new ArrayList<>();
        byte[] before = {};
        for (int k = 0; k < count; k++) {
            int prefix = 0;
            int suffix = 0;
            if (k % 16 != 0) {
                prefix = (int) varint(in);
                suffix = (int) varint(in);
            }
            int middle = (int) varint(in);
            byte[] name = Arrays.copyOf(before, prefix + middle + suffix);
            in.get(name, prefix, middle);
            System.arraycopy(before, before.length - suffix, name, prefix + middle, suffix);
            names.add(new String(name, StandardCharsets.UTF_8));
            before = name;
        }
        return names;
    }

    /** The values of a stored item. */
    int[] unpack(Item item) {
        int[] out = new int[values()];
        int bit = 0;
        for (int i = 0; i < out.length; i++) {
            for (int power = 1; power < categoriesOf(i); power *= 2) {
                if ((item.bytes[bit / 8] >> bit % 8 & 1) == 1) {
                    out[i] += power;
                }
                bit++;
            }
            require(out[i] < categoriesOf(i), "stored value");
        }
        int packed = (bit + 7) / 8;
        require(item.bytes.length == packed + 4, "length of a stored item");
        require(little(item.bytes, packed, 4).getInt() == check(out), "check of a stored item");
        return out;
    }

    /** The check of an item. */
    static int check(int[] item) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * item.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(item);
        return crc(bytes.array(), 0, bytes.capacity());
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                require(b != 0 || shift == 0, "shortest varint");
                return value;
            }
        }
    }

    static int[] varints(ByteBuffer in, int count) {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            out[i] = Math.toIntExact(varint(in));
        }
        return out;
    }

    static ByteBuffer little(byte[] bytes, int offset, int length) {
        return ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("does not hold: " + what);
        }
    }
}
