package dev.ardm.app.pack;

import dev.ardm.app.Text;
import java.util.BitSet;

/**
 * A model that was tried, and what it would make of all items.
 *
 * @param name for the user
 * @param primer which items of the sample it learns
 * @param symbols of these: values, and one more for each item
 * @param modelBytes of its file
 * @param itemBytes of all items, those that the model learnt left out; measured on some, and extrapolated
 */
public record Alternative(String name, BitSet primer, long symbols, long modelBytes, long itemBytes) {
    /** Model and items together. */
    public long bytes() {
        return modelBytes + itemBytes;
    }

    /** For the user. */
    String sentence() {
        return "  " + name + ": about " + Text.count(bytes(), "byte") + " (model " + Text.number(modelBytes) + ")";
    }
}
