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
        return new ItemNetwork(process, output, new CausalStem(process, config), new CausalConvolutions(config));
    }

    /** The sizes of a preset. */
    static CausalConfig preset(String name, Process process, OutputDistribution output) {
        return switch (name) {
            case "tiny" -> sizes(32, 1, 3, output);
            case "small" -> sizes(48, 2, 5, output);
            case "medium" -> sizes(64, 3, 6, output);
            case "base" -> sizes(96, 4, 8, output);
            default -> throw new IllegalStateException("no sizes for preset " + name);
        };
    }

    private static CausalConfig sizes(int width, int convolutions, int pointwise, OutputDistribution output) {
        boolean mixture = output instanceof LogisticMixture;
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < convolutions; i++) {
            blocks.add(Block.convolution(1, 1));
        }
        for (int i = 0; i < pointwise; i++) {
            blocks.add(Block.pointwise());
        }
        return new CausalConfig(width, 6, 7, 3, !mixture, mixture, blocks);
    }
}
