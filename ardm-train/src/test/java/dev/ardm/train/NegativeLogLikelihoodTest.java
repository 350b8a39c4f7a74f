package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.train.runtime.TrainingRuntime;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What training makes small is what the coder pays. */
class NegativeLogLikelihoodTest {
    private static final UNetConfig SMALL =
            new UNetConfig(List.of(8), List.of(1), List.of(), List.of(false), 1, 2, 2, 4, 4, 0);

    @BeforeAll
    static void oneThread() {
        TrainingRuntime.setThreads(1);
    }

    /** A process and its distributions. */
    record Case(Process process, OutputDistribution output) {
        Network network() {
            return definition().buildNetwork();
        }

        MaskingDefinition definition() {
            return new MaskingDefinition(process, output, SMALL, "");
        }

        @Override
        public String toString() {
            return process.getClass().getSimpleName() + " of " + process.stages() + " stages on " + process.space()
                    + ", " + output;
        }
    }

    private static List<Case> cases(int height, int width, int categories, int branching) {
        Space gray = Space.image(height, width, 1, categories);
        Process single = new OrderAgnostic(gray);
        Upscale upscale = new Upscale(gray, branching, Given.NOTHING);
        Space nominal = Space.of(new int[] {height, width, 1}, categories, Space.Scale.NOMINAL);
        int[] backwards =
                IntStream.range(0, categories).map(v -> categories - 1 - v).toArray();
        Upscale tree = new Upscale(nominal, branching, Given.NOTHING, backwards);
        List<Case> cases = new ArrayList<>(List.of(
                new Case(single, OutputDistribution.of(single)),
                new Case(single, new LogisticMixture(3, 1)),
                new Case(upscale, OutputDistribution.of(upscale)),
                new Case(upscale, new Digits(upscale.stages(), branching)),
                new Case(upscale, new LogisticMixture(3, 1)),
                new Case(tree, OutputDistribution.of(tree)),
                new Case(tree, new Digits(tree.stages(), branching))));
        for (int channels = 2; channels <= 4; channels++) {
            Space pixels = Space.image(height, width, channels, categories);
            cases.add(new Case(new OrderAgnostic(pixels, channels, Given.NOTHING), new LogisticMixture(4, channels)));
        }
        return cases;
    }

    static Stream<Case> units() {
        return Stream.of(cases(1, 1, 2, 2), cases(1, 1, 17, 4), cases(1, 1, 256, 4), cases(1, 1, 1000, 7))
                .flatMap(List::stream);
    }

