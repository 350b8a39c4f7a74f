package dev.ardm.data;

import dev.ardm.core.Space;
import dev.ardm.data.file.FileRemarks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Items in memory, one byte per value (two for items with a value above 255): 60,000 images of 28x28 take 47 MB. The
 * total may exceed 2 GiB.
 */
public final class PackedItemSet implements ItemSet {
    private final Space space;
    private final byte[][] packed;
    private final String[] names;
    private final List<String> skipped;
    private final FileRemarks remarks;

    private PackedItemSet(Space space, byte[][] packed, String[] names, List<String> skipped, FileRemarks remarks) {
        this.space = space;
        this.packed = packed;
        this.names = names;
        this.skipped = skipped;
        this.remarks = remarks;
    }

    /**
     * Packs items.
     *
     * @param names one for each item, all different; null for numbers
     * @throws IllegalArgumentException if an item is not of the space, or names are missing or repeated
     */
    public static PackedItemSet of(Space space, List<int[]> items, @Nullable List<String> names) {
        if (names != null && names.size() != items.size()) {
            throw new IllegalArgumentException(items.size() + " items but " + names.size() + " names");
        }
        Builder builder = builder(space.dimensions());
        for (int i = 0; i < items.size(); i++) {
            builder.add(items.get(i), names == null ? null : names.get(i));
        }
        return builder.build(space);
    }

    /** Begins a set of items of {@code dimensions} values, whose space may become known only at the end. */
    public static Builder builder(int dimensions) {
        return new Builder(dimensions);
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public int size() {
        return packed.length;
    }

    @Override
    public int[] item(int index) {
        byte[] bytes = packed[Objects.checkIndex(index, packed.length)];
        int[] item = new int[space.dimensions()];
        if (bytes.length == item.length) {
            for (int i = 0; i < item.length; i++) {
                item[i] = bytes[i] & 0xFF;
            }
        } else {
            for (int i = 0; i < item.length; i++) {
                item[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
            }
        }
        return item;
    }

    @Override
    public String name(int index) {
        Objects.checkIndex(index, packed.length);
        return names.length == 0 ? Names.padded(index, packed.length) : names[index];
    }

    @Override
    public List<String> skipped() {
        return skipped;
    }

    @Override
    public FileRemarks remarks() {
        return remarks;
    }

    /** Takes items one by one. Not safe for use by several threads. */
    public static final class Builder {
        private final int dimensions;
        private final List<byte[]> packed = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final List<String> skipped = new ArrayList<>();
        private final FileRemarks remarks = new FileRemarks();
        private int max;

        private Builder(int dimensions) {
            this.dimensions = dimensions;
        }

        /**
         * Adds an item.
         *
         * @param name a name no other item has, or null; either all items have one or none has
         * @throws IllegalArgumentException if the length is not {@code dimensions}, a value is outside [0, 65535], or
         *     the name is taken
         */
        public Builder add(int[] item, @Nullable String name) {
            if (item.length != dimensions) {
                throw new IllegalArgumentException("an item of " + item.length + " values, expected " + dimensions);
            }
            if (names.size() != (name == null ? 0 : packed.size())) {
                throw new IllegalArgumentException("either all items have a name or none has");
            }
            int top = 0;
            for (int value : item) {
                if (value < 0 || value >= Space.MAX_CATEGORIES) {
                    throw new IllegalArgumentException("value " + value + " is outside [0, 65535]");
                }
                top = Math.max(top, value);
            }
            if (name != null) {
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("two items are named " + name);
                }
                names.add(name);
            }
            max = Math.max(max, top);
            packed.add(top < 256 ? narrow(item) : wide(item));
            return this;
        }

        /** Notes a file that was skipped. */
        public Builder skipped(List<String> files) {
            skipped.addAll(files);
            return this;
        }

        /** What is to be said of the files. */
        public Builder remarks(FileRemarks files) {
            remarks.addAll(files);
            return this;
        }

        /** The largest value of any item so far, 0 if there is none. */
        public int max() {
            return max;
        }

        /** Number of items so far. */
        public int size() {
            return packed.size();
        }

        /**
         * The set. The builder may be thrown away.
         *
         * @throws IllegalArgumentException if an item is not of the space
         */
        public PackedItemSet build(Space space) {
            if (space.dimensions() != dimensions) {
                throw new IllegalArgumentException("items of " + dimensions + " values are not of the space " + space);
            }
            PackedItemSet set = new PackedItemSet(
                    space, packed.toArray(new byte[0][]), names.toArray(new String[0]), List.copyOf(skipped), remarks);
            if (space.categories().length != 1 || max >= space.maxCategories()) {
                for (int i = 0; i < set.size(); i++) {
                    space.check(set.item(i));
                }
            }
            return set;
        }

        private static byte[] narrow(int[] item) {
            byte[] bytes = new byte[item.length];
            for (int i = 0; i < item.length; i++) {
                bytes[i] = (byte) item[i];
            }
            return bytes;
        }

        private static byte[] wide(int[] item) {
            byte[] bytes = new byte[Math.multiplyExact(2, item.length)];
            for (int i = 0; i < item.length; i++) {
                bytes[2 * i] = (byte) (item[i] >>> 8);
                bytes[2 * i + 1] = (byte) item[i];
            }
            return bytes;
        }
    }
}
