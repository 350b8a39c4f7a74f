package dev.ardm.core.masking.engine;

import static dev.ardm.core.engine.Engines.KERNELS;
import static dev.ardm.core.engine.Engines.SCALAR;
import static dev.ardm.core.engine.Engines.assertSameBits;
import static dev.ardm.core.engine.Engines.oneOf;
import static dev.ardm.core.engine.Engines.rounds;

import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.engine.Engines;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Logits of random networks on random spaces are a function of the network and the partly known item: the same bits on all kernels, for any number
 * of threads, in any batch and place of it, and whichever others are asked for.
 */
class RandomNetworksTest {
    private static final List<Integer> THREADS = List.of(1, 2, 3, 4, 16);
    private static final int ITEMS = 4;

    private final Random random = new Random(22);

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    private int extent() {
        return oneOf(random, List.of(1, 1, 2, 3, 5, 7, 8, 11, 13));
    }

    private int categories() {
        return oneOf(random, List.of(2, 3, 16, 17, 100, 256));
    }

    private Network unet() {
        int groups = upTo(3);
        int heads = upTo(3);
        int multiple = 12; // of four and of any number of groups and heads
        int levels = upTo(3);
        List<Integer> channels = new ArrayList<>();
        List<Integer> blocksDown = new ArrayList<>();
        List<Integer> blocksUp = new ArrayList<>();
        List<Boolean> attention = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            channels.add(multiple * upTo(3));
            blocksDown.add(random.nextInt(3));
            attention.add(random.nextBoolean());
            if (level > 0) {
                blocksUp.add(random.nextInt(2));
            }
        }
        if (groups == 2 && heads != 3) {
            channels.replaceAll(c -> c - 4 * random.nextInt(2)); // 8, 20 or 32 as well
        }
        UNetConfig config = new UNetConfig(
                channels, blocksDown, blocksUp, attention, heads, groups, upTo(5), 2 * upTo(6), groups * upTo(7), 0.1);
        return Network.of(config, Space.image(extent(), extent(), upTo(4), categories()));
    }

    private Network transformer() {
        int heads = upTo(4);
        TransformerConfig config =
                new TransformerConfig(upTo(3), heads * upTo(11), heads, upTo(50), 2 * random.nextInt(5), 0.1);
        int[] shape = IntStream.range(0, upTo(3)).map(axis -> extent()).toArray();
        if (shape.length == 3) {
            shape[2] = upTo(2);
        }
        return Network.of(config, Space.of(shape, categories(), oneOf(random, List.of(Scale.values()))));
    }

    /** Random items, of which nothing, some or all is known. */
    private final class Items {
        private final Space space;
        private final int[][] values = new int[ITEMS][];
        private final boolean[][] known = new boolean[ITEMS][];

        Items(Space space) {
            this.space = space;
            for (int n = 0; n < ITEMS; n++) {
                int share = n * 2; // of six
                values[n] = random.ints(space.dimensions(), 0, space.maxCategories())
                        .toArray();
                known[n] = new boolean[space.dimensions()];
                for (int i = 0; i < known[n].length; i++) {
                    known[n][i] = random.nextInt(6) < share;
                }
            }
        }

        NetworkInput batch(List<Integer> items) {
            int dimensions = space.dimensions();
            int[] all = new int[items.size() * dimensions];
            boolean[] flags = new boolean[all.length];
            for (int n = 0; n < items.size(); n++) {
                System.arraycopy(values[items.get(n)], 0, all, n * dimensions, dimensions);
                System.arraycopy(known[items.get(n)], 0, flags, n * dimensions, dimensions);
            }
            return new NetworkInput(space, items.size(), all, flags);
        }
    }

    private void check(Network network, String what) {
        Weights weights = Engines.weights(random, network.layers());
        Space space = network.space();
        Items items = new Items(space);
        int[] all = IntStream.range(0, space.dimensions()).toArray();
        float[][] expected = new float[ITEMS][];
        try (ItemEngine.Worker reference = new ItemEngine(network, weights, SCALAR).worker()) {
            for (int n = 0; n < ITEMS; n++) {
                expected[n] = reference.logits(items.values[n], items.known[n], all);
            }
        }
        for (Kernels kernels : KERNELS) {
            ItemEngine engine = new ItemEngine(network, weights, kernels);
            int threads = oneOf(random, THREADS);
            try (ItemEngine.Worker worker = engine.worker(threads)) {
                String where = what + ", " + kernels.name() + " on " + threads + " threads";
                batches(worker, items, expected, where);
                somePositions(worker, items, expected, where);
            }
        }
    }

    /** Batches of any size with any items, the same one several times too. */
    private void batches(ItemEngine.Worker worker, Items items, float[][] expected, String what) {
        for (int size : new int[] {1, upTo(6)}) {
            List<Integer> batch = random.ints(size, 0, ITEMS).boxed().toList();
            int[] all = IntStream.range(0, size * items.space.dimensions()).toArray();
            float[] logits = worker.logits(items.batch(batch), all);
            int each = expected[0].length;
            for (int n = 0; n < size; n++) {
                float[] own = Arrays.copyOfRange(logits, n * each, (n + 1) * each);
                assertSameBits(own, expected[batch.get(n)], what + ", place " + n + " of " + batch);
            }
        }
    }

    /** A few positions of a batch in any order, and some one by one. */
    private void somePositions(ItemEngine.Worker worker, Items items, float[][] expected, String what) {
        int dimensions = items.space.dimensions();
        int categories = items.space.maxCategories();
        List<Integer> batch = List.of(2, 0, 3);
        List<Integer> positions = new ArrayList<>(
                IntStream.range(0, batch.size() * dimensions).boxed().toList());
        Collections.shuffle(positions, random);
        int[] some = positions.subList(0, upTo(positions.size())).stream()
                .mapToInt(p -> p)
                .toArray();
        float[] logits = worker.logits(items.batch(batch), some);
        for (int i = 0; i < some.length; i++) {
            int from = some[i] % dimensions * categories;
            float[] whole = expected[batch.get(some[i] / dimensions)];
            float[] part = Arrays.copyOfRange(whole, from, from + categories);
            String where = what + ", position " + some[i];
            assertSameBits(Arrays.copyOfRange(logits, i * categories, (i + 1) * categories), part, where);
            if (i < 3) {
                int item = batch.get(some[i] / dimensions);
                int[] one = {some[i] % dimensions};
                assertSameBits(worker.logits(items.values[item], items.known[item], one), part, where + " alone");
            }
        }
    }

    @Test
    void unets() {
        for (int round = 0; round < rounds(10); round++) {
            Network network = unet();
            check(network, round + ": U-Net for " + network.space());
        }
    }

    @Test
    void transformers() {
        for (int round = 0; round < rounds(10); round++) {
            Network network = transformer();
            check(network, round + ": transformer for " + network.space());
        }
    }

    /** Sizes at which operations are cut for a team, on every number of threads. */
    @Test
    void everyNumberOfThreads() {
        Network unet = Network.of(
                new UNetConfig(List.of(20, 36), List.of(1, 1), List.of(1), List.of(true, true), 4, 4, 3, 8, 12, 0),
                Space.image(17, 23, 3, 5));
        Network transformer =
                Network.of(new TransformerConfig(2, 60, 4, 100, 6, 0), Space.of(new int[] {151}, 27, Scale.NOMINAL));
        for (Network network : List.of(unet, transformer)) {
            Weights weights = Engines.weights(random, network.layers());
            Items items = new Items(network.space());
            int[] all = IntStream.range(0, network.space().dimensions()).toArray();
            float[] expected =
                    new ItemEngine(network, weights, SCALAR).worker().logits(items.values[1], items.known[1], all);
            for (Kernels kernels : KERNELS) {
                ItemEngine engine = new ItemEngine(network, weights, kernels);
                for (int threads : THREADS) {
                    try (ItemEngine.Worker worker = engine.worker(threads)) {
                        float[] logits = worker.logits(items.values[1], items.known[1], all);
                        assertSameBits(logits, expected, kernels.name() + " on " + threads + " threads");
                    }
                }
            }
        }
    }
}
