package dev.ardm.core.network;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sizes of a {@link DilatedNetwork}.
 *
 * @param blocks residual blocks, in [1, 256]
 * @param channels features of each place, in [1, 4096]; a multiple of 4 if there is an embedding
 * @param skip features that the blocks add up for the outputs, in [1, 4096]
 * @param kernel taps of the dilated convolutions, odd, in [3, 9]
 * @param cycle dilations double from block to block and begin with 1 again after that many, in [1, 16]
 * @param embedding width of the embedding of each value, at most 4096, or 0 for a network that sees values as numbers only
 * @param time width of the time embedding, even and at most 4096, or 0 for a network that does not see the time, as causal ones
 *     must not
 * @param interpolation whether the network is shown a line between the known values around each value, and its own numbers enlarged, and
 *     the means of mixtures start from that line; for ordered values, not for causal processes
 * @param ends whether it sees how far the end of its sequence is, which may be shorter than the model's
 */
public record DilatedConfig(
        int blocks,
        int channels,
        int skip,
        int kernel,
        int cycle,
        int embedding,
        int time,
        boolean interpolation,
        boolean ends)
        implements NetworkConfig {
    /** Sizes of a network without interpolation. */
    public DilatedConfig(int blocks, int channels, int skip, int kernel, int cycle, int embedding, int time) {
        this(blocks, channels, skip, kernel, cycle, embedding, time, false);
    }

    /** Sizes of a network that takes items of one length. */
    public DilatedConfig(
            int blocks, int channels, int skip, int kernel, int cycle, int embedding, int time, boolean interpolation) {
        this(blocks, channels, skip, kernel, cycle, embedding, time, interpolation, false);
    }

    /** Checks the sizes. */
    public DilatedConfig {
        within("blocks", blocks, 1, 256);
        within("channels", channels, 1, 4096);
        within("skip", skip, 1, 4096);
        within("kernel", kernel, 3, 9);
        within("cycle", cycle, 1, 16);
        within("embedding", embedding, 0, 4096);
        within("time", time, 0, 4096);
        if (kernel % 2 == 0 || time % 2 != 0) {
            throw new IllegalArgumentException("kernel must be odd and time even, got " + kernel + " and " + time);
        }
        if (embedding > 0 && channels % 4 != 0) {
            throw new IllegalArgumentException(
                    "channels must be a multiple of 4 if there is an embedding, got " + channels);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be in [" + least + ", " + most + "], got " + value);
        }
    }

    @Override
    public DilatedConfig withoutEnds() {
        return withEnds(false);
    }

    /** The same sizes, with ends or without. */
    public DilatedConfig withEnds(boolean wanted) {
        return new DilatedConfig(blocks, channels, skip, kernel, cycle, embedding, time, interpolation, wanted);
    }

    /** Dilation of a block. */
    public int dilation(int block) {
        return 1 << block % cycle;
    }

    /** Places from the first that an output sees to the last, if it sees both sides. */
    public int receptiveField() {
        int span = 2;
        for (int block = 0; block < blocks; block++) {
            span += (kernel - 1) * dilation(block);
        }
        return span + 1;
    }

    @Override
    public void write(ObjectNode json) {
        json.put("blocks", blocks);
        json.put("channels", channels);
        json.put("skip", skip);
        json.put("kernel", kernel);
        json.put("cycle", cycle);
        json.put("embedding", embedding);
        json.put("time", time);
        if (interpolation) {
            json.put("interpolation", true);
        }
        if (ends) {
            json.put("ends", true);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static DilatedConfig read(JsonNode json) {
        return new DilatedConfig(
                json.path("blocks").asInt(0),
                json.path("channels").asInt(0),
                json.path("skip").asInt(0),
                json.path("kernel").asInt(0),
                json.path("cycle").asInt(0),
                json.path("embedding").asInt(-1),
                json.path("time").asInt(-1),
                json.path("interpolation").asBoolean(false),
                json.path("ends").asBoolean(false));
    }
}
