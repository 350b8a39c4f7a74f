package dev.ardm.core;

import dev.ardm.coding.format.ItemLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One unit of data that a model learns and an archive stores: a file, a row, an image, or an array of values.
 *
 * @param name a label, such as the name of the file that it comes from; an empty one counts as none
 * @param modified time of last modification in milliseconds since 1970 (UTC), if known
 * @param mode permissions in the nine bits of POSIX, if known
 * @param shape height, width and number of layers of an image of any size; empty otherwise
 * @param values each in {@code [0, categories)} of the model's space; as many as the space has, or any number for sequences and
 *     images of any size
 * @param side side information: bytes that belong to the item in addition to its values; most often empty
 * @param source the bytes that the item was made of, for archives that keep them where that is shorter; null if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record Item(
        String name,
        OptionalLong modified,
        OptionalInt mode,
        int[] shape,
        int[] values,
        byte[] side,
        @Nullable Source source) {
    private static final byte[] NOTHING = {};
    private static final int[] NO_SHAPE = {};
    private static final int[] NO_VALUES = {};

    /**
     * The bytes that an item was made of: those of its file, or what the format of its data makes the same row of.
     *
     * @param name of the item if these bytes are kept; the file that they are need not have the same extension as the one that the
     *     values become
     * @param length number of bytes
     * @param content makes them, when they are needed
     */
    public record Source(String name, long length, Content content) {
        /** The bytes. */
        public byte[] bytes() throws IOException {
            return content.bytes();
        }
    }

    /** Makes the bytes of a {@link Source}, any number of times. */
    @FunctionalInterface
    public interface Content {
        byte[] bytes() throws IOException;
    }

    /** Refuses null, before other items wait together with this one to be coded. */
    public Item {
        Objects.requireNonNull(name);
        Objects.requireNonNull(modified);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(shape);
        Objects.requireNonNull(values);
        Objects.requireNonNull(side);
    }

    /** An item of which no permissions and no source are known. */
    public Item(String name, OptionalLong modified, int[] shape, int[] values, byte[] side) {
        this(name, modified, OptionalInt.empty(), shape, values, side, null);
    }

    /** An item without a shape of its own or a time. */
    public Item(String name, int[] values, byte[] side) {
        this(name, OptionalLong.empty(), NO_SHAPE, values, side);
    }

    /**
     * An item that is a file as it is, byte by byte: an archive keeps it without looking into it.
     *
     * @param name of the file
     */
    public static Item whole(String name, byte[] file) {
        return new Item(name, NO_VALUES, NOTHING).of(name, file);
    }

    /**
     * This item with the bytes that it was made of.
     *
     * @param file the name that they have, see {@link Source}
     * @param bytes not changed any more
     */
    public Item of(String file, byte[] bytes) {
        return of(file, bytes.length, () -> bytes);
    }

    /** The same. @param content makes bytes of that length when they are needed */
    public Item of(String file, long length, Content content) {
        return new Item(name, modified, mode, shape, values, side, new Source(file, length, content));
    }

    /** Whether this is a file as it is, see {@link #whole}: it has no values. */
    public boolean isWhole() {
        return source != null && values.length == 0;
    }

    /** Values with a name. */
    public static Item of(int[] values, String name) {
        return new Item(name, values, NOTHING);
    }

    /** Values alone. */
    public static Item of(int[] values) {
        return of(values, "");
    }

    /** Bytes as the values of a sequence, one value each. */
    public static Item ofBytes(byte[] bytes, String name) {
        int[] values = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i] & 0xFF;
        }
        return of(values, name);
    }

    /** Bytes as the values of a sequence or record without a name. */
    public static Item ofBytes(byte[] bytes) {
        return ofBytes(bytes, "");
    }

    /**
     * The bytes of a text in UTF-8, as the values of a sequence or record.
     *
     * @throws IllegalArgumentException if it is no Unicode text: half of a surrogate pair is in it
     */
    public static Item ofText(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return ofBytes(bytes);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not Unicode text", e);
        }
    }

    /**
     * The name and time of the item, as an archive keeps them.
     *
     * @throws IllegalArgumentException if an archive cannot keep its name or time
     */
    public ItemLabel label() {
        return new ItemLabel(name, modified, mode);
    }

    /** This item with another name. */
    public Item named(String other) {
        Source renamed =
                source != null && source.name.equals(name) ? new Source(other, source.length, source.content) : source;
        return new Item(other, modified, mode, shape, values, side, renamed);
    }

    /** This item with another label. */
    public Item labelled(ItemLabel label) {
        return new Item(label.name(), label.time(), label.mode(), shape, values, side, source);
    }

    /** The memory of its arrays, in bytes. */
    public long bytes() {
        return (long) values.length * Integer.BYTES + side.length + (source == null ? 0 : source.length);
    }

    /** This item in arrays of its own. */
    public Item copy() {
        return new Item(name, modified, mode, shape.clone(), values.clone(), side.clone(), source);
    }
}
