package dev.ardm.core.model;

import dev.ardm.core.Item;
import java.util.List;
import java.util.function.IntConsumer;

/** Measures the information content of items by one plan: the cost of an {@link ItemCoder} without overhead. */
public interface ItemScorer {
    /**
     * The information content of each unit of each item, without the rounding of integer distributions.
     *
     * @param progress receives how many windows ({@link #windows}) are done; called from any thread
     * @return for each item the bits of each unit: of each value, or of all values of a place together if the model generates
     *     them together
     * @throws IllegalArgumentException as {@link ItemCoder#encode}
     */
    List<double[]> unitBits(List<Item> items, IntConsumer progress);

    /** See {@link ItemCoder#windows}. */
    long windows(int length, int[] shape);
}
