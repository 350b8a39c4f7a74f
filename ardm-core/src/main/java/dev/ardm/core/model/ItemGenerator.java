package dev.ardm.core.model;

import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import java.util.List;

/**
 * Draws the unknown values of items of one layout: all values of a sample, or the missing ones of an item to fill in.
 * Thread-safe.
 */
public interface ItemGenerator {
    /**
     * The items with every unknown value drawn; known values, names and side information stay.
     *
     * @param first number of the first item: item {@code first + k} depends on its number, the seed, and itself only, so that a
     *     long list can be generated part by part
     * @throws IllegalArgumentException if a known value is outside the model's space, the model cannot start from what is known
     *     (an autoregressive model continues a beginning only), or an item has a size that the layout does not allow
     */
    List<Item> generate(List<PartialItem> items, long first, long seed, GenerationListener listener);
}
