package dev.ardm.app.pack;

import dev.ardm.app.archive.Attributes;
import java.util.OptionalInt;

/**
 * How items are packed.
 *
 * @param items what is an item, or {@link Kind#GUESSED}
 * @param minutes for training a network, where that can pay; 0 for counts alone
 * @param openMillis how long the archive may take to open, about; empty for what suits the items
 * @param replace whether a file under the archive's name may be replaced
 * @param kept of the files
 */
public record PackOptions(
        Kind items, double minutes, OptionalInt openMillis, boolean replace, Attributes kept, int threads) {
    /** What is an item. */
    public enum Kind {
        /** A line of a file. */
        LINES,
        /** A row of a table. */
        ROWS,
        /** A file. */
        FILES,
        /** Lines of logs and of records, rows of tables, and other files as a whole. */
        GUESSED
    }
}
