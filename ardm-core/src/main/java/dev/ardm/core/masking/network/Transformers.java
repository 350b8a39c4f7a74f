package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Transformer;
import dev.ardm.core.network.TransformerConfig;

/** Transformers of partly known items. */
final class Transformers {
    /** Values of the largest table of positions: what one array can hold, with room to spare. */
    private static final long MAX_POSITIONS = 1L << 28;

    private Transformers() {}

    static Network network(TransformerConfig config, Process process, OutputDistribution output) {
        Space space = process.space();
        if (process.unitSize() != 1) {
            throw new IllegalArgumentException("a transformer has a place for each variable, not for units of "
                    + process.unitSize() + " of " + space);
        }
        if (process.infills()) {
            throw new IllegalArgumentException(
                    "a transformer does not infill in the natural order: a causal-transformer does");
        }
        if (process.causal() && config.time() > 0) {
            throw new IllegalArgumentException("a causal network must not see the time, got time " + config.time());
        }
        if ((long) space.dimensions() * config.width() > MAX_POSITIONS) {
            throw new IllegalArgumentException("a transformer of width " + config.width() + " is for at most "
                    + MAX_POSITIONS / config.width() + " variables, got " + space);
        }
        if (config.ends() && !process.anyLength()) {
            throw new IllegalArgumentException("only sequences have ends, not " + space);
        }
        Stem stem = new TokenStem(process, config.width(), config.time(), config.ends());
        return new ItemNetwork(process, output, stem, new Transformer(config, process.causal()));
    }

    /** The sizes of a preset. Without the time, as the text models of the paper: the values themselves show how many are known. */
    static TransformerConfig preset(String name, Process process, OutputDistribution output) {
        TransformerConfig sizes =
                switch (name) {
                    case "tiny" -> new TransformerConfig(2, 32, 2, 64, 0, 0);
                    case "small" -> new TransformerConfig(4, 128, 4, 512, 0, 0);
                    case "medium" -> new TransformerConfig(6, 192, 6, 768, 0, 0);
                    case "base" -> new TransformerConfig(8, 256, 8, 1024, 0, 0.05);
                    default -> throw new IllegalStateException("no sizes for preset " + name);
                };
        return sizes.withEnds(process.anyLength());
    }
}
