package dev.ardm.coding.format;

/**
 * How all items under one header are laid out: what they have in addition to the values of the header's space, and how items of
 * another size than the space are cut into windows.
 *
 * @param kind what an item is
 * @param context how many values (of images: pixels) before those that are coded in a window are known at least; not
 *     interpreted here
 * @param paddingValue what fills a window that is not full; not interpreted here
 */
public record ItemLayout(Kind kind, int context, int paddingValue) {
    /** The kind of an item. */
    public enum Kind {
        /** The values of the header's space, without side information. */
        VALUES(0),
        /** The values of the header's space, with side information. */
        ROWS(ArchiveFormat.SIDE_FLAG),
        /** Any number of values, with side information. */
        SEQUENCES(ArchiveFormat.SIDE_FLAG | ArchiveFormat.SEQUENCES_FLAG),
        /** Any number of rows, columns and layers, of the channels of the header's space, with side information. */
        IMAGES(ArchiveFormat.SIDE_FLAG | ArchiveFormat.IMAGES_FLAG),
        /** Any number of values, whose end the model tells, with side information; short ones share streams. */
        RECORDS(ArchiveFormat.SIDE_FLAG | ArchiveFormat.RECORDS_FLAG),
        /** The values of the header's space, without side information; several share a stream. */
        VALUE_RECORDS(ArchiveFormat.RECORDS_FLAG);

        private final int flags;

        Kind(int flags) {
            this.flags = flags;
        }

        /** Whether items may have another number of values than the header's space, so that they are cut into windows. */
        boolean anySize() {
            return this == SEQUENCES || this == IMAGES;
        }
    }

    /** The values of the header's space, without side information. */
    public static final ItemLayout VALUES = new ItemLayout(Kind.VALUES, 0, 0);

    /** The values of the header's space, with side information. */
    public static final ItemLayout ROWS = new ItemLayout(Kind.ROWS, 0, 0);

    /** Records of any length. */
    public static final ItemLayout RECORDS = new ItemLayout(Kind.RECORDS, 0, 0);

    /** Records of the values of the header's space. */
    public static final ItemLayout VALUE_RECORDS = new ItemLayout(Kind.VALUE_RECORDS, 0, 0);

    /** Sequences of any length. */
    public static ItemLayout sequences(int context, int paddingValue) {
        return new ItemLayout(Kind.SEQUENCES, context, paddingValue);
    }

    /** Images of any size, for headers whose space has height, width and channels. */
    public static ItemLayout images(int context, int paddingValue) {
        return new ItemLayout(Kind.IMAGES, context, paddingValue);
    }

    /** Checks the ranges. */
    public ItemLayout {
        if (context < 0 || context >= ArchiveFormat.MAX_VALUES) {
            throw new IllegalArgumentException(
                    "context " + context + " is outside [0, " + ArchiveFormat.MAX_VALUES + ")");
        }
        if (paddingValue < 0 || paddingValue >= ArchiveFormat.MAX_CATEGORIES) {
            throw new IllegalArgumentException(
                    "padding value " + paddingValue + " is outside [0, " + ArchiveFormat.MAX_CATEGORIES + ")");
        }
        if (!kind.anySize() && (context != 0 || paddingValue != 0)) {
            throw new IllegalArgumentException("only sequences and images have a context and a padding value");
        }
    }

    /** Whether items have any number of values along one axis. */
    public boolean sequences() {
        return kind == Kind.SEQUENCES || kind == Kind.RECORDS;
    }

    /** Whether items are records. */
    public boolean records() {
        return kind == Kind.RECORDS || kind == Kind.VALUE_RECORDS;
    }

    /** Whether items are images of any size. */
    public boolean images() {
        return kind == Kind.IMAGES;
    }

    /** Whether items may have side information. */
    public boolean hasSide() {
        return kind != Kind.VALUES && kind != Kind.VALUE_RECORDS;
    }

    /** Whether items are cut into windows, because they may have another number of values than the header's space. */
    public boolean anySize() {
        return kind.anySize();
    }

    /** The flags that announce it in a header. */
    int flags() {
        return kind.flags;
    }
}
