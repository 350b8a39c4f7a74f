package dev.ardm.core.network;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sizes of a {@link UNet}.
 *
 * @param channels channels of each level, finest first; each level halves the resolution of the one before
 * @param blocksDown residual blocks of each level on the way down
 * @param blocksUp residual blocks of each level but the coarsest on the way up
 * @param attention whether each level ends its way down with attention
 * @param heads attention heads
 * @param groups groups of the normalisation; must divide every number of channels
 * @param embedding width of the embedding of each value
 * @param time width of the time embedding
 * @param head width of the hidden layer before the logits
 * @param dropout dropout rate in the residual blocks, training only
 * @param interpolation whether the network is shown, and the means of a mixture start from, the mean of the known values around
 *     each value, weighted by distance
 */
public record UNetConfig(
        List<Integer> channels,
        List<Integer> blocksDown,
        List<Integer> blocksUp,
        List<Boolean> attention,
        int heads,
        int groups,
        int embedding,
        int time,
        int head,
        double dropout,
        boolean interpolation)
        implements NetworkConfig {
    /** Sizes of a network without interpolation. */
    public UNetConfig(
            List<Integer> channels,
            List<Integer> blocksDown,
            List<Integer> blocksUp,
            List<Boolean> attention,
            int heads,
            int groups,
            int embedding,
            int time,
            int head,
            double dropout) {
        this(channels, blocksDown, blocksUp, attention, heads, groups, embedding, time, head, dropout, false);
    }

    /** Checks the sizes against each other. */
    public UNetConfig {
        channels = List.copyOf(channels);
        blocksDown = List.copyOf(blocksDown);
        blocksUp = List.copyOf(blocksUp);
        attention = List.copyOf(attention);
        if (heads < 1 || groups < 1) {
            throw new IllegalArgumentException("heads and groups must be positive, got " + heads + " and " + groups);
        }
        int levels = channels.size();
        if (levels < 1 || blocksDown.size() != levels || blocksUp.size() != levels - 1 || attention.size() != levels) {
            throw new IllegalArgumentException("a U-Net of " + levels
                    + " levels needs as many downward block counts and attention flags, and one upward count fewer");
        }
        for (int c : channels) {
            if (c < 1 || c > 4096 || c % groups != 0 || c % heads != 0 || c % 4 != 0) {
                throw new IllegalArgumentException(
                        "channels must be in [4, 4096] and multiples of 4, the groups and the heads, got " + c);
            }
        }
        for (List<Integer> blocks : List.of(blocksDown, blocksUp)) {
            for (int b : blocks) {
                if (b < 0 || b > 256) {
                    throw new IllegalArgumentException("blocks must be in [0, 256], got " + b);
                }
            }
        }
        if (embedding < 1
                || time < 2
                || time % 2 != 0
                || head < 1
                || head % groups != 0
                || embedding > 4096
                || time > 4096
                || head > 4096) {
            throw new IllegalArgumentException(
                    "embedding and head must be positive, time even, head a multiple of the groups");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
    }

    /** Number of levels. */
    public int levels() {
        return channels.size();
    }

    @Override
    public void write(ObjectNode json) {
        putAll(json.putArray("channels"), channels);
        putAll(json.putArray("blocks_down"), blocksDown);
        putAll(json.putArray("blocks_up"), blocksUp);
        ArrayNode levels = json.putArray("attention");
        attention.forEach(levels::add);
        json.put("heads", heads);
        json.put("groups", groups);
        json.put("embedding", embedding);
        json.put("time", time);
        json.put("head", head);
        json.put("dropout", dropout);
        if (interpolation) {
            json.put("interpolation", true);
        }
    }

    private static void putAll(ArrayNode array, List<Integer> values) {
        values.forEach(array::add);
    }

    /** Reads what {@link #write} wrote. */
    public static UNetConfig read(JsonNode json) {
        return new UNetConfig(
                ints(json.path("channels")),
                ints(json.path("blocks_down")),
                ints(json.path("blocks_up")),
                json.path("attention")
                        .valueStream()
                        .map(b -> b.asBoolean(false))
                        .toList(),
                json.path("heads").asInt(0),
                json.path("groups").asInt(0),
                json.path("embedding").asInt(0),
                json.path("time").asInt(0),
                json.path("head").asInt(0),
                json.path("dropout").asDouble(-1),
                json.path("interpolation").asBoolean(false));
    }

    private static List<Integer> ints(JsonNode node) {
        return node.valueStream().map(v -> v.asInt(-1)).toList();
    }
}
