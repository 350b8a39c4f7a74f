package dev.ardm.core.model;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.format.RecordGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Codes records: items of any length whose end the model tells, so that several of them share a stream and none needs a length.
 * Thread-safe. Streams depend only on the model.
 */
public interface RecordCoder {
    /** The symbols of a record and its end, ready to be put on a stack below those of others. */
    interface Symbols {
        /** Pushes them so that they pop in their order. */
        void push(AnsStack stack);
    }

    /** Number of items that the model itself contains, so that an archive need not hold them; 0 if there are none. */
    int learntCount();

    /** The values of an item that the model contains, in the order in which it learnt them. Not to be changed. */
    int[] learnt(int number);

    /**
     * The symbols of records.
     *
     * @param records values
     * @param progress receives how many are done; called from any thread
     * @throws IllegalArgumentException if one is outside the model's space
     */
    List<Symbols> encode(List<int[]> records, IntConsumer progress);

    /**
     * Decodes groups of records, whose streams pop the symbols of one record after the other. A group that does not decode, or
     * whose check fails, gives an empty result.
     *
     * @param groups coded ones
     * @param progress receives how many records are done; called from any thread
     * @return the values of each record of each group
     */
    List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress);
}
