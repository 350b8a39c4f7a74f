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
            throw new IllegalArgumentException(
                    "a causal network takes at most " + MOST_FLAGS + " categories that have no order, got " + space);
        }
        if (config.predictor() && (space.scale() != Space.Scale.ORDERED || config.slope() < 2)) {
            throw new IllegalArgumentException(
                    "differences from predictions need ordered values and a wavefront of slope 2 or more, got "
                            + space);
        }
        Stem stem = config.predictor() ? new ContrastStem(process, config) : new CausalStem(process, config);
        return new ItemNetwork(process, output, stem, new CausalConvolutions(config));
    }

    /** The sizes of a preset: mixtures are for photographs, logits for drawings, of which the exact values matter. */
    static CausalConfig preset(String name, Process process, OutputDistribution output) {
        return switch (name) {
            case "tiny" -> sizes(32, process, output, 1, 0);
            case "small" -> sizes(48, process, output, 1, 0, 1, 0);
            case "medium" -> sizes(64, process, output, 1, 0, 2, 0, 1, 0);
            case "base" -> sizes(96, process, output, 1, 0, 2, 0, 1, 0);
            default -> throw new IllegalStateException("no sizes for preset " + name);
        };
    }

    /** @param dilations of the convolutions, 0 for affine maps of each place */
    private static CausalConfig sizes(int width, Process process, OutputDistribution output, int... dilations) {
        List<Block> blocks = new ArrayList<>();
        for (int dilation : dilations) {
            blocks.add(dilation == 0 ? Block.pointwise() : new Block(1, 1, dilation, 0, false, false));
        }
        if (output instanceof LogisticMixture) {
            return new CausalConfig(width, 3, 4, 3, false, true, blocks);
        }
        boolean many = process.space().maxCategories() > 2;
        boolean ordered = process.space().scale() == Space.Scale.ORDERED;
        return new CausalConfig(width, 6, 7, 3, many && ordered, false, many ? 8 : 0, blocks);
    }
}