    private static float[] outputs(Case given, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 3);
        float[] out = new float[given.output().outputs()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    /** A batch of single units, one of each stage. */
    private static TrainingBatch batch(Case given, int[] unit) {
        int stages = given.process().stages();
        int size = given.process().unitSize();
        int[] targets = new int[stages * size];
        int[] numbers = IntStream.range(0, stages).toArray();
        for (int stage = 0; stage < stages; stage++) {
            System.arraycopy(unit, 0, targets, stage * size, size);
        }
        NetworkInput input = new NetworkInput(given.process(), 1, new int[size], new boolean[size], new int[1], null);
        float[] weights = new float[stages];
        java.util.Arrays.fill(weights, 1);
        return new TrainingBatch(input, numbers, numbers, new int[stages], numbers, targets, weights);
    }

    private static Tensor rows(float[] outputs, int count) {
        float[] all = new float[count * outputs.length];
        for (int row = 0; row < count; row++) {
            System.arraycopy(outputs, 0, all, row * outputs.length, outputs.length);
        }
        return AbstractTensor.create(all, count, outputs.length);
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        FloatBuffer buffer = tensor.contiguous().createBuffer();
        buffer.get(values);
        return values;
    }

    /** A network that gives the same outputs whatever it sees; a step of a single unit is a stage. */
    @ParameterizedTest
    @MethodSource("units")
    void theyAreThoseOfReports(Case given) {
        Network network = given.network();
        int stages = given.process().stages();
        for (int seed = 0; seed < 12; seed++) {
            float[] outputs = outputs(given, seed);
            Weights weights = Weights.initial(network, 1).with(network.logitBias(), outputs);
            LikelihoodModel model = new MaskingModel(given.definition(), weights, Map.of(), Map.of()).open(1);
            RandomStream random = RandomStream.of(seed, Purpose.TEST, 4);
            int[] unit = new int[given.process().unitSize()];
            for (int c = 0; c < unit.length; c++) {
                int k = given.process().space().maxCategories();
                unit[c] = seed < 2 ? seed * (k - 1) : random.nextInt(k);
            }
            double[][] bits = CallCosts.of(model)
                    .inRandomOrders(
                            List.of(unit), IntStream.range(0, stages).toArray(), 1, LikelihoodModel.NO_PROGRESS);
            try (PointerScope scope = new PointerScope()) {
                float[] nats = values(NegativeLogLikelihood.of(network, rows(outputs, stages), batch(given, unit)));
                assertThat(nats).hasSize(stages);
                for (int stage = 0; stage < stages; stage++) {
                    double expected = bits[stage][0] * Math.log(2);
                    assertThat((double) nats[stage]).isCloseTo(expected, within(1e-5 * (1 + expected)));
                }
            }
        }
    }

    /** Wherever training strays, it can come back: neither loss nor gradient is infinite or no number. */
    @ParameterizedTest
    @MethodSource("units")
    void gradientsAreFiniteAtExtremeOutputs(Case given) {
        Network network = given.network();
        int stages = given.process().stages();
        float[] extremes = {0, 1e-20f, 5, -5, 90, -90, 1000, -1000, 1e5f, -1e5f};
        RandomStream random = RandomStream.of(1, Purpose.TEST, 5);
        for (int round = 0; round < 30; round++) {
            float[] outputs = new float[given.output().outputs()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = extremes[random.nextInt(extremes.length)];
            }
            int[] unit = new int[given.process().unitSize()];
            for (int c = 0; c < unit.length; c++) {
                unit[c] = random.nextInt(given.process().space().maxCategories());
            }
            try (PointerScope scope = new PointerScope()) {
                Tensor rows = rows(outputs, stages).requires_grad_(true);
                Tensor nats = NegativeLogLikelihood.of(network, rows, batch(given, unit));
                nats.sum().backward();
                for (float value : values(nats.detach())) {
                    assertThat(value).isFinite();
                }
                for (float value : values(rows.grad())) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    static Stream<Case> pairs() {
        Space four = Space.image(2, 1, 2, 3);
        return Stream.concat(
                cases(2, 1, 5, 2).stream(),
                Stream.of(
                        new Case(new OrderAgnostic(four, 2, Given.NOTHING), new LogisticMixture(2, 2)),
                        new Case(
                                new OrderAgnostic(Space.image(1, 3, 1, 5), 1, new Given(List.of(1))),
                                OutputDistribution.of(new OrderAgnostic(Space.image(1, 3, 1, 5))))));
    }

    /**
     * The mean loss of many batches is the bound: with two units that is the mean of both orders, each with one unit a call.
     * Also if the loss looks at one place only.
     */
    @ParameterizedTest
    @MethodSource("pairs")
    void theLossIsUnbiased(Case given) {
        Process process = given.process();
        assertThat(process.generatedUnits()).isEqualTo(2);
        Network network = given.network();
        Weights weights = gaussianWeights(network);
        LikelihoodModel model = new MaskingModel(given.definition(), weights, Map.of(), Map.of()).open(1);
        List<int[]> list = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            RandomStream random = RandomStream.of(n, Purpose.TEST, 6);
            int[] item = new int[process.space().dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = random.nextInt(process.space().maxCategories());
            }
            list.add(item);
        }
        int last = process.units() - 1;
        double exact = 0;
        int found = 0;
        boolean[] seen = new boolean[process.units()];
        for (long seed = 0; found < 2; seed++) {
            MaskingPlan plan = MaskingPlan.random(
                    seed, Schedule.full(MaskingModel.of(model).process().steps()));
            int end = plan.order(process).position(last);
            if (!seen[end]) {
                seen[end] = true;
                found++;
                exact += model.estimator(Estimator.PLAN, plan, 1)
                                .measureValues(list, 0, LikelihoodModel.NO_PROGRESS)
                                .bitsPerDimension()
                        * Math.log(2)
                        / 2;
            }
        }
        ItemSet items = PackedItemSet.of(process.space(), list, null);
        int[] indices = IntStream.range(0, 64).map(i -> i % 8).toArray();
        TorchOps ops = new TorchOps(new TorchParameters(network.layers(), weights, false), false);
        for (int lossSites : new int[] {1, 1000}) {
            MaskingObjective objective = new MaskingObjective(network, settings(lossSites));
            int batches = 20;
            double sum = 0;
            double squares = 0;
            for (int number = 0; number < batches; number++) {
                TrainingBatch batch = objective.draw(items, indices, Purpose.CORRUPTION, number);
                try (PointerScope scope = new PointerScope()) {
                    NoGradGuard guard = new NoGradGuard();
                    double loss = objective.loss(ops, batch).item_double();
                    guard.close();
                    sum += loss / batches;
                    squares += loss * loss / batches;
                }
            }
            double error = Math.sqrt(Math.max(0, squares - sum * sum) / batches);
            assertThat(error).isLessThan(0.05 * exact);
            assertThat(sum).isCloseTo(exact, within(4.5 * error + 1e-5));
        }
    }

    private static TrainingSettings settings(int lossSites) {
        return new TrainingSettings(
                1, 0, 64, 1e-3, 1, 0, 0.99, 1, 0.9, lossSites, 0, 3, 3600, TrainingSettings.Precision.FP32);
    }

    private static Weights gaussianWeights(Network network) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(8, Purpose.TEST, values.size());
                float[] out = new float[parameter.size()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.fanIn()))
                            + (parameter.init() == Layer.Init.ONE ? 1 : 0);
                }
                values.put(parameter.name(), out);
            }
        }
        return new Weights(values);
    }
}
