package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.DilatedNetwork;
import dev.ardm.core.network.Layer.Init;

/** Dilated networks of partly known sequences. */
final class DilatedNetworks {
    /** Floats of the longest padded sequence: what one array can hold, with room to spare. */
    private static final long MAX_FEATURES = 1L << 28;

    /** Up to this number of values a table of embeddings is small compared to the rest. */
    private static final int EMBEDDED_CATEGORIES = 256;

    private DilatedNetworks() {}

    static Network network(DilatedConfig config, Process process, OutputDistribution output) {
        check(config, process);
        Conditioning conditioning = new Conditioning(process, config.time(), 2 * config.time(), Init.FAN_IN);
        Stem stem = new PlaceStem(
                process, config.channels(), config.embedding(), config.interpolation(), config.ends(), conditioning);
        return new ItemNetwork(process, output, stem, new DilatedNetwork(config, process.causal()));
    }

    private static void check(DilatedConfig config, Process process) {
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
        if (process.infills()) {
            throw new IllegalArgumentException(
                    "a dilated network does not infill in the natural order: a causal-transformer does");
        }
        if (process.causal() && config.time() > 0) {
            throw new IllegalArgumentException("a causal network must not see the time, got time " + config.time());
        }
        if (config.interpolation() && (process.causal() || space.scale() != Space.Scale.ORDERED)) {
            throw new IllegalArgumentException("interpolation is for ordered values and processes that are not causal");
        }
        if (config.ends() && !process.anyLength()) {
            throw new IllegalArgumentException("only sequences of single variables have ends, not " + space);
        }
        long span = (config.kernel() - 1L) * config.dilation(Math.min(config.blocks(), config.cycle()) - 1);
        if ((space.extent(0) + span) * 2 * config.channels() > MAX_FEATURES) {
            throw new IllegalArgumentException(
                    "a dilated network of " + config.channels() + " channels is too large for " + space);
        }
    }

    /** The sizes of a preset. No dilation is longer than a quarter of the sequence: it would see its ends only. */
    static DilatedConfig preset(String name, Process process, OutputDistribution output) {
        Space space = process.space();
        boolean causal = process.causal();
        int embedding = space.maxCategories() <= EMBEDDED_CATEGORIES ? 16 : 0;
        boolean lines = space.scale() == Space.Scale.ORDERED && !causal;
        int cycle = Math.max(1, 30 - Integer.numberOfLeadingZeros(space.extent(0)));
        DilatedConfig sizes =
                switch (name) {
                    case "tiny" ->
                        new DilatedConfig(4, 16, 16, 3, Math.min(cycle, 4), embedding, causal ? 0 : 8, lines);
                    case "small" ->
                        new DilatedConfig(16, 64, 64, 3, Math.min(cycle, 8), embedding, causal ? 0 : 32, lines);
                    case "medium" ->
                        new DilatedConfig(20, 96, 96, 3, Math.min(cycle, 10), embedding, causal ? 0 : 64, lines);
                    case "base" ->
                        new DilatedConfig(30, 128, 128, 3, Math.min(cycle, 10), embedding, causal ? 0 : 64, lines);
                    default -> throw new IllegalStateException("no sizes for preset " + name);
                };
        return sizes.withEnds(process.anyLength());
    }
}
