package dev.ardm.bench.load;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.data.ItemSet;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** As many different items as wanted, made of given ones by noise, each by its own random stream: none is kept. */
final class NoisyItems {
    /** How often a value is moved to the next one up or down. */
    private static final double NOISE = 0.1;

    private final ItemSet set;
    private final Space space;

    NoisyItems(Path data) throws IOException {
        set = ItemSets.open(data);
        space = set.space();
    }

    /** The name of an item. */
    static String name(int number) {
        return String.format(Locale.ROOT, "scan/%04d/digit-%07d", number / 1000, number);
    }

    int[] item(int number) {
        RandomStream random = RandomStream.of(1, Purpose.TEST, number);
        int[] item = set.item(number % set.size()).clone();
        for (int i = 0; i < item.length; i++) {
            if (random.nextDouble() < NOISE) {
                int moved = item[i] + (random.nextInt(2) == 0 ? 1 : -1);
                item[i] = Math.max(0, Math.min(space.categories(i) - 1, moved));
            }
        }
        return item;
    }
}
