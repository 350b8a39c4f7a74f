package dev.ardm.core.model;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.core.Item;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Codes items of one layout by one plan, each into a stream of its own. Thread-safe. Streams depend only on the
 * model, the plan and the layout.
 */
public interface ItemCoder {
    /** What is coded into one stream. */
    enum Granularity {
        /** Each item: it decodes alone. */
        ITEM,
        /** Blocks of items, chained on one stack, as bits-back coding needs them: only a block decodes alone. */
        BLOCK
    }

    /** What is coded into one stream. Archives take {@link Granularity#ITEM} only. */
    default Granularity granularity() {
        return Granularity.ITEM;
    }

    /**
     * Self-contained checked streams, each of which decodes alone. Their check is
     * {@link dev.ardm.coding.CheckedStream#checkOf(byte[], int[], int[])} of side information, shape and values.
     *
     * @param progress receives how many windows ({@link #windows}) are done; called from any thread
     * @throws IllegalArgumentException if an item is outside the model's space, or of a size that the layout does not allow
     */
    List<byte[]> encode(List<Item> items, IntConsumer progress);

    /**
     * Decodes the values of items. An item that does not decode, or whose check fails, gives an empty result.
     *
     * @param items with their streams
     * @param progress receives how many windows are done; called from any thread
     */
    List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress);

    /**
     * The number of windows of an item: the work to code it.
     *
     * @param length number of its values
     * @param shape height, width and number of layers of an image of any size; empty otherwise
     */
    long windows(int length, int[] shape);
}
