package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order-agnostic process of Hoogeboom et al. 2022, section 3: the units become known one by one in a uniformly random
 * order. Seen from training: exactly n of the D units are masked, n uniform on 1..D, every set of n equally likely. The
 * bound on the log-likelihood in bits per dimension is the mean cross entropy over the masked units, averaged over n
 * (equation 3: weight D/n on the sum).
 */
public final class OrderAgnostic implements Process {
    private final Space space;
    private final int unitSize;
    private final Given given;

    /** Every variable is a unit, nothing is given. */
    public OrderAgnostic(Space space) {
        this(space, 1, Given.NOTHING);
    }

    /**
     * @param unitSize 1, or the extent of the last axis: all channels of a pixel become known together
     */
    public OrderAgnostic(Space space, int unitSize, Given given) {
        RandomKnown.checkUnit(space, unitSize);
        given.check(space.dimensions() / unitSize);
        this.space = space;
        this.unitSize = unitSize;
        this.given = given;
    }

    static OrderAgnostic read(JsonNode json, Space space, Given given) {
        return new OrderAgnostic(space, json.path("unit").asInt(1), given);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("kind", "order-agnostic");
        json.put("unit", unitSize);
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
        return given;
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
    public OrderAgnostic on(Space other) {
        return new OrderAgnostic(other, unitSize, given);
    }

    @Override
    public Corruption corrupt(double place, RandomStream random) {
        RandomKnown.checkPlace(place);
        return RandomKnown.corruption(this, 0, (int) (place * generatedUnits()), random);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderAgnostic that
                && space.equals(that.space)
                && unitSize == that.unitSize
                && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return Objects.hash(space, unitSize, given);
    }
}
