package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.CausalConvolutions;
import java.util.ArrayList;
import java.util.List;

/** Causal convolution networks of images. */
final class CausalNetworks {
    /** Categories without order are flags; more of them would make the first layer larger than all others. */
    private static final int MOST_FLAGS = 64;

    private CausalNetworks() {}

    static Network network(CausalConfig config, Process process, OutputDistribution output) {
        Space space = process.space();
        if (!(process instanceof Autoregressive order) || order.permuted()) {
            throw new IllegalArgumentException(
                    "a causal network predicts each place from those before it: it needs the process autoregressive");
        }
        if (space.rank() != 3 || space.categories().length != 1) {
            throw new IllegalArgumentException("a causal network needs images of one number of categories, got " + space
                    + "; for sequences there is the network dilated");
        }
        if (process.unitSize() != space.extent(2)) {
            throw new IllegalArgumentException("a causal network decides all channels of a pixel together: " + space
                    + " needs the distribution pixel-logistic");
        }
        if (space.scale() != Space.Scale.ORDERED && space.maxCategories() > MOST_FLAGS) {
            throw new IllegalArgumentException("a causal network takes at most " + MOST_FLAGS
                    + " categories that have no order, got " + space);
        }
        if (config.contrast() && space.scale() != Space.Scale.ORDERED) {
            throw new IllegalArgumentException("contrast is of ordered values, not of " + space);
        }
        Stem stem = config.contrast() ? new ContrastStem(process, config) : new CausalStem(process, config);
        return new ItemNetwork(process, output, stem, new CausalConvolutions(config));
    }

    /** The sizes of a preset: mixtures are for photographs, logits for drawings, of which the exact values matter. */
    static CausalConfig preset(String name, Process process, OutputDistribution output) {
        return switch (name) {
            case "tiny" -> sizes(32, 1, process, output);
            case "small" -> sizes(48, 2, process, output);
            case "medium" -> sizes(64, 3, process, output);
            case "base" -> sizes(96, 4, process, output);
            default -> throw new IllegalStateException("no sizes for preset " + name);
        };
    }

    /** Pairs of a convolution of neighbouring places and a map of each place; every second convolution looks twice as far. */
    private static CausalConfig sizes(int width, int pairs, Process process, OutputDistribution output) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            blocks.add(new Block(1, 1, 1 + i % 2, 0, false, false));
            blocks.add(Block.pointwise());
        }
        if (output instanceof LogisticMixture) {
            return new CausalConfig(width, 3, 4, 5, true, false, 0, blocks);
        }
        boolean many = process.space().maxCategories() > 2;
        boolean ordered = process.space().scale() == Space.Scale.ORDERED;
        return new CausalConfig(width, 6, 7, 3, false, many && ordered, many ? 8 : 0, blocks);
    }
}
