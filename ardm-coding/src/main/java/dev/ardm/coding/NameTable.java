package dev.ardm.coding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The names of the items, each stored as what differs from the name before it; every {@value #RUN}th is stored in full, so
 * that one name is found without the others. (Deflate would be shorter here and there, but its bytes depend on the zlib
 * of the machine.) In memory are only the places of some names, as many as {@link ItemEntries} has checkpoints; a name is
 * read by going on from the one that was asked for last, or else from the place before it.
 */
final class NameTable {
    static final int RUN = 16;

    private static final int WINDOW = 1 << 13;
    private static final int LONGEST = ArchiveFormat.MAX_NAME_BYTES + 3 * 8;

    private final PositionalFile file;
    private final int stride;
    /** Where the name of item {@code k * stride} lies in the file. */
    private final long[] places;

    private final long end;
    private @Nullable Walk last;

    private NameTable(PositionalFile file, int items, long end) {
        this.file = file;
        this.stride = ItemEntries.stride(items);
        this.places = new long[(items + stride - 1) / stride];
        this.end = end;
    }

    /** The name of an item; empty if it has none. */
    synchronized String name(int item) throws IOException {
        int first = item / stride * stride;
        Walk walk = last;
        last = null; // An error on the way leaves nothing that is read halfway.
        if (walk == null || walk.item > item || walk.item < first - 1) {
            walk = new Walk(first - 1, new WindowCursor(file, "names", places[item / stride], end, WINDOW));
        }
        while (walk.item < item) {
            walk.next();
        }
        String text = walk.text();
        last = walk;
        return text;
    }

    /**
     * Reads and checks the names of n items; the cursor stands behind them then.
     *
     * @param end where the names must have ended in the file
     */
    static NameTable read(PositionalFile file, WindowCursor cursor, long end, int n) throws IOException {
        NameTable names = new NameTable(file, n, end);
        Walk walk = new Walk(-1, cursor);
        for (int k = 0; k < n; k++) {
            if (k % names.stride == 0) {
                names.places[k / names.stride] = cursor.position();
            }
            walk.next();
            walk.text();
        }
        return names;
    }

    /** One name after the other. */
    private static final class Walk {
        private final WindowCursor cursor;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private int item;
        private byte[] current = new byte[0];

        Walk(int item, WindowCursor cursor) {
            this.item = item;
            this.cursor = cursor;
        }

        void next() throws IOException {
            item++;
            cursor.prepare(LONGEST);
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

        String text() throws DamagedException {
            try {
                return decoder.decode(ByteBuffer.wrap(current)).toString();
            } catch (CharacterCodingException e) {
                throw cursor.damaged("a name is not UTF-8");
            }
        }
    }

    /** The bytes of a name, if it can be one. */
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
}
