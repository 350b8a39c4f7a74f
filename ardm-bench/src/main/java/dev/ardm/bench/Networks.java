package dev.ardm.bench;

import dev.ardm.app.train.Presets;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import java.util.List;
import java.util.Map;

/** Networks to measure: of the usual sizes, with initial weights, since time does not depend on what a model learnt. */
final class Networks {
    private Networks() {}

    /** The preset {@code small} for 28x28 grey images. */
    static MaskingModel small() {
        Space space = Space.image(28, 28, 1, 256);
        return initial(space, Presets.of("small", space));
    }

    /** A U-Net of 64 channels at all levels, two blocks each, for 32x32 colour images. */
    static MaskingModel unet64() {
        return initial(
                Space.image(32, 32, 3, 256),
                new UNetConfig(
                        List.of(64, 64, 64),
                        List.of(2, 2, 2),
                        List.of(2, 2),
                        List.of(false, false, true),
                        4,
                        8,
                        16,
                        64,
                        64,
                        0));
    }

    /** A transformer of 6 layers, 256 wide, on 256 tokens of 27 categories. */
    static MaskingModel transformer() {
        return initial(
                Space.of(new int[] {256}, new int[] {27}, Space.Scale.NOMINAL),
                new TransformerConfig(6, 256, 8, 1024, 0, 0));
    }

    private static MaskingModel initial(Space space, NetworkConfig config) {
        return new MaskingModel(space, config, Weights.initial(Network.of(config, space), 1), Map.of(), Map.of());
    }

    /** Items that are neither empty nor all alike. */
    static int[] items(Space space, int count) {
        int[] items = new int[count * space.dimensions()];
        for (int i = 0; i < items.length; i++) {
            items[i] = i * 7 % space.categories(i % space.dimensions());
        }
        return items;
    }
}
