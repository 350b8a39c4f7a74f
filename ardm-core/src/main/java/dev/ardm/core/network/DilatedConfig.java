package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
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
 */
public record DilatedConfig(
        int blocks, int channels, int skip, int kernel, int cycle, int embedding, int time, boolean interpolation)
        implements NetworkConfig {
    /** Floats of the longest padded sequence: what one array can hold, with room to spare. */
    private static final long MAX_FEATURES = 1L << 28;

    /** Up to this number of values a table of embeddings is small compared to the rest. */
    private static final int EMBEDDED_CATEGORIES = 256;

    /** Sizes of a network without interpolation. */
    public DilatedConfig(int blocks, int channels, int skip, int kernel, int cycle, int embedding, int time) {
        this(blocks, channels, skip, kernel, cycle, embedding, time, false);
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
    public Network network(Process process, OutputDistribution output) {
        check(process);
        Conditioning conditioning = new Conditioning(process, time, 2 * time, Init.FAN_IN);
        Stem stem = new PlaceStem(process, channels, embedding, interpolation, conditioning);
        return new ItemNetwork(process, output, stem, new DilatedNetwork(this, process.causal()));
    }

    private void check(Process process) {
        Space space = process.space();
        if (space.rank() > 2 || space.categories().length != 1) {
            throw new IllegalArgumentException(
                    "a dilated network needs sequences of one number of categories, got " + space);
        }
        if (space.rank() == 1 && process.unitSize() != 1) {
            throw new IllegalArgumentException("variables that become known together need an axis of their own, got "
                    + process.unitSize() + " of " + space);
        }
        if (process instanceof Autoregressive order && order.permuted()) {
            throw new IllegalArgumentException("a causal dilated network supports only the natural order");
        }
        if (process.classes() > 0) {
            throw new IllegalArgumentException("a dilated network does not see labels, got " + process.classes()
                    + " classes: a U-Net or a transformer does");
        }
        if (process.causal() && time > 0) {
            throw new IllegalArgumentException("a causal network must not see the time, got time " + time);
        }
        if (interpolation && (process.causal() || space.scale() != Space.Scale.ORDERED)) {
            throw new IllegalArgumentException("interpolation is for ordered values and processes that are not causal");
        }
        long span = (kernel - 1L) * dilation(Math.min(blocks, cycle) - 1);
        if ((space.extent(0) + span) * 2 * channels > MAX_FEATURES) {
            throw new IllegalArgumentException(
                    "a dilated network of " + channels + " channels is too large for " + space);
        }
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
    }

    static DilatedConfig read(JsonNode json) {
        return new DilatedConfig(
                json.path("blocks").asInt(0),
                json.path("channels").asInt(0),
                json.path("skip").asInt(0),
                json.path("kernel").asInt(0),
                json.path("cycle").asInt(0),
                json.path("embedding").asInt(-1),
                json.path("time").asInt(-1),
                json.path("interpolation").asBoolean(false));
    }

    /** The sizes of a preset. No dilation is longer than a quarter of the sequence: it would see its ends only. */
    static DilatedConfig preset(String name, Process process, OutputDistribution output) {
        Space space = process.space();
        boolean causal = process.causal();
        int embedding = space.maxCategories() <= EMBEDDED_CATEGORIES ? 16 : 0;
        boolean lines = space.scale() == Space.Scale.ORDERED && !causal;
        int cycle = Math.max(1, 30 - Integer.numberOfLeadingZeros(space.extent(0)));
        return switch (name) {
            case "tiny" -> new DilatedConfig(4, 16, 16, 3, Math.min(cycle, 4), embedding, causal ? 0 : 8, lines);
            case "small" -> new DilatedConfig(16, 64, 64, 3, Math.min(cycle, 8), embedding, causal ? 0 : 32, lines);
            case "medium" -> new DilatedConfig(20, 96, 96, 3, Math.min(cycle, 10), embedding, causal ? 0 : 64, lines);
            case "base" -> new DilatedConfig(30, 128, 128, 3, Math.min(cycle, 10), embedding, causal ? 0 : 64, lines);
            default -> throw new IllegalStateException("no sizes for preset " + name);
        };
    }
}
