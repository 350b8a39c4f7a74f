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
    /** The most that is known of an example that is infilled, in tenths. */
    private static final int MOST_KNOWN = 9;

    /** Blocks have 1, 2, 4, ... values: so many lengths. */
    private static final int BLOCK_LENGTHS = 6;

    private final Space space;
    private final boolean permuted;
    private final int unitSize;
    private final boolean infills;

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
        this(space, permuted, unitSize, false);
    }

    private Autoregressive(Space space, boolean permuted, int unitSize, boolean infills) {
        RandomKnown.checkUnit(space, unitSize);
        this.space = space;
        this.permuted = permuted;
        this.unitSize = unitSize;
        this.infills = infills;
        if (infills && !anyLength()) {
            throw new IllegalArgumentException(
                    "only sequences of single values in the natural order are infilled, not " + space);
        }
    }

    /**
     * Sequences in the natural order, of which any values may be known at first: a network sees copies of those that are known beyond the
     * first gap, before all others ("AC-GPT"). What is generated without known values is what it is without infilling.
     */
    public static Autoregressive infilling(Space space) {
        return new Autoregressive(space, false, 1, true);
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
                space,
                json.path("permuted").asBoolean(false),
                json.path("unit").asInt(1),
                json.path("infills").asBoolean(false));
    }

    @Override
    public void write(ObjectNode json) {
        json.put("kind", "autoregressive");
        json.put("permuted", permuted);
        if (unitSize > 1) {
            json.put("unit", unitSize);
        }
        if (infills) {
            json.put("infills", true);
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
        return !permuted && !infills;
    }

    @Override
    public boolean infills() {
        return infills;
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
        return new Autoregressive(other, permuted, unitSize, infills);
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

    /**
     * Draws an example of which a part is known, as {@link #corrupt} draws those of which nothing is: half of them have one gap, the others
     * blocks of one length, from single values on; the number of values that are known is uniform, up to nine in ten.
     *
     * @throws IllegalStateException if it does not infill
     */
    public Corruption infilled(RandomStream random) {
        if (!infills) {
            throw new IllegalStateException("an autoregressive model that can only continue a beginning");
        }
        int units = units();
        int known = random.nextInt(MOST_KNOWN * units / 10 + 1);
        boolean[] predicted = new boolean[units];
        if (random.nextInt(2) == 0) {
            int start = random.nextInt(known + 1);
            Arrays.fill(predicted, start, start + units - known, true);
        } else {
            Arrays.fill(predicted, true);
            int block = 1 << random.nextInt(BLOCK_LENGTHS);
            for (int left = known; left > 0; ) {
                int start = random.nextInt(units) / block * block;
                for (int unit = start; unit < Math.min(units, start + block) && left > 0; unit++) {
                    left -= predicted[unit] ? 1 : 0;
                    predicted[unit] = false;
                }
            }
        }
        boolean[] shown = new boolean[units];
        Arrays.fill(shown, true);
        int[] order = IntStream.concat(
                        IntStream.range(0, units).filter(unit -> !predicted[unit]),
                        IntStream.range(0, units).filter(unit -> predicted[unit]))
                .toArray();
        return new Corruption(0, shown, predicted, order);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Autoregressive that
                && space.equals(that.space)
                && permuted == that.permuted
                && unitSize == that.unitSize
                && infills == that.infills;
    }

    @Override
    public int hashCode() {
        return Objects.hash(space, permuted, unitSize, infills);
    }
}
