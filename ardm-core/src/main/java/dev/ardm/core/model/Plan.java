package dev.ardm.core.model;

/**
 * How a model generates items. Archives keep it as bytes that only the model's family can read
 * ({@link LikelihoodModel#readPlan}). Equal plans generate in the same way.
 */
public interface Plan {
    /** As bytes, for the header of an archive. */
    byte[] toBytes();

    /** Number of network calls for an item of the model's size. */
    int calls();

    /** A word or two for people that describe it in addition to its calls: its order, for example. */
    String describe();
}
