package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.Categorical;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.Transformer;

/** Causal transformers with rotary positions, of sequences of any length, and of items of one size in the natural order or in any. */
final class CausalTransformers {
    /** Values of the largest sequence's features: what one array can hold, with room to spare. */
    private static final long MAX_FEATURES = 1L << 28;

    /** With more values there are too many pairs for a table of them. */
    private static final int PAIRED_CATEGORIES = 256;

    private static final int PAIRS = 4096;

    /** Copied values that are shown at once: attention needs thousands of steps to find the nearest. */
    private static final int AHEAD = 2;

    private CausalTransformers() {}

    static Network network(CausalTransformerConfig config, Process process, OutputDistribution output) {
        Space space = process.space();
        if (!(process instanceof Autoregressive order)) {
            throw new IllegalArgumentException(
                    "a causal transformer predicts each value from those before it: it needs the"
                            + " process autoregressive or permuted");
        }
        if (process.unitSize() != 1) {
            throw new IllegalArgumentException("a causal transformer has a place for each variable, not for units of "
                    + process.unitSize() + " of " + space);
        }
        if (!process.anyLength() && !config.places()) {
            throw new IllegalArgumentException(
                    "without embeddings of places a causal transformer needs sequences of single values, got " + space);
        }
        if ((long) space.dimensions() * Math.max(config.width(), config.hidden()) > MAX_FEATURES) {
            throw new IllegalArgumentException("a causal transformer of width " + config.width() + " is for at most "
                    + MAX_FEATURES / Math.max(config.width(), config.hidden()) + " values, got " + space);
        }
        if (order.permuted() && (config.counts() || config.bigrams() > 0)) {
            throw new IllegalArgumentException(
                    "counts and pairs of values are for the natural order, not for permuted ones");
        }
        if (config.ahead() > 0 && !process.infills()) {
            throw new IllegalArgumentException("only of an infilling process are there copies of values ahead");
        }
        if (config.counts() && !(output instanceof Categorical)) {
            throw new IllegalArgumentException("counts are of single values: they need the distribution of logits");
        }
        SequenceStem stem = new SequenceStem(process, config);
        return new ItemNetwork(process, output, stem, new Transformer(config, stem.told()));
    }

    /** The sizes of a preset. */
    static CausalTransformerConfig preset(String name, Process process, OutputDistribution output) {
        boolean sequences = process.anyLength();
        int categories = process.space().maxCategories();
        int rows = (categories + 1) * (categories + 1);
        int bigrams = !sequences || categories > PAIRED_CATEGORIES ? 0 : Math.min(PAIRS, rows);
        CausalTransformerConfig sizes =
                switch (name) {
                    case "tiny" -> sizes(2, 32, 2, bigrams);
                    case "small" -> sizes(3, 128, 4, bigrams);
                    case "medium" -> sizes(4, 192, 6, bigrams);
                    case "base" -> sizes(6, 256, 8, bigrams);
                    default -> throw new IllegalStateException("no sizes for preset " + name);
                };
        return sizes.withPlaces(!sequences).withAhead(process.infills() ? AHEAD : 0);
    }

    private static CausalTransformerConfig sizes(int layers, int width, int heads, int bigrams) {
        return new CausalTransformerConfig(layers, width, heads, 4 * width, bigrams, false, 0);
    }
}
