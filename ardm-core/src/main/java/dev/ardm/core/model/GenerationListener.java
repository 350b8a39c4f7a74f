package dev.ardm.core.model;

/** Receives what a generation decides, network call by network call. Its methods are called from any thread. */
@FunctionalInterface
public interface GenerationListener {
    /**
     * So many items are complete.
     *
     * @param items from 1 to the number of items in the list
     */
    void done(int items);

    /**
     * A network call of an item is done.
     *
     * @param item its index in the list
     * @param positions the positions of the item whose values the call decided, or made more precise
     * @param values their values, the least that each can still have
     */
    default void decided(int item, int[] positions, int[] values) {}
}
