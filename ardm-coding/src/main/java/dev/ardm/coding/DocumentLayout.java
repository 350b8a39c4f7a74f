package dev.ardm.coding;

/**
 * What an archive of documents says of all of them. A document has, beside its values, bytes of its own (see {@link
 * ArchivedDocument#extra}); if it is a sequence or an image, it has any number of values.
 *
 * @param kind whether documents have any number of values, rather than those of the header's space
 * @param context how many values (of images: pixels) before those that are coded in a window are known at least; not
 *     interpreted here
 * @param restingValue what fills a window that is not full; not interpreted here
 */
public record DocumentLayout(Kind kind, int context, int restingValue) {
    /** What documents are. */
    public enum Kind {
        /** As many values as an item of the header's space. */
        ROWS(ArchiveFormat.DOCUMENTS_FLAG),
        /** Any number of values. */
        SEQUENCES(ArchiveFormat.DOCUMENTS_FLAG | ArchiveFormat.SEQUENCES_FLAG),
        /** Any number of rows, columns and layers, of the channels of the header's space. */
        IMAGES(ArchiveFormat.DOCUMENTS_FLAG | ArchiveFormat.IMAGES_FLAG);

        private final int flags;

        Kind(int flags) {
            this.flags = flags;
        }
    }

    /** Documents of as many values as an item of the header's space. */
    public static final DocumentLayout ROWS = new DocumentLayout(Kind.ROWS, 0, 0);

    /** Sequences. */
    public static DocumentLayout sequences(int context, int restingValue) {
        return new DocumentLayout(Kind.SEQUENCES, context, restingValue);
    }

    /** Images of any size, for headers whose space has height, width and channels. */
    public static DocumentLayout images(int context, int restingValue) {
        return new DocumentLayout(Kind.IMAGES, context, restingValue);
    }

    /** Checks the ranges. */
    public DocumentLayout {
        if (context < 0 || context >= ArchiveFormat.MAX_VALUES) {
            throw new IllegalArgumentException(
                    "context " + context + " is outside [0, " + ArchiveFormat.MAX_VALUES + ")");
        }
        if (restingValue < 0 || restingValue >= ArchiveFormat.MAX_CATEGORIES) {
            throw new IllegalArgumentException(
                    "resting value " + restingValue + " is outside [0, " + ArchiveFormat.MAX_CATEGORIES + ")");
        }
        if (kind == Kind.ROWS && (context != 0 || restingValue != 0)) {
            throw new IllegalArgumentException("only sequences and images have a context and a resting value");
        }
    }

    /** Whether documents have any number of values. */
    public boolean sequences() {
        return kind == Kind.SEQUENCES;
    }

    /** Whether documents are images of any size. */
    public boolean images() {
        return kind == Kind.IMAGES;
    }

    /** The flags that announce it in a header. */
    int flags() {
        return kind.flags;
    }
}
