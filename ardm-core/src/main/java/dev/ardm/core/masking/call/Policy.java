package dev.ardm.core.masking.call;

import dev.ardm.core.masking.plan.Order;
import java.util.Iterator;

/**
 * Says which units each network call of an item, or of a window of one, decides. {@link FixedPolicy} knows it before the first call;
 * another may look at what is decided.
 */
public interface Policy {
    /**
     * What a network call decides.
     *
     * @param stage of the process
     * @param units that it decides together
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Step(int stage, int[] units) {}

    /** Flags of the units that are known before the first call. */
    boolean[] known();

    /** The order of all units, those known first, for networks that see it. */
    Order order();

    /**
     * What each call decides, at least one; every stage decides each unit that is not known once.
     *
     * @param item has what a call decided when the next step is asked for
     */
    Iterator<Step> steps(int[] item);
}
