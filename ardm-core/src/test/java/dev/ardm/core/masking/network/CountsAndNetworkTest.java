package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Kept;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.engine.Step;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
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
import org.junit.jupiter.api.Test;

/** A causal transformer that is told what a model of counts says. */
class CountsAndNetworkTest {
    private static final int D = 13;
    private static final int K = 7;
    private static final Process PROCESS = new Autoregressive(Space.of(new int[] {D}, K, Space.Scale.NOMINAL), false);
    private static final CausalTransformerConfig SIZES = new CausalTransformerConfig(2, 12, 3, 20, 40, true, 0);

    private final Random random = new Random(5);

    private static MaskingModel model() {
        return TinyModels.random(new MaskingDefinition(PROCESS, OutputDistribution.of(PROCESS), SIZES, ""), 4);
    }

    private float[] logs(int places) {
        float[] logs = new float[places * K];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) -Math.abs(random.nextGaussian() * 3);
        }
        return logs;
    }

    private static NetworkInput input(int[] values) {
        boolean[] known = new boolean[values.length];
        Arrays.fill(known, true);
        return new NetworkInput(PROCESS.ofLength(values.length), 1, values, known, new int[1], null);
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** With the weights that training starts at, whatever the others are. */
    @Test
    void anUntrainedNetworkSaysWhatCountsSay() {
        Network network = model().network();
        Weights initial = Weights.initial(network, 3);
        float[] logs = logs(D);
        int[] item = TinyModels.items(PROCESS.space(), 1, 2).get(0);
        float[] outputs =
                new ItemEngine(network, initial).worker().logits(input(item).withCountLogs(logs), all(D));
        assertThat(outputs).containsExactly(logs);
        assertThat(network.counts()).isTrue();
    }

    /** What counts say of a place changes its outputs and, as an input, those of later ones; none before. */
    @Test
    void countsAreSeenFromTheirPlaceOn() {
        MaskingModel model = model();
        ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights()).worker();
        int[] item = TinyModels.items(PROCESS.space(), 1, 2).get(0);
        float[] logs = logs(D);
        float[] before = worker.logits(input(item).withCountLogs(logs), all(D));
        for (int place = 0; place < D; place++) {
            float[] other = logs.clone();
            other[place * K + 2] -= 1;
            float[] after = worker.logits(input(item).withCountLogs(other), all(D));
            for (int at = 0; at < D; at++) {
                boolean same = Arrays.equals(before, at * K, (at + 1) * K, after, at * K, (at + 1) * K);
                assertThat(same).as("%d of %d", at, place).isEqualTo(at < place);
            }
        }
    }

    /** Two items of different lengths, in steps of one or more places. */
    @Test
    void stepsGiveTheBitsOfWholeItems() {
        MaskingModel model = model();
        Network network = model.network();
        ItemEngine.Worker whole = new ItemEngine(network, model.weights()).worker();
        int[][] items = {
            TinyModels.items(PROCESS.space(), 1, 2).get(0),
            Arrays.copyOf(TinyModels.items(PROCESS.space(), 1, 3).get(0), 8)
        };
        float[][] logs = {logs(D), logs(8)};
        float[][] expected = new float[2][];
        List<Kept> kept = List.of(new Kept(1, D), new Kept(1, D));
        for (int n = 0; n < 2; n++) {
            expected[n] = whole.logits(input(items[n]).withCountLogs(logs[n]), all(items[n].length));
        }
        try (ExactEngine.Worker worker = new ExactEngine(network, model.weights()).worker(2)) {
            for (int[] ends : new int[][] {{0, 1, 2, 5, 8}, {0, 3, 4, 7, 8}}) {
                kept.forEach(Kept::begin);
                for (int step = 1; step < ends.length; step++) {
                    int[] places = IntStream.range(ends[step - 1], ends[step]).toArray();
                    int[] wanted = all(places.length);
                    List<StepInput.Item> now = List.of(
                            new StepInput.Item(items[0], places, places, wanted, part(logs[0], places)),
                            new StepInput.Item(items[1], places, places, wanted, part(logs[1], places)));
                    float[] out = worker.values(
                            new Step(kept, new int[][] {places, places}, new int[][] {places, places}),
                            piece(network, now));
                    float[] wish = Arrays.copyOf(part(expected[0], places), 2 * places.length * K);
                    System.arraycopy(part(expected[1], places), 0, wish, places.length * K, places.length * K);
                    assertThat(out).containsExactly(wish);
                }
            }
        }
    }

    private static float[] part(float[] rows, int[] places) {
        return Arrays.copyOfRange(rows, places[0] * K, (places[places.length - 1] + 1) * K);
    }

    private static Piece piece(Network network, List<StepInput.Item> items) {
        return new Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, new StepInput(items));
            }
        };
    }

    @Test
    void itMustBeTold() {
        MaskingModel model = model();
        ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights()).worker();
        assertThatThrownBy(() -> worker.logits(input(new int[D]), all(D)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs to be told");
        int[] one = {0};
        StepInput.Item untold = new StepInput.Item(new int[D], new int[0], one, one, null);
        try (ExactEngine.Worker steps = new ExactEngine(model.network(), model.weights()).worker(1)) {
            assertThatThrownBy(() -> steps.values(
                            new Step(List.of(new Kept(1, D)), new int[1][0], new int[][] {one}),
                            piece(model.network(), List.of(untold))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs to be told");
        }
        assertThatThrownBy(() -> input(new int[D]).withCountLogs(new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
