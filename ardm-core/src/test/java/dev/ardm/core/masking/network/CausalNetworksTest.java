package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.engine.Session;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks in which places see those before them only: what they see, and that steps give the bits of whole items. */
class CausalNetworksTest {
    private static final CausalConfig PLAIN =
            new CausalConfig(6, 2, 3, 3, true, false, List.of(Block.convolution(1, 1), Block.pointwise()));
    private static final CausalConfig EVERYTHING = new CausalConfig(
            5,
            1,
            1,
            2,
            false,
            true,
            List.of(
                    new Block(1, 1, 2, 4, true, true),
                    new Block(0, 2, 1, 7, false, false),
                    new Block(2, 0, 1, 0, false, true)));

    private static final CausalConfig EMBEDDING =
            new CausalConfig(6, 3, 4, 2, true, false, 3, List.of(Block.convolution(1, 1)));

    private static Process pixels(int height, int width, int channels, int categories) {
        return new Autoregressive(Space.image(height, width, channels, categories), false, channels);
    }

    private static MaskingModel model(Process process, OutputDistribution output, NetworkConfig config) {
        return TinyModels.random(new MaskingDefinition(process, output, config, ""), 3);
    }

    private static MaskingModel grey(int height, int width, CausalConfig config) {
        Process process = pixels(height, width, 1, 9);
        return model(process, OutputDistribution.of(process), config);
    }

    static Stream<MaskingModel> models() {
        Process colour = pixels(4, 3, 3, 16);
        Space flags = Space.of(new int[] {3, 4, 1}, 3, Space.Scale.NOMINAL);
        Process signal = new Autoregressive(Space.of(new int[] {21}, 12, Space.Scale.ORDERED), false);
        Process gaps = Autoregressive.infilling(signal.space());
        DilatedConfig dilated = new DilatedConfig(4, 8, 6, 3, 3, 4, 0);
        Process row =
                new Autoregressive(Space.of(new int[] {6}, new int[] {3, 7, 2, 12, 4, 5}, Space.Scale.NOMINAL), false);
        CausalTransformerConfig places = new CausalTransformerConfig(2, 12, 3, 20, 30, false, 0).withPlaces(true);
        return Stream.of(
                grey(5, 6, PLAIN),
                grey(1, 9, PLAIN),
                grey(6, 5, EMBEDDING),
                grey(9, 1, EVERYTHING),
                grey(7, 4, EVERYTHING),
                model(colour, new LogisticMixture(2, 3), EVERYTHING),
                model(new Autoregressive(flags, false), OutputDistribution.of(new Autoregressive(flags, false)), PLAIN),
                model(signal, OutputDistribution.of(signal), dilated),
                model(signal, OutputDistribution.of(signal), dilated.withEnds(true)),
                model(signal, OutputDistribution.of(signal), new CausalTransformerConfig(3, 12, 3, 20, 0, false, 0)),
                model(signal, OutputDistribution.of(signal), new CausalTransformerConfig(2, 16, 2, 9, 30, false, 0)),
                model(signal, OutputDistribution.of(signal), new CausalTransformerConfig(1, 6, 1, 5, 200, false, 0)),
                model(gaps, OutputDistribution.of(gaps), new CausalTransformerConfig(3, 12, 3, 20, 0, false, 0)),
                model(
                        gaps,
                        OutputDistribution.of(gaps),
                        new CausalTransformerConfig(2, 16, 2, 9, 30, false, 0).withAhead(3)),
                model(row, OutputDistribution.of(row), places),
                model(
                        new Autoregressive(flags, false),
                        OutputDistribution.of(new Autoregressive(flags, false)),
                        places),
                permuted(row.space(), 2),
                permuted(flags, 1),
                permuted(Space.of(new int[] {11}, 5, Space.Scale.NOMINAL), 3));
    }

    private static MaskingModel permuted(Space space, int layers) {
        Process process = new Autoregressive(space, true);
        CausalTransformerConfig sizes = new CausalTransformerConfig(layers, 12, 3, 20, 0, false, 0, true);
        return model(process, OutputDistribution.of(process), sizes);
    }

