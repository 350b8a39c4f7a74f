package dev.ardm.coding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The names of the items, each stored as what differs from the name before it; every {@value #RUN}th is stored in full, so
 * that one name is found without the others. (Deflate would be shorter here and there, but its bytes depend on the zlib
 * of the machine.)
 */
final class NameTable {
    private static final int RUN = 16;

    private final byte[] bytes;
    private final int[] runs;
    private final int end;

    private NameTable(byte[] bytes, int[] runs, int end) {
        this.bytes = bytes;
        this.runs = runs;
        this.end = end;
    }

    /** The name of an item; empty if it has none. */
    String name(int item) {
        try {
            int at = runs[item / RUN];
            ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "names", 0, bytes, end);
            cursor.skip(at);
            Name name = new Name();
            for (int k = item / RUN * RUN; k <= item; k++) {
                name.read(cursor, k);
            }
            return name.text(cursor);
        } catch (DamagedException e) {
            throw new IllegalStateException("names that were read before", e);
        }
    }

    /** Reads and checks the names of n items; the cursor stands behind them then. */
    static NameTable read(ByteCursor cursor, byte[] bytes, int n) throws DamagedException {
        int[] runs = new int[(n + RUN - 1) / RUN];
        Name name = new Name();
        for (int k = 0; k < n; k++) {
            if (k % RUN == 0) {
                runs[k / RUN] = cursor.at();
            }
            name.read(cursor, k);
            name.text(cursor);
        }
        return new NameTable(bytes, runs, cursor.at());
    }

    /** One name after the other. */
    private static final class Name {
        private byte[] current = new byte[0];

        void read(ByteCursor cursor, int item) throws DamagedException {
            int prefix = 0;
            int suffix = 0;
            if (item % RUN != 0) {
                prefix = cursor.varint("shared start of a name", 0, current.length);
                suffix = cursor.varint("shared end of a name", 0, current.length - prefix);
            }
            int own = cursor.varint("length of a name", 0, ArchiveFormat.MAX_NAME_BYTES - prefix - suffix);
            byte[] next = new byte[prefix + own + suffix];
            System.arraycopy(current, 0, next, 0, prefix);
            cursor.copy(own, next, prefix);
            System.arraycopy(current, current.length - suffix, next, prefix + own, suffix);
            current = next;
        }

        String text(ByteCursor cursor) throws DamagedException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(current))
                        .toString();
            } catch (CharacterCodingException e) {
                throw cursor.damaged("a name is not UTF-8");
            }
        }
    }

    /** Collects names. */
    static final class Builder {
        private final ByteSink sink = new ByteSink();
        private byte[] last = new byte[0];
        private int count;
        private boolean any;

        static byte[] checked(String name) {
            try {
                ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
                byte[] bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                if (bytes.length > ArchiveFormat.MAX_NAME_BYTES) {
                    throw new IllegalArgumentException(
                            "a name of " + bytes.length + " bytes is longer than " + ArchiveFormat.MAX_NAME_BYTES);
                }
                return bytes;
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a name that is not Unicode text", e);
            }
        }

        void add(byte[] name) {
            int prefix = 0;
            int suffix = 0;
            if (count % RUN != 0) {
                int most = Math.min(last.length, name.length);
                while (prefix < most && last[prefix] == name[prefix]) {
                    prefix++;
                }
                while (suffix < most - prefix && last[last.length - 1 - suffix] == name[name.length - 1 - suffix]) {
                    suffix++;
                }
                sink.varint(prefix).varint(suffix);
            }
            int own = name.length - prefix - suffix;
            sink.varint(own).bytes(name, prefix, own);
            last = name;
            count++;
            any |= name.length > 0;
        }

        /** Whether some item has a name. */
        boolean any() {
            return any;
        }

        byte[] toByteArray() {
            return sink.toByteArray();
        }
    }
}
