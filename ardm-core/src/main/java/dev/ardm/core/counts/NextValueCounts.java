package dev.ardm.core.counts;

import dev.ardm.core.model.Model;
import java.util.List;
import java.util.function.Supplier;

/** A model of counts that says how likely each value of an item is, given those before it. */
public interface NextValueCounts extends Model {
    /**
     * What says so, for each thread; what was learnt is read once.
     *
     * @param ends whether an item may end before each value
     * @throws IllegalArgumentException if the items of the model do not end by themselves
     */
    Supplier<NextValue> nextValues(boolean ends);

    /** The items that the model contains, in the order in which it learnt them; not to be changed. Empty if it keeps none. */
    default List<int[]> learntItems() {
        return List.of();
    }
}
