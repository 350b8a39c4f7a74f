package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The states of a partly generated item, and what is predicted next.
 *
 * <p>A <em>unit</em> becomes known at once: one variable, or all variables of a place (the channels of a pixel). A
 * generation passes through {@link #stages} stages, in each of which every unit is visited once, in any order. A stage fixes
 * a variable's value more precisely: after {@code s} stages it is known to be in an interval of {@link #width} {@code (s)}
 * leaves, the last stage leaves one. A value's {@link #leaf} is the value itself unless the process has a tree of its own.
 */
public sealed interface Process permits OrderAgnostic, Upscale, Autoregressive {
    /** The kinds by name: how each reads what it wrote. */
    Map<String, Reader> KINDS = Map.of(
            "order-agnostic", OrderAgnostic::read, "upscale", Upscale::read, "autoregressive", Autoregressive::read);

    /** Reads a process of one kind. */
    @FunctionalInterface
    interface Reader {
        /** The process on a space, with what is given; {@code json} has what {@link Process#write} wrote. */
        Process read(JsonNode json, Space space, Given given);
    }

    /**
     * Reads a process.
     *
     * @param json what {@link #write} and {@link Given#write} wrote, or the name of a kind
     * @throws IllegalArgumentException if the kind is unknown or does not fit the space
     */
    static Process read(JsonNode json, Space space) {
        String kind = json.isString() ? json.asString() : json.path("kind").asString("");
        Reader reader = KINDS.get(kind);
        if (reader == null) {
            throw new IllegalArgumentException("process '" + kind + "' is not known to this program");
        }
        return reader.read(json, space, Given.read(json));
    }

    /**
     * Writes its kind and all that it needs besides the space and what is given. This goes into the id of a model, so members and their
     * order stay as they are for ever.
     */
    void write(ObjectNode json);

    /** The space of the items. */
    Space space();

    /** Variables that become known together: 1, or the extent of the last axis. */
    int unitSize();

    /** Which units are never generated, because they are given (a prefix, columns), and whether there is a label. */
    Given given();

    /** Number of classes items may be labelled with; 0 if they have no label. */
    default int classes() {
        return given().classes();
    }

    /** Number of units of an item, given ones included. */
    default int units() {
        return space().dimensions() / unitSize();
    }

    /** Number of units that are generated. */
    default int generatedUnits() {
        return units() - given().count();
    }

    /** Number of variables that are generated: what bits are divided by. */
    default int generatedDimensions() {
        return generatedUnits() * unitSize();
    }

    /** Number of stages, at least 1. */
    int stages();

    /** Number of steps of a whole generation: every stage generates every unit. */
    default int steps() {
        return Math.multiplyExact(stages(), generatedUnits());
    }

    /** The number of a value by which intervals are made, in [0, categories): the value, or its leaf in a tree. */
    default int leaf(int value) {
        return value;
    }

    /** The value that has a leaf. */
    default int valueOf(int leaf) {
        return leaf;
    }

    /** Number of leaves in the interval a variable is known to be in after that many stages; 1 after the last. */
    int width(int stagesDone);

    /** The least leaf of the interval in which {@code value} is known to be after that many stages. */
    default int coarse(int value, int stagesDone) {
        int width = width(stagesDone);
        return leaf(value) / width * width;
    }

    /** Whether one evaluation of the network on a whole item gives the distributions of all steps of an order. */
    default boolean causal() {
        return false;
    }

    /** Whether it can only continue a beginning: units are generated in the natural order, and no other. */
    default boolean continuesOnly() {
        return false;
    }

    /** Whether units are generated in the natural order, but any of them may be known at first. */
    default boolean infills() {
        return false;
    }

    /** Whether the natural order is the only one in which units are generated. */
    default boolean naturalOrder() {
        return continuesOnly() || infills();
    }

    /**
     * Whether items may have fewer values than the space: sequences of single variables, of which nothing is given, generated in the
     * natural order or in any.
     */
    default boolean anyLength() {
        return space().rank() == 1 && space().categories().length == 1 && unitSize() == 1 && given().count() == 0;
    }

    /**
     * This process on sequences of another length.
     *
     * @param length at least 1; this process itself if it is the space's
     * @throws IllegalArgumentException if {@link #anyLength} is false and it is not the space's
     */
    default Process ofLength(int length) {
        if (length == space().dimensions()) {
            return this;
        }
        if (!anyLength()) {
            throw new IllegalArgumentException("an item of " + length + " values is not of " + space());
        }
        return on(Space.of(new int[] {length}, space().maxCategories(), space().scale()));
    }

    /** This process on another space, with the same given. */
    Process on(Space other);

    /**
     * The space of which orders are made: one position for each unit.
     */
    default Space unitSpace() {
        if (unitSize() == 1) {
            return space();
        }
        int[] shape = space().shape();
        shape[shape.length - 1] /= unitSize();
        return Space.of(shape, space().maxCategories(), space().scale());
    }

    /**
     * Draws the training corruption of one example.
     *
     * @param place position of the example's step in [0, 1); a batch spreads its examples evenly over it (stratified
     *     steps), which lowers the variance of the loss
     * @param random the example's own stream
     */
    Corruption corrupt(double place, RandomStream random);
}
