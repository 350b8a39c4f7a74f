package dev.ardm.core.model;

import java.util.OptionalInt;

/**
 * What a model is given in addition to the values of an item: everything it then samples, fills, scores or codes has it.
 *
 * @param label a class in [0, {@link LikelihoodModel#classes}); empty if the class is unknown
 */
public record Condition(OptionalInt label) {
    /** Nothing is given. */
    public static final Condition NONE = new Condition(OptionalInt.empty());

    /** A class. */
    public static Condition label(int label) {
        return new Condition(OptionalInt.of(label));
    }
}
