package dev.ardm.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.CodecLaws;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of models of every family: coding, sampling, filling, scoring. The test of a family inherits it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LikelihoodModelSuite {
    /** A model with a name. */
    public record Case(String name, Model model) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Models of all kinds of the family, of a few variables. */
    protected abstract Stream<Case> models();

    /** Models of two variables of five values each, so that all items can be enumerated. */
    protected abstract Stream<Case> tinyModels();

    /** Plans that differ in all that the family's plans can. */
    protected abstract List<? extends Plan> plans(LikelihoodModel model);

    /** A plan by which the likelihoods of all items add up to 1. */
    protected abstract Plan exactPlan(LikelihoodModel model);

    /** Flags of variables that models can be given, not all. */
    protected abstract boolean[] known(LikelihoodModel model);

    @ParameterizedTest
    @MethodSource("models")
    void streamsDecodeExactlyAndAreAsLongAsTheLikelihoodSays(Case given) {
        LikelihoodModel model = given.model().open(2);
        LikelihoodModel reference = given.model().open(1, Kernels.reference());
        Space space = model.space();
        for (Plan plan : plans(model)) {
            List<int[]> items = TinyModels.items(space, 3, 1);
            items.addAll(model.sample(4, plan, 2, LikelihoodModel.NO_PROGRESS));
            assertThat(reference.sample(2, plan, 2, LikelihoodModel.NO_PROGRESS).get(1))
                    .isEqualTo(items.get(4));
            List<byte[]> streams = model.encode(items, plan, LikelihoodModel.NO_PROGRESS);
            List<byte[]> alone = reference.encode(items.subList(2, 5), plan, LikelihoodModel.NO_PROGRESS);
            List<Optional<int[]>> back = reference.decode(streams, plan, LikelihoodModel.NO_PROGRESS);
            for (int i = 0; i < items.size(); i++) {
                assertThat(back.get(i)).hasValue(items.get(i));
                if (i >= 2 && i < 5) {
                    assertThat(alone.get(i - 2)).isEqualTo(streams.get(i));
                }
                if (i >= 3) {
                    double bits = space.dimensions() * bitsPerDimension(model, plan, items.subList(i, i + 1));
                    assertThat(8.0 * streams.get(i).length).isBetween(bits - 0.5, 1.001 * bits + 16);
                }
            }
        }
    }

    private static double bitsPerDimension(LikelihoodModel model, Plan plan, List<int[]> items) {
        return model.estimator(Estimator.PLAN, plan, 1)
                .measureValues(items, 0, LikelihoodModel.NO_PROGRESS)
                .bitsPerDimension();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theCodecKeepsTheLaws(Case given) {
        LikelihoodModel model = given.model().open(1);
        Space space = model.space();
        for (Plan plan : plans(model).stream().limit(2).toList()) {
            CodecLaws.check(
                    model.codec(plan),
                    random -> TinyModels.items(space, 1, random.nextInt()).get(0),
                    1,
                    3,
                    Arrays::equals);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    @SuppressWarnings("NullAway") // what a caller may do
    void argumentsThatCannotBeAreRefusedInWords(Case given) {
        LikelihoodModel model = given.model().open(2);
        Plan plan = exactPlan(model);
        List<int[]> items = TinyModels.items(model.space(), 2, 1);
        for (Estimator estimator : model.estimators(plan, ItemLayout.VALUES, 1)) {
            assertThatThrownBy(() -> estimator.measureValues(List.of(), 0, LikelihoodModel.NO_PROGRESS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an estimate needs at least one item");
            assertThatThrownBy(() -> estimator.measureValues(items, 0, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageStartingWith("progress is null");
            assertThatThrownBy(() -> estimator.measure(Arrays.asList(Item.of(items.get(0)), null), 0, done -> {}))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("item 1 is null");
        }
        Estimator exact = model.estimator(Estimator.PLAN, plan, 1);
        for (int length : new int[] {0, model.space().dimensions() + 1}) {
            assertThatThrownBy(() -> exact.measureValues(List.of(new int[length]), 0, LikelihoodModel.NO_PROGRESS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(length));
        }
        assertThatThrownBy(() -> model.encode(items, plan, null)).hasMessageStartingWith("progress is null");
        assertThatThrownBy(() -> model.decode(List.of(), plan, null)).hasMessageStartingWith("progress is null");
        if (model.verbs().contains(Verb.SAMPLE)) {
            assertThatThrownBy(() -> model.sample(1, plan, 0, null)).hasMessageStartingWith("progress is null");
            assertThatThrownBy(() -> model.sample(-1, plan, 0, LikelihoodModel.NO_PROGRESS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
        }
        if (model.verbs().contains(Verb.CONDITIONALS)) {
            boolean[] none = new boolean[model.space().dimensions()];
            for (int position : new int[] {-1, none.length}) {
                assertThatThrownBy(() -> model.conditionals(items, none, position, LikelihoodModel.NO_PROGRESS))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(String.valueOf(position));
            }
            assertThatThrownBy(() -> model.conditionals(items, none, 0, null))
                    .hasMessageStartingWith("progress is null");
            assertThatThrownBy(() -> model.conditionals(List.of(new int[1]), none, 0, LikelihoodModel.NO_PROGRESS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("of 1 values");
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void plansComeBackFromTheirBytes(Case given) {
        LikelihoodModel model = given.model().open(1);
        for (Plan plan : plans(model)) {
            assertThat(model.readPlan(plan.toBytes())).isEqualTo(plan);
            assertThatThrownBy(() -> model.readPlan(new byte[] {99, 1, 2}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void verbsThatAreLackingAreRefusedWithTheirReason(Case given) {
        LikelihoodModel model = given.model().open(1);
        for (Verb verb : Verb.values()) {
            if (model.verbs().contains(verb)) {
                model.require(verb);
            } else {
                assertThatThrownBy(() -> model.require(verb))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(model.refusals().get(verb));
                ThrowingCallable use = uses(model).get(verb);
                if (use != null) {
                    assertThatThrownBy(use)
                            .as("%s", verb)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(model.refusals().get(verb));
                }
            }
        }
    }

    /** A use of each verb; none where the family's own programs are asked. */
    private Map<Verb, ThrowingCallable> uses(LikelihoodModel model) {
        Plan plan = plans(model).get(0);
        List<int[]> items = TinyModels.items(model.space(), 1, 1);
        ItemLayout images = ItemLayout.images(0, 0);
        boolean[] known = new boolean[model.space().dimensions()];
        return Map.of(
                Verb.SAMPLE, () -> model.sample(1, plan, 1, LikelihoodModel.NO_PROGRESS),
                Verb.COMPRESS, () -> model.coder(plan, ItemLayout.VALUES),
                Verb.IMAGES_OF_ANY_SIZE, () -> model.generator(plan, images, 1),
                Verb.CONDITIONALS, () -> model.conditionals(items, known, 0, LikelihoodModel.NO_PROGRESS));
    }

    @ParameterizedTest
    @MethodSource("models")
    void fillingKeepsWhatIsKnown(Case given) {
        LikelihoodModel model = given.model().open(2);
        Plan plan = plans(model).get(0);
        List<int[]> items = TinyModels.items(model.space(), 2, 8);
        boolean[] known = known(model);
        List<int[]> filled =
                model.fill(items, List.of(known, new boolean[known.length]), plan, 4, LikelihoodModel.NO_PROGRESS);
        for (int i = 0; i < known.length; i++) {
            if (known[i]) {
                assertThat(filled.get(0)[i]).isEqualTo(items.get(0)[i]);
            }
        }
        model.space().check(filled.get(0));
        assertThat(filled.get(0)).isNotEqualTo(items.get(0));
        assertThat(filled.get(1))
                .isEqualTo(model.sample(2, plan, 4, LikelihoodModel.NO_PROGRESS).get(1));
    }

    /** All probabilities sum to 1, samples have them, and the exact likelihood is what its steps cost. */
    @ParameterizedTest
    @MethodSource("tinyModels")
    void samplesFollowTheDistribution(Case given) {
        LikelihoodModel model = given.model().open(2);
        Plan plan = exactPlan(model);
        double[] probability = new double[25];
        double sum = 0;
        for (int number = 0; number < 25; number++) {
            List<int[]> item = List.of(new int[] {number / 5, number % 5});
            probability[number] = Math.pow(2, -2 * bitsPerDimension(model, plan, item));
            sum += probability[number];
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        int n = 1_000;
        int[] counts = new int[25];
        for (int[] item : model.sample(n, plan, 9, LikelihoodModel.NO_PROGRESS)) {
            counts[item[0] * 5 + item[1]]++;
        }
        // Those expected less than five times are one cell.
        double chiSquared = 0;
        double rareExpected = 0;
        int rare = 0;
        for (int number = 0; number < 25; number++) {
            double expected = n * probability[number];
            if (expected < 5) {
                rareExpected += expected;
                rare += counts[number];
            } else {
                chiSquared += (counts[number] - expected) * (counts[number] - expected) / expected;
            }
        }
        assertThat((double) rare)
                .isBetween(rareExpected - 5 * Math.sqrt(rareExpected), rareExpected + 5 + 5 * Math.sqrt(rareExpected));
        assertThat(chiSquared).isLessThan(52.6); // 99.95 % of chi-squared with 24 degrees of freedom
    }
}
