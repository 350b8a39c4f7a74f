package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The baselines: a causal network that predicts every variable from those before it in an order, all of them in one
 * evaluation. In the natural order that is the usual autoregressive model; in a random order for each item it is the
 * order-agnostic transformer of Yang et al. 2019 (XLNet) that Hoogeboom et al. 2022 compare with, which receives the order.
 */
public final class Autoregressive implements Process {
    private final Space space;
    private final boolean permuted;
    private final int unitSize;

    /**
     * One variable after the other.
     *
     * @param permuted whether the order is random, not the natural one
     */
    public Autoregressive(Space space, boolean permuted) {
        this(space, permuted, 1);
    }

    /**
     * @param permuted whether the order is random, not the natural one
     * @param unitSize 1, or the extent of the last axis: all channels of a pixel become known together
     */
    public Autoregressive(Space space, boolean permuted, int unitSize) {
        RandomKnown.checkUnit(space, unitSize);
        this.space = space;
        this.permuted = permuted;
        this.unitSize = unitSize;
    }

    /** Whether the order is random, not the natural one. */
    public boolean permuted() {
        return permuted;
    }

    static Autoregressive read(JsonNode json, Space space, Given given) {
        if (given.classes() > 0) {
            throw new IllegalArgumentException("an autoregressive process has no classes, got " + given.classes());
        }
        return new Autoregressive(
                space, json.path("permuted").asBoolean(false), json.path("unit").asInt(1));
    }

    @Override
    public void write(ObjectNode json) {
        json.put("kind", "autoregressive");
        json.put("permuted", permuted);
        if (unitSize > 1) {
            json.put("unit", unitSize);
        }
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public int unitSize() {
        return unitSize;
    }

    @Override
    public Given given() {
        return Given.NOTHING;
    }

    @Override
    public int stages() {
        return 1;
    }

    @Override
    public int width(int stagesDone) {
        return stagesDone == 0 ? space.maxCategories() : 1;
    }

    @Override
    public boolean continuesOnly() {
        return !permuted;
    }

    @Override
    public boolean causal() {
        return true;
    }

    /** {@inheritDoc} A network that sees a random order has places for the space's length only. */
    @Override
    public boolean anyLength() {
        return !permuted && Process.super.anyLength();
    }

    /** The same in the natural order. */
    public Autoregressive inNaturalOrder() {
        return new Autoregressive(space, false, unitSize);
    }

    @Override
    public Autoregressive on(Space other) {
        return new Autoregressive(other, permuted, unitSize);
    }

    /** Everything is shown and everything predicted: that nothing is seen too early is the network's business. */
    @Override
    public Corruption corrupt(double place, RandomStream random) {
        RandomKnown.checkPlace(place);
        boolean[] known = new boolean[space.dimensions()];
        boolean[] predicted = new boolean[units()];
        Arrays.fill(known, true);
        Arrays.fill(predicted, true);
        int[] order = permuted
                ? random.permutation(units())
                : IntStream.range(0, units()).toArray();
        return new Corruption(0, known, predicted, order);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Autoregressive that
                && space.equals(that.space)
                && permuted == that.permuted
                && unitSize == that.unitSize;
    }

    @Override
    public int hashCode() {
        return Objects.hash(space, permuted, unitSize);
    }
}
