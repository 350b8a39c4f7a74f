package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.UNet;
import dev.ardm.core.network.UNetConfig;
import java.util.ArrayList;
import java.util.List;

/** U-Nets of partly known images. */
final class UNets {
    private UNets() {}

    static Network network(UNetConfig config, Process process, OutputDistribution output) {
        Space space = process.space();
        if (process.causal()) {
            throw new IllegalArgumentException("a U-Net is not causal: it cannot be autoregressive in one order");
        }
        if (space.rank() != 3 || space.categories().length != 1) {
            throw new IllegalArgumentException("a U-Net needs images of one number of categories, got " + space);
        }
        Conditioning conditioning = new Conditioning(process, config.time(), 2 * config.time(), Init.FAN_IN);
        Stem stem = new PlaceStem(
                process, config.channels().get(0), config.embedding(), config.interpolation(), false, conditioning);
        return new ItemNetwork(process, output, stem, new UNet(config));
    }

    /**
     * The sizes of a preset. Levels that an image is too small for are left out; mixtures start from what is interpolated, logits gain
     * little from it.
     *
     * @throws IllegalArgumentException if the items are not images
     */
    static UNetConfig preset(String name, Process process, OutputDistribution output) {
        Space space = process.space();
        if (space.rank() != 3) {
            throw new IllegalArgumentException("a U-Net needs images, not items of " + space);
        }
        UNetConfig full =
                switch (name) {
                    // tests and smoke runs
                    case "tiny" ->
                        new UNetConfig(
                                List.of(16, 32), List.of(0, 1), List.of(1), List.of(false, false), 2, 4, 8, 16, 32, 0);
                    // an hour on a few cores
                    case "small" ->
                        new UNetConfig(
                                List.of(32, 96, 128),
                                List.of(0, 1, 2),
                                List.of(1, 2),
                                List.of(false, false, true),
                                4,
                                8,
                                16,
                                32,
                                64,
                                0);
                    // some hours on a few cores
                    case "medium" ->
                        new UNetConfig(
                                List.of(48, 96, 128),
                                List.of(1, 1, 2),
                                List.of(2, 2),
                                List.of(false, false, true),
                                4,
                                8,
                                16,
                                48,
                                96,
                                0);
                    // a day on a few cores
                    case "base" ->
                        new UNetConfig(
                                List.of(64, 128, 192),
                                List.of(1, 2, 3),
                                List.of(2, 3),
                                List.of(false, false, true),
                                4,
                                8,
                                32,
                                64,
                                128,
                                0.05);
                    default -> throw new IllegalStateException("no sizes for preset " + name);
                };
        int levels = 1;
        int extent = Math.min(space.extent(0), space.extent(1));
        while (levels < full.levels() && extent >= 8) {
            extent = (extent + 1) / 2;
            levels++;
        }
        return finest(full, levels, output instanceof LogisticMixture);
    }

    /** The finest levels. */
    private static UNetConfig finest(UNetConfig full, int levels, boolean interpolating) {
        List<Integer> down = new ArrayList<>(full.blocksDown().subList(0, levels));
        if (levels == 1 && full.levels() > 1) {
            down.set(0, Math.max(2, down.get(0))); // no higher level does the work
        }
        return new UNetConfig(
                full.channels().subList(0, levels),
                down,
                full.blocksUp().subList(0, levels - 1),
                full.attention().subList(0, levels),
                full.heads(),
                full.groups(),
                full.embedding(),
                full.time(),
                full.head(),
                full.dropout(),
                interpolating);
    }
}
