package dev.ardm.core.model;

/** Receives the values that a generation decides, after each network call. Its methods are called from any thread. */
@FunctionalInterface
public interface GenerationListener {
    /**
     * Some items are complete.
     *
     * @param items number of complete items, from 1 to all
     */
    void done(int items);

    /**
     * A network call of an item is done.
     *
     * @param item its index in the list
     * @param positions the positions of the item whose values the call decided, or made more precise
     * @param values their values so far: the least that each can still have
     */
    default void decided(int item, int[] positions, int[] values) {}
}
