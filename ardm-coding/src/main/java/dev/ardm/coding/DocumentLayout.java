package dev.ardm.coding;

/**
 * What an archive of documents says of all of them. A document has, beside its values, bytes of its own (see {@link
 * ArchivedDocument#extra}); if it is a sequence, it has any number of values.
 *
 * @param sequences whether documents have any number of values, rather than those of the header's space
 * @param context how many values before those that are coded in a window of a sequence are known at least; not interpreted
 *     here
 * @param restingValue what fills the window of a sequence that is shorter; not interpreted here
 */
public record DocumentLayout(boolean sequences, int context, int restingValue) {
    /** Documents of as many values as an item of the header's space. */
    public static final DocumentLayout ROWS = new DocumentLayout(false, 0, 0);

    /** Sequences. */
    public static DocumentLayout sequences(int context, int restingValue) {
        return new DocumentLayout(true, context, restingValue);
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
        if (!sequences && (context != 0 || restingValue != 0)) {
            throw new IllegalArgumentException("only sequences have a context and a resting value");
        }
    }

    /** The flags that announce it in a header. */
    int flags() {
        return ArchiveFormat.DOCUMENTS_FLAG | (sequences ? ArchiveFormat.SEQUENCES_FLAG : 0);
    }
}
