package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names of the items of a frame, each stored as what differs from the name before it; every {@value #RUN}th is stored in
 * full, so that one name is found without most others. (Deflate would be shorter here and there, but its bytes depend on the
 * zlib of the machine.) Names stay as they are stored until one is asked for. Immutable.
 */
public final class FrontCodedNames {
    static final int RUN = 16;

    private final String file;
    private final byte[] bytes;
    private final long base;
    private final int end;
    /** Where name {@code k * RUN} is in the bytes. */
    private final int[] places;

    private FrontCodedNames(String file, byte[] bytes, long base, int end, int[] places) {
        this.file = file;
        this.bytes = bytes;
        this.base = base;
        this.end = end;
        this.places = places;
    }

    /** Appends names in UTF-8. */
    public static void write(ByteSink sink, List<byte[]> names) {
        byte[] last = new byte[0];
        for (int k = 0; k < names.size(); k++) {
            byte[] name = names.get(k);
            int prefix = 0;
            int suffix = 0;
            if (k % RUN != 0) {
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
        }
    }

    /**
     * Reads and checks n names.
     *
     * @param cursor at the first name; afterwards after the last
     * @param bytes the bytes that the cursor reads
     * @param base offset of these bytes in the file
     */
    static FrontCodedNames read(String file, ByteCursor cursor, byte[] bytes, long base, int n)
            throws DamagedException {
        int[] places = new int[(n + RUN - 1) / RUN];
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        byte[] name = new byte[0];
        for (int k = 0; k < n; k++) {
            if (k % RUN == 0) {
                places[k / RUN] = (int) (cursor.position() - base);
            }
            name = next(cursor, k, name);
            text(cursor, decoder, name);
        }
        return new FrontCodedNames(file, bytes, base, (int) (cursor.position() - base), places);
    }

    /** The name of the item with this number in the frame; empty if it has none. */
    String name(int k) throws DamagedException {
        ByteCursor cursor = new ByteCursor(file, "names", base, bytes, end);
        cursor.skip(places[k / RUN]);
        byte[] name = new byte[0];
        for (int i = k / RUN * RUN; i <= k; i++) {
            name = next(cursor, i, name);
        }
        return text(cursor, StandardCharsets.UTF_8.newDecoder(), name);
    }

    private static byte[] next(ByteCursor cursor, int k, byte[] before) throws DamagedException {
        int prefix = 0;
        int suffix = 0;
        if (k % RUN != 0) {
            prefix = cursor.varint("shared start of a name", 0, before.length);
            suffix = cursor.varint("shared end of a name", 0, before.length - prefix);
        }
        int own = cursor.varint("length of a name", 0, ArchiveFormat.MAX_NAME_BYTES - prefix - suffix);
        byte[] name = new byte[prefix + own + suffix];
        System.arraycopy(before, 0, name, 0, prefix);
        cursor.copy(own, name, prefix);
        System.arraycopy(before, before.length - suffix, name, prefix + own, suffix);
        return name;
    }

    private static String text(ByteCursor cursor, CharsetDecoder decoder, byte[] name) throws DamagedException {
        try {
            return decoder.decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            throw cursor.damaged("a name is not UTF-8");
        }
    }

    /** The bytes of a name, if it can be one. */
    public static byte[] checked(String name) {
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
