package dev.ardm.core.model;

/**
 * How a model generates items: what archives keep of it are bytes that only the family of the model reads
 * ({@link LikelihoodModel#readPlan}). Equal plans generate in the same way.
 */
public interface Plan {
    /** As bytes, for the header of an archive. */
    byte[] toBytes();

    /** Number of network calls for an item of the model's size. */
    int calls();

    /** What it is in addition to its calls, in a word or two for people: an order, for example. */
    String describe();
}
