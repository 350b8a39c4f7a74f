package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.Codec;
import dev.ardm.coding.CodecLaws;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.plan.FixedOrderPlanner;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArdmModelTest {
    private static final Space SPACE = Space.image(6, 5, 2, 9);
    private static final MaskingPlan PLAN = MaskingPlan.spread(Schedule.even(60, 7));

    private final MaskingModel file = TinyModels.random(SPACE, 1);
    private final ArdmModel model = new ArdmModel(file, 2);
    private final List<int[]> items = TinyModels.items(SPACE, 20, 1);

    @Test
    void streamsDecodeExactly() {
        for (MaskingPlan plan : new MaskingPlan[] {
            PLAN, MaskingPlan.random(5, Schedule.even(60, 60)), MaskingPlan.spread(Schedule.even(60, 1))
        }) {
            List<byte[]> streams = model.encode(items, plan, ArdmModel.NO_PROGRESS);
            List<Optional<int[]>> back = model.decode(streams, plan, ArdmModel.NO_PROGRESS);
            for (int i = 0; i < items.size(); i++) {
                assertThat(back.get(i)).hasValue(items.get(i));
            }
        }
    }

    @Test
    void streamsDependOnNeitherThreadsNorKernelsNorCompany() {
        List<byte[]> streams = model.encode(items, PLAN, ArdmModel.NO_PROGRESS);
        ArdmModel reference = new ArdmModel(file, 1, Kernels.reference());
        List<byte[]> again = reference.encode(items.subList(3, 6), PLAN, ArdmModel.NO_PROGRESS);
        for (int i = 0; i < 3; i++) {
            assertThat(again.get(i)).isEqualTo(streams.get(3 + i));
        }
    }

    /** The bound: 0.1 % plus 2 bytes per item. */
    @Test
    void codedLengthIsTheLikelihood() {
        List<int[]> likely = model.sample(40, PLAN, 3, ArdmModel.NO_PROGRESS);
        for (List<int[]> set : List.of(items, likely)) {
            List<byte[]> streams = model.encode(set, PLAN, ArdmModel.NO_PROGRESS);
            for (int i = 0; i < set.size(); i++) {
                double bits = 60
                        * model.estimator(Estimator.PLAN, PLAN, 1)
                                .measureValues(set.subList(i, i + 1), 0, ArdmModel.NO_PROGRESS)
                                .bitsPerDimension();
                assertThat(8.0 * streams.get(i).length).isBetween(bits, 1.001 * bits + 16);
            }
        }
    }

    /** The same holds whatever the network and the space. */
    @Test
    void aTransformerCodesSequencesAndImages() {
        for (Space space : List.of(Space.of(new int[] {23}, 7, Space.Scale.NOMINAL), Space.image(3, 4, 2, 7))) {
            MaskingModel transformer = TinyModels.transformer(space, 3);
            ArdmModel coder = new ArdmModel(transformer, 2);
            ArdmModel reference = new ArdmModel(transformer, 1, Kernels.reference());
            int dimensions = space.dimensions();
            for (MaskingPlan plan : List.of(
                    MaskingPlan.spread(Schedule.even(dimensions, 5)),
                    MaskingPlan.random(5, Schedule.full(dimensions)))) {
                List<int[]> sequences = coder.sample(6, plan, 4, ArdmModel.NO_PROGRESS);
                assertThat(reference.sample(2, plan, 4, ArdmModel.NO_PROGRESS).get(1))
                        .isEqualTo(sequences.get(1));
                List<byte[]> streams = coder.encode(sequences, plan, ArdmModel.NO_PROGRESS);
                assertThat(reference
                                .encode(sequences.subList(4, 5), plan, ArdmModel.NO_PROGRESS)
                                .get(0))
                        .isEqualTo(streams.get(4));
                List<Optional<int[]>> back = reference.decode(streams, plan, ArdmModel.NO_PROGRESS);
                for (int i = 0; i < sequences.size(); i++) {
                    assertThat(back.get(i)).hasValue(sequences.get(i));
                    double bits = dimensions
                            * coder.estimator(Estimator.PLAN, plan, 1)
                                    .measureValues(sequences.subList(i, i + 1), 0, ArdmModel.NO_PROGRESS)
                                    .bitsPerDimension();
                    assertThat(8.0 * streams.get(i).length).isBetween(bits, 1.001 * bits + 16);
                }
            }
        }
    }

    @Test
    void theCodecKeepsTheLaws() {
        Codec<int[]> codec = model.codec(PLAN);
        CodecLaws.check(codec, random -> randomItem(random), 1, 8, Arrays::equals);
    }

    private static int[] randomItem(Random random) {
        int[] item = new int[60];
        for (int i = 0; i < item.length; i++) {
            item[i] = random.nextInt(9);
        }
        return item;
    }

    @Test
    void aDamagedStreamIsFound() {
        byte[] stream =
                model.encode(items.subList(0, 1), PLAN, ArdmModel.NO_PROGRESS).get(0);
        int accepted = 0;
        int tried = 0;
        for (int at = 0; at < stream.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = stream.clone();
                damaged[at] ^= (byte) (1 << bit);
                accepted += model.decode(List.of(damaged), PLAN, ArdmModel.NO_PROGRESS)
                                .get(0)
                                .isPresent()
                        ? 1
                        : 0;
                tried++;
            }
        }
        assertThat(accepted).isLessThanOrEqualTo(tried / 100); // the check has at least 7 bits
    }

    @Test
    void oneVariablePerCallIsTheExactLikelihoodOfTheOrder() {
        MaskingPlan full = MaskingPlan.spread(
                Schedule.full(MaskingModel.of(model).process().steps()));
        assertThat(model.estimator(Estimator.PLAN, full, 1)
                        .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                        .bitsPerDimension())
                .isEqualTo(model.estimator("order", PLAN, 1)
                        .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                        .bitsPerDimension());
    }

    /** Averages over all masks of a space small enough to enumerate them. */
    @Test
    void theMonteCarloBoundIsUnbiased() {
        Space space = Space.image(2, 2, 1, 3);
        ArdmModel small = new ArdmModel(TinyModels.random(space, 2), 1);
        List<int[]> set = TinyModels.items(space, 30, 7);
        double exact = 0;
        for (int[] item : set) {
            for (int mask = 1; mask < 16; mask++) {
                int masked = Integer.bitCount(mask);
                double choose = new int[] {1, 4, 6, 4, 1}[masked];
                boolean[] known = new boolean[4];
                for (int i = 0; i < 4; i++) {
                    known[i] = (mask >> i & 1) == 0;
                }
                double[][] costs = crossEntropies(small, item, known);
                double mean = Arrays.stream(costs[0]).sum() / masked;
                exact += mean / choose / 4 / set.size();
            }
        }
        Estimate estimate =
                small.estimator(Estimator.BOUND, small.plan(1), 400).measureValues(set, 5, ArdmModel.NO_PROGRESS);
        // The error of the estimate is that of the draws alone, far below the spread between items.
        assertThat(estimate.bitsPerDimension()).isCloseTo(exact, within(0.02));
        assertThat(estimate.items()).isEqualTo(30);
        assertThat(estimate.estimator()).contains("Monte-Carlo");
    }

    /** Bits of each unknown variable, through the public estimator of one-group plans. */
    private static double[][] crossEntropies(ArdmModel model, int[] item, boolean[] known) {
        Generation generation = model.evaluator().generation(1);
        List<Double> costs = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (!known[i]) {
                Call call = generation.call(item, known, new Policy.Step(0, new int[] {i}));
                costs.add(call.nats(item)[0] / Math.log(2));
            }
        }
        return new double[][] {costs.stream().mapToDouble(Double::doubleValue).toArray()};
    }

    /** Samples of a model score what the model's entropy says: the law of large numbers ties sampler and likelihood. */
    @Test
    void samplesFollowTheDistribution() {
        Space space = Space.image(1, 2, 1, 3);
        ArdmModel small = new ArdmModel(TinyModels.random(space, 4), 1);
        MaskingPlan plan = MaskingPlan.spread(Schedule.full(2));
        double[] probability = new double[9];
        for (int value = 0; value < 9; value++) {
            int[] item = {value / 3, value % 3};
            probability[value] = Math.pow(
                    2,
                    -2
                            * small.estimator(Estimator.PLAN, plan, 1)
                                    .measureValues(List.of(item), 0, ArdmModel.NO_PROGRESS)
                                    .bitsPerDimension());
        }
        assertThat(Arrays.stream(probability).sum()).isCloseTo(1, within(1e-6));
        int n = 4_000;
        int[] counts = new int[9];
        for (int[] item : small.sample(n, plan, 9, ArdmModel.NO_PROGRESS)) {
            counts[item[0] * 3 + item[1]]++;
        }
        double chiSquared = 0;
        for (int value = 0; value < 9; value++) {
            double expected = n * probability[value];
            chiSquared += (counts[value] - expected) * (counts[value] - expected) / expected;
        }
        assertThat(chiSquared).isLessThan(26.1); // 99.9 % of chi-squared with 8 degrees of freedom
    }

    @Test
    void samplesReplayAndDoNotDependOnTheirNumber() {
        List<int[]> five = model.sample(5, PLAN, 11, ArdmModel.NO_PROGRESS);
        List<int[]> two = new ArdmModel(file, 1, Kernels.reference()).sample(2, PLAN, 11, ArdmModel.NO_PROGRESS);
        assertThat(five.get(0)).isEqualTo(two.get(0));
        assertThat(five.get(1)).isEqualTo(two.get(1));
        assertThat(five.get(1)).isNotEqualTo(five.get(0));
        assertThat(model.sample(1, PLAN, 12, ArdmModel.NO_PROGRESS).get(0)).isNotEqualTo(five.get(0));
    }

    @Test
    void fillingKeepsWhatIsKnown() {
        boolean[] known = new boolean[60];
        for (int i = 0; i < 60; i += 2) {
            known[i] = true;
        }
        boolean[] everything = new boolean[60];
        Arrays.fill(everything, true);
        List<int[]> filled = model.fill(
                items.subList(0, 3), List.of(known, everything, new boolean[60]), PLAN, 1, ArdmModel.NO_PROGRESS);
        for (int i = 0; i < 60; i += 2) {
            assertThat(filled.get(0)[i]).isEqualTo(items.get(0)[i]);
        }
        assertThat(filled.get(0)).isNotEqualTo(items.get(0));
        assertThat(filled.get(1)).isEqualTo(items.get(1));
        assertThat(filled.get(2))
                .isEqualTo(model.sample(3, PLAN, 1, ArdmModel.NO_PROGRESS).get(2));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        List<int[]> one = items.subList(0, 1);
        for (boolean[] flags : List.of(new boolean[59], new boolean[61])) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.fill(one, List.of(flags), PLAN, 1, ArdmModel.NO_PROGRESS));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.conditionals(one, flags, 0, ArdmModel.NO_PROGRESS));
        }
        for (int position : new int[] {-1, 60}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.conditionals(one, new boolean[60], position, ArdmModel.NO_PROGRESS));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> model.sample(-1, PLAN, 1, ArdmModel.NO_PROGRESS));
    }

    /** One thread and several give the same. */
    @Test
    void aModelOnOneThreadIsTheSame() {
        ArdmModel alone = model.on(1);
        assertThat(alone.on(1)).isSameAs(alone);
        assertThat(alone.encode(items, PLAN, ArdmModel.NO_PROGRESS).toArray())
                .isEqualTo(model.encode(items, PLAN, ArdmModel.NO_PROGRESS).toArray());
    }

    /** What the planner is told is what a coder pays. */
    @Test
    void plannedCostIsRealisedCost() {
        int[] candidates = {0, 1, 2, 5, 10, 20, 30, 45};
        double[][] costs = CallCosts.of(model)
                .inOrder(
                        items,
                        MaskingPlan.spread(
                                Schedule.full(MaskingModel.of(model).process().steps())),
                        candidates,
                        60,
                        ArdmModel.NO_PROGRESS);
        FixedOrderPlanner planner = new FixedOrderPlanner(candidates, costs, 60);
        Schedule schedule = planner.plan(4);
        double realised = 60
                * model.estimator(Estimator.PLAN, MaskingPlan.spread(schedule), 1)
                        .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                        .bitsPerDimension();
        assertThat(realised).isCloseTo(planner.cost(schedule), within(1e-6 * realised));
    }
}