    private static List<MaskingPlan> plans(MaskingModel model) {
        Schedule full = Schedule.full(model.process().steps());
        List<MaskingPlan> plans = new ArrayList<>(List.of(MaskingPlan.natural(full)));
        if (!model.process().naturalOrder()) {
            plans.add(MaskingPlan.spread(full));
            plans.add(MaskingPlan.random(3, full));
        }
        int slope = model.network().slope();
        if (slope > 0) {
            plans.add(MaskingPlan.wavefront(slope, model.process()));
            plans.add(MaskingPlan.wavefront(slope + 2, model.process()));
        }
        return plans;
    }

    /** Several items side by side, each after another beginning; and what each call of each would give on its own from scratch. */
    @ParameterizedTest
    @MethodSource("models")
    void stepsGiveTheBitsOfWholeItems(MaskingModel model) {
        for (MaskingPlan plan : plans(model)) {
            for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.first(), Kernels.reference()}) {
                for (int threads : new int[] {1, 3}) {
                    checkSteps(model, plan, new ItemEngine(model.network(), model.weights(), kernels), threads);
                }
            }
        }
    }

    private static void checkSteps(MaskingModel model, MaskingPlan plan, ItemEngine engine, int threads) {
        int size = model.process().unitSize();
        ItemEngine scratch = new ItemEngine(model.network(), model.weights(), Kernels.best());
        List<int[]> items = TinyModels.items(model.space(), model.network().ends() ? 5 : 3, 7);
        try (ItemEngine.Worker worker = engine.worker(threads);
                ItemEngine.Worker other = scratch.worker()) {
            for (int round = 0; round < 2; round++) { // the second one on what the first one kept
                List<Walking> walks = new ArrayList<>();
                for (int n = 0; n < items.size(); n++) {
                    int[] item = items.get((n + round) % items.size());
                    int less = model.network().ends() ? (n + round) * 5 % item.length : 0;
                    Process process =
                            less == 0 ? model.process() : model.process().ofLength(item.length - less);
                    boolean[] known = new boolean[process.units()];
                    Arrays.fill(known, 0, (n + round) * 3 % known.length, true);
                    for (int unit = n; process.infills() && n > 0 && unit < known.length - 1; unit += n) {
                        known[unit] = true;
                    }
                    // Items of several orders side by side.
                    Order order = plan.kind() == MaskingPlan.OrderKind.RANDOM
                            ? Order.random(known.length, n)
                            : plan.order(model.process()).ofFirst(known.length);
                    int[] whole = Arrays.copyOf(item, item.length - less);
                    walks.add(new Walking(worker, process, plan, order, whole, known));
                }
                List<Walking> active = new ArrayList<>(walks);
                while (!active.isEmpty()) {
                    float[][] outputs = worker.outputs(
                            active.stream().map(walk -> walk.session).toList(),
                            active.stream().map(Walking::next).toList());
                    for (int n = 0; n < outputs.length; n++) {
                        Walking walk = active.get(n);
                        boolean[] known = new boolean[walk.item.length];
                        for (int i = 0; i < known.length; i++) {
                            known[i] = walk.known[i / size];
                        }
                        int[][] orders = {walk.order.positions()};
                        NetworkInput input = new NetworkInput(walk.process, 1, walk.item, known, new int[1], orders);
                        assertThat(outputs[n])
                                .as(
                                        "%s, call %d, %s",
                                        plan, walk.call, engine.kernels().name())
                                .containsExactly(other.logits(input, walk.next()));
                        walk.decide();
                    }
                    for (Walking walk : active) {
                        if (!walk.more()) {
                            worker.end(walk.session);
                        }
                    }
                    active.removeIf(walk -> !walk.more());
                }
            }
        }
    }

    /** An item on its way. What is not known holds numbers that must not matter. */
    private static final class Walking {
        final Process process;
        final int[] item;
        final int[] whole;
        final boolean[] known;
        final Session session;
        final Order order;
        final Schedule schedule;
        final int first;
        final int size;
        int call;

        Walking(ItemEngine.Worker worker, Process process, MaskingPlan plan, Order all, int[] whole, boolean[] known) {
            this.process = process;
            this.whole = whole;
            this.item = new int[whole.length];
            this.known = known.clone();
            this.size = process.unitSize();
            order = all.knownFirst(known);
            int count = 0;
            for (int unit = 0; unit < known.length; unit++) {
                count += known[unit] ? 1 : 0;
                if (known[unit]) {
                    System.arraycopy(whole, unit * size, item, unit * size, size);
                }
            }
            first = count;
            schedule = plan.schedule(process, order, count, known.length - count);
            session = worker.session(item, known, order.positions(), NetworkInput.UNLABELLED);
        }

        int[] next() {
            return IntStream.range(schedule.start(call), schedule.end(call))
                    .map(step -> order.position(first + step))
                    .toArray();
        }

        void decide() {
            int[] units = next();
            for (int unit : units) {
                known[unit] = true;
                System.arraycopy(whole, unit * size, item, unit * size, size);
            }
            session.reveal(units);
            call++;
        }

        boolean more() {
            return call < schedule.calls();
        }
    }

    /** A place sees exactly what its layers let it see, and all of that. */
    @ParameterizedTest
    @MethodSource("configs")
    void eachPlaceSeesItsTapsAndNothingElse(CausalConfig config) {
        int height = 6;
        int width = 7;
        Process process = pixels(height, width, 1, 9);
        MaskingModel model =
                model(process, config.predictor() ? new LogisticMixture(2, 1) : OutputDistribution.of(process), config);
        int[] all = IntStream.range(0, height * width).toArray();
        int outputs = model.network().output().outputs();
        try (ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights(), Kernels.best()).worker()) {
            int[] item = TinyModels.items(model.space(), 1, 1).get(0);
            boolean[] known = new boolean[all.length];
            Arrays.fill(known, true);
            float[] before = worker.logits(item, known, all);
            for (int place : all) {
                int[] other = item.clone();
                other[place] = (item[place] + 4) % 9;
                float[] after = worker.logits(other, known, all);
                for (int at : all) {
                    boolean changed = !Arrays.equals(
                            before, at * outputs, (at + 1) * outputs, after, at * outputs, (at + 1) * outputs);
                    if (changed) {
                        assertThat(seen(config, height, width, at, true))
                                .as("seen from %d", at)
                                .contains(place);
                    } else {
                        assertThat(seen(config, height, width, at, false))
                                .as("not seen from %d", at)
                                .doesNotContain(place);
                    }
                }
            }
        }
    }

    static Stream<CausalConfig> configs() {
        return Stream.of(
                PLAIN,
                EMBEDDING,
                EVERYTHING,
                new CausalConfig(4, 0, 1, 1, true, false, List.of()),
                new CausalConfig(4, 3, 4, 2, true, false, List.of()));
    }

    /** @param contrast whether to add what the contrast around a place consists of, which some changes may leave as it is */
    private static Set<Integer> seen(CausalConfig config, int height, int width, int place, boolean contrast) {
        Set<Integer> places = new HashSet<>(List.of(place));
        List<CausalKernel> kernels = new ArrayList<>(List.of(config.first()));
        for (Block block : config.blocks()) {
            kernels.add(new CausalKernel(block.rows(), block.reach(), block.dilation(), config.slope(), true));
        }
        for (int layer = kernels.size() - 1; layer >= 0; layer--) {
            CausalKernel kernel = kernels.get(layer);
            Set<Integer> next = new HashSet<>();
            for (int at : places) {
                for (int above = 0; above <= kernel.rows(); above++) {
                    int most =
                            above > 0 ? Math.min(kernel.reach(), config.slope() * above - 1) : kernel.self() ? 0 : -1;
                    for (int right = -kernel.reach(); right <= most; right++) {
                        int y = at / width - above * kernel.dilation();
                        int x = at % width + right * kernel.dilation();
                        if (y >= 0 && x >= 0 && x < width) {
                            next.add(y * width + x);
                        }
                    }
                }
                if (layer == 0 && contrast && config.predictor()) {
                    around(at, width, next);
                }
            }
            places = next;
        }
        if (contrast && config.predictor()) {
            around(place, width, places);
        }
        return places;
    }

    private static void around(int place, int width, Set<Integer> places) {
        for (int[] offset : new int[][] {{0, -1}, {0, -2}, {-1, -1}, {-1, 0}, {-1, 1}, {-2, 0}}) {
            int y = place / width + offset[0];
            int x = place % width + offset[1];
            if (y >= 0 && x >= 0 && x < width) {
                places.add(y * width + x);
            }
        }
    }

    /** The median edge of Weinberger et al. 2000, with the middle value beyond the image, which leaves the other neighbour at the edges. */
    @Test
    void theMedianEdgePredicts() {
        int[] image = {5, 9, 2, 7, 4, 4, 1, 8, 3};
        LocalContrast local = new LocalContrast(3, 3, 1, 10);
        int[] predicted = IntStream.range(0, 9)
                .map(place -> local.prediction(image, place, 0))
                .toArray();
        assertThat(predicted).containsExactly(5, 5, 9, 5, 9, 2, 7, 1, 8);
    }

    /** At 4 in the middle of the second row: |7 - 5| + |9 - 5| + |9 - 2| + |7 - 5| / 2 + |9 - 5| / 2, levels beyond the image being 5. */
    @Test
    void theContrastIsTheMeanDifferenceAround() {
        int[] image = {5, 9, 2, 7, 4, 4, 1, 8, 3};
        LocalContrast local = new LocalContrast(3, 3, 1, 10);
        assertThat(local.contrast(image, 4)).isEqualTo(1 + (2 + 4 + 7 + 1 + 2) / 4f);
        assertThat(local.contrast(image, 0)).isEqualTo(1);
        float[] features = new float[local.features()];
        local.features(image, 4, 5, features, 0);
        assertThat(features)
                .containsExactly(
                        0,
                        0,
                        0,
                        (float) Math.log(5) - 2,
                        4 / 2.5f,
                        -2 / 5f,
                        0,
                        (2 * 6 - 3 - 4 * 4) / 4f / 5,
                        (2 - 3 - 4 - 4) / 5f);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Process grey = pixels(3, 3, 1, 4);
        assertRefused(
                () -> Network.of(PLAIN, new OrderAgnostic(grey.space()), OutputDistribution.of(grey)),
                "autoregressive");
        assertRefused(
                () -> Network.of(PLAIN, new Autoregressive(grey.space(), true), OutputDistribution.of(grey)),
                "autoregressive");
        Process apart = new Autoregressive(Space.image(3, 3, 3, 4), false);
        assertRefused(() -> Network.of(PLAIN, apart, OutputDistribution.of(apart)), "pixel-logistic");
        Process letters = new Autoregressive(Space.of(new int[] {8}, 4, Space.Scale.NOMINAL), false);
        assertRefused(() -> Network.of(PLAIN, letters, OutputDistribution.of(letters)), "dilated");
        Process names = new Autoregressive(Space.of(new int[] {2, 2, 1}, 65, Space.Scale.NOMINAL), false);
        assertRefused(() -> Network.of(PLAIN, names, OutputDistribution.of(names)), "no order");
        assertRefused(() -> new CausalKernel(0, 0, 1, 1, false), "see something");
        assertRefused(() -> new Block(0, 0, 1, 0, true, false), "hidden");
    }

    private static void assertRefused(Runnable action, String reason) {
        assertThatThrownBy(action::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    /** Wavefronts that are less steep than the network's layers allow would need what is not known yet. */
    @Test
    void flatterWavefrontsAreRefused() {
        MaskingModel model = grey(5, 6, PLAIN);
        MaskingPlan flat = MaskingPlan.wavefront(2, model.process());
        assertRefused(() -> model.open(1).codec(flat), "slope 2");
        assertRefused(() -> model.open(1).readPlan(flat.toBytes()), "slope 2");
        assertThat(model.open(1)
                        .readPlan(MaskingPlan.wavefront(4, model.process()).toBytes())
                        .calls())
                .isEqualTo(6 + 4 * 4);
    }
}
