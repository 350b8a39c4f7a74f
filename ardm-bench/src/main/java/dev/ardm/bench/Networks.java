package dev.ardm.bench;

import dev.ardm.core.Space;
import dev.ardm.core.model.Model;
import dev.ardm.core.network.UNet;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import java.util.List;
import java.util.Map;

/** Networks to measure: of the usual sizes, with initial weights, since time does not depend on what a model learnt. */
final class Networks {
    static final Space DIGITS = Space.image(28, 28, 1, 256);

    private Networks() {}

    /** A model with the sizes that an hour of training on a few cores suits. */
    static Model small() {
        UNetConfig config = new UNetConfig(
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
        return new Model(DIGITS, config, Weights.initial(new UNet(DIGITS, config), 1), Map.of(), Map.of());
    }

    /** An item that is neither empty nor all alike. */
    static int[] item(Space space) {
        int[] item = new int[space.dimensions()];
        for (int i = 0; i < item.length; i++) {
            item[i] = i * 7 % space.categories(i);
        }
        return item;
    }
}
