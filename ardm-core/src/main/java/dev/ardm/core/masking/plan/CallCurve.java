package dev.ardm.core.masking.plan;

import dev.ardm.core.model.DefinitionJson;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What schedules of the spread order cost on held-out items, by the most calls that each may take, in bits per dimension.
 *
 * @param full the cost of a call for each step
 * @param dimensions values of an item
 * @param bits of the schedules, by their calls
 */
public record CallCurve(double full, int dimensions, NavigableMap<Integer, Double> bits) {
    /** Nobody waits for more calls who did not ask for them. */
    public static final int MOST_USUAL = 64;

    private static final double SHARE = 0.005;
    private static final double MOST_BITS = 0.005;
    private static final double ITEM_BITS = 4;

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a cost is no finite number, or calls are not at least 1
     */
    public CallCurve {
        requireCost("a call for each step", full);
        if (dimensions < 1) {
            throw new IllegalArgumentException("costs of schedules for items of " + dimensions + " values");
        }
        bits.forEach((calls, cost) -> requireCost(calls + " calls", cost));
        if (!bits.isEmpty() && bits.firstKey() < 1) {
            throw new IllegalArgumentException("the cost of a schedule of " + bits.firstKey() + " calls");
        }
        bits = Collections.unmodifiableNavigableMap(new TreeMap<>(bits));
    }

    private static void requireCost(String what, double cost) {
        if (!Double.isFinite(cost) || cost < 0) {
            throw new IllegalArgumentException("a cost of " + cost + " bits for " + what);
        }
    }

    /**
     * How much more than {@link #least} the usual calls may cost, in bits per dimension: half a percent, or half a byte an item
     * where that is more, but not more than 0.005.
     */
    public double tolerance() {
        return Math.max(SHARE * least(), Math.min(MOST_BITS, ITEM_BITS / dimensions));
    }

    /** The least that items cost: of a model that has learnt little, more calls may cost more. */
    public double least() {
        return bits.values().stream().reduce(full, Math::min);
    }

    /** The fewest calls that cost no more than {@link #tolerance} allows; empty if none of at most {@link #MOST_USUAL} do. */
    public OptionalInt usualCalls() {
        return bits.headMap(MOST_USUAL, true).entrySet().stream()
                .filter(entry -> entry.getValue() <= least() + tolerance())
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * This curve with schedules of another one in addition, and its own otherwise. What they cost more than a call for each step counts, since
     * both may have been measured on different items.
     */
    public CallCurve with(CallCurve newer) {
        NavigableMap<Integer, Double> all = new TreeMap<>();
        bits.forEach((calls, cost) -> all.put(calls, Math.max(0, newer.full + (cost - full))));
        all.putAll(newer.bits);
        return new CallCurve(newer.full, newer.dimensions, all);
    }

    /** As JSON. */
    public String json() {
        ObjectNode node = DefinitionJson.JSON.createObjectNode();
        node.put("full", full);
        node.put("dimensions", dimensions);
        ObjectNode calls = node.putObject("bits");
        bits.forEach((number, cost) -> calls.put(number.toString(), cost));
        return DefinitionJson.JSON.writeValueAsString(node);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static CallCurve read(JsonNode node) {
        NavigableMap<Integer, Double> bits = new TreeMap<>();
        for (var entry : DefinitionJson.members("the costs of schedules", node.path("bits"))) {
            bits.put(calls(entry.getKey()), number(entry.getValue()));
        }
        return new CallCurve(number(node.path("full")), node.path("dimensions").asInt(0), bits);
    }

    /**
     * A number of calls that is the name of a member.
     *
     * @throws IllegalArgumentException if it is not a number from 1
     */
    public static int calls(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "a schedule of '" + DefinitionJson.shortened(text) + "' calls, which is not a number from 1");
        }
        return Integer.parseInt(text);
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("the costs of schedules have "
                    + DefinitionJson.shortened(value.toString()) + " among their numbers");
        }
        return value.doubleValue();
    }
}
