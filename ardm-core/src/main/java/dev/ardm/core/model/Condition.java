package dev.ardm.core.model;

import java.util.OptionalInt;

/**
 * A condition of a model: all items that it then samples, fills, scores or codes meet it.
 *
 * @param label a class in [0, {@link LikelihoodModel#classes}); empty if the class is unknown
 */
public record Condition(OptionalInt label) {
    /** No condition. */
    public static final Condition NONE = new Condition(OptionalInt.empty());

    /** A class. */
    public static Condition label(int label) {
        return new Condition(OptionalInt.of(label));
    }
}
