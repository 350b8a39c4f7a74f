package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Kept;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.engine.Step;
import dev.ardm.core.family.CountsModels;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.output.Categorical;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A causal transformer that is told what a model of counts says. */
class CountsAndNetworkTest {
    private static final int D = 13;
    private static final int K = 7;
    private static final CausalTransformerConfig SIZES = new CausalTransformerConfig(2, 12, 3, 20, 40, true, 0);

    private final Random random = new Random(5);

    static Stream<MaskingModel> models() {
        Space sequence = Space.of(new int[] {D}, K, Space.Scale.NOMINAL);
        Space row = Space.of(new int[] {D}, new int[] {3, 7, 2, 6, 4, 5, 2, 2, 7, 3, 4, 3, 3}, Space.Scale.NOMINAL);
        return Stream.of(model(sequence, SIZES), model(row, SIZES.withPlaces(true)));
    }

    private static MaskingModel model(Space space, CausalTransformerConfig sizes) {
        Process process = new Autoregressive(space, false);
        NextValueCounts counts = (NextValueCounts) CountsModels.learn(
                space,
                space.categories().length > 1 ? ItemLayout.ROWS : ItemLayout.RECORDS,
                "",
                TinyModels.items(space, 5, 1),
                CountsOptions.BEST);
        MaskingDefinition definition = new MaskingDefinition(process, OutputDistribution.of(process), sizes, "");
        return TinyModels.random(definition.withCounts(counts), 4);
    }

    private float[] logs(int places) {
        float[] logs = new float[places * K];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) -Math.abs(random.nextGaussian() * 3);
        }
        return logs;
    }

    private static NetworkInput input(MaskingModel model, int[] values) {
        boolean[] known = new boolean[values.length];
        Arrays.fill(known, true);
        return new NetworkInput(model.process().ofLength(values.length), 1, values, known, new int[1], null);
    }

    private static int[] item(MaskingModel model, long seed) {
        return TinyModels.items(model.space(), 1, seed).get(0);
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** With the weights that training starts at, whatever the others are. */
    @ParameterizedTest
    @MethodSource("models")
    void anUntrainedNetworkSaysWhatCountsSay(MaskingModel model) {
        Network network = model.network();
        Weights initial = Weights.initial(network, 3);
        float[] logs = logs(D);
        float[] said = new ItemEngine(network, initial)
                .worker()
                .logits(input(model, item(model, 2)).withCountLogs(logs), all(D));
        Categorical output = (Categorical) network.output();
        for (int place = 0; place < D; place++) {
            int first = place * output.outputs() + output.first(place, 0, 0);
            int count = model.space().categories(place);
            assertThat(Arrays.copyOfRange(said, first, first + count))
                    .containsExactly(Arrays.copyOfRange(logs, place * K, place * K + count));
        }
        assertThat(network.counts()).isTrue();
    }

    /** What counts say of a place changes its outputs and, as an input, those of later ones; none before. */
    @ParameterizedTest
    @MethodSource("models")
    void countsAreSeenFromTheirPlaceOn(MaskingModel model) {
        int outputs = model.network().output().outputs();
        ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights()).worker();
        int[] item = item(model, 2);
        float[] logs = logs(D);
        float[] before = worker.logits(input(model, item).withCountLogs(logs), all(D));
        for (int place = 0; place < D; place++) {
            float[] other = logs.clone();
            other[place * K + 1] -= 1;
            float[] after = worker.logits(input(model, item).withCountLogs(other), all(D));
            for (int at = 0; at < D; at++) {
                int from = at * outputs;
                boolean same = Arrays.equals(before, from, from + outputs, after, from, from + outputs);
                assertThat(same).as("%d of %d", at, place).isEqualTo(at < place);
            }
        }
    }

    /** Two items of different lengths, in steps of one or more places. */
    @ParameterizedTest
    @MethodSource("models")
    void stepsGiveTheBitsOfWholeItems(MaskingModel model) {
        Network network = model.network();
        int outputs = network.output().outputs();
        ItemEngine.Worker whole = new ItemEngine(network, model.weights()).worker();
        int shorter = network.anyLength() ? 8 : D;
        int[][] items = {item(model, 2), Arrays.copyOf(item(model, 3), shorter)};
        float[][] logs = {logs(D), logs(shorter)};
        float[][] expected = new float[2][];
        List<Kept> kept = List.of(new Kept(1, D), new Kept(1, D));
        for (int n = 0; n < 2; n++) {
            expected[n] = whole.logits(input(model, items[n]).withCountLogs(logs[n]), all(items[n].length));
        }
        try (ExactEngine.Worker worker = new ExactEngine(network, model.weights()).worker(2)) {
            for (int[] ends : new int[][] {{0, 1, 2, 5, 8}, {0, 3, 4, 7, 8}}) {
                kept.forEach(Kept::begin);
                for (int step = 1; step < ends.length; step++) {
                    int[] places = IntStream.range(ends[step - 1], ends[step]).toArray();
                    int[] wanted = all(places.length);
                    List<StepInput.Item> now = List.of(
                            new StepInput.Item(
                                    items[0], places, new int[0], places, wanted, part(logs[0], places, K), null),
                            new StepInput.Item(
                                    items[1], places, new int[0], places, wanted, part(logs[1], places, K), null));
                    int size = places.length * outputs;
                    float[][] out = worker.values(
                            new Step(kept, new int[][] {places, places}, new int[][] {places, places}),
                            piece(network, now),
                            new int[] {size, size});
                    assertThat(out[0]).containsExactly(part(expected[0], places, outputs));
                    assertThat(out[1]).containsExactly(part(expected[1], places, outputs));
                }
            }
        }
    }

    private static float[] part(float[] rows, int[] places, int each) {
        return Arrays.copyOfRange(rows, places[0] * each, (places[places.length - 1] + 1) * each);
    }

    private static Piece piece(Network network, List<StepInput.Item> items) {
        return new Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, new StepInput(items));
            }
        };
    }

    @ParameterizedTest
    @MethodSource("models")
    void itMustBeTold(MaskingModel model) {
        ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights()).worker();
        assertThatThrownBy(() -> worker.logits(input(model, new int[D]), all(D)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs to be told");
        int[] one = {0};
        StepInput.Item untold = new StepInput.Item(new int[D], new int[0], new int[0], one, one, null, null);
        try (ExactEngine.Worker steps = new ExactEngine(model.network(), model.weights()).worker(1)) {
            assertThatThrownBy(() -> steps.values(
                            new Step(List.of(new Kept(1, D)), new int[1][0], new int[][] {one}),
                            piece(model.network(), List.of(untold)),
                            new int[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs to be told");
        }
        assertThatThrownBy(() -> input(model, new int[D]).withCountLogs(new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
