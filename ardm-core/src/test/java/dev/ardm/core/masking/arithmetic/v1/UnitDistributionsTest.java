package dev.ardm.core.masking.arithmetic.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.Distribution;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.output.Categorical;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.LogitOutput;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.output.UnitLikelihood;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Integer distributions of every output distribution and process, from random outputs. */
@Tag("slow")
class UnitDistributionsTest {
    private static final double LN2 = Math.log(2);

    /** A process with distributions. */
    record Case(String name, Process process, OutputDistribution output) {
        @Override
        public String toString() {
            return name;
        }

        DigitDistributions distributions() {
            return distributions(Kernels.best());
        }

        DigitDistributions distributions(Kernels kernels) {
            output.check(process);
            return (DigitDistributions) new Arithmetic1().distributions(process, output, kernels);
        }

        int categories() {
            return process.space().maxCategories();
        }
    }

    private static Space image(int channels, int categories) {
        return Space.image(1, 1, channels, categories);
    }

    private static Case agnostic(int categories, int components) {
        Process process = new OrderAgnostic(image(1, categories));
        return components == 0
                ? new Case("categorical " + categories, process, OutputDistribution.of(process))
                : new Case("logistic " + categories, process, new LogisticMixture(components, 1));
    }

    private static Case upscale(String distribution, int categories, int branching) {
        Upscale process = new Upscale(image(1, categories), branching, Given.NOTHING);
        return new Case(
                distribution + " " + categories + " in base " + branching,
                process,
                switch (distribution) {
                    case "categorical" -> new Categorical(categories);
                    case "digits" -> new Digits(process.stages(), branching);
                    default -> new LogisticMixture(3, 1);
                });
    }

    private static Case pixel(int channels, int categories) {
        return new Case(
                "pixel of " + channels + " channels of " + categories,
                new OrderAgnostic(image(channels, categories), channels, Given.NOTHING),
                new LogisticMixture(3, channels));
    }

    /** Few enough values to look at all of them. */
    static Stream<Case> small() {
        List<Case> cases = new ArrayList<>();
        for (int categories : new int[] {2, 3, 17, 256, 1500}) {
            cases.add(agnostic(categories, 0));
            cases.add(agnostic(categories, 1));
            cases.add(agnostic(categories, 5));
        }
        for (int[] size : new int[][] {{2, 2}, {3, 2}, {17, 4}, {125, 5}, {216, 6}, {256, 4}, {256, 256}, {1000, 7}}) {
            for (String distribution : new String[] {"categorical", "digits", "logistic"}) {
                cases.add(upscale(distribution, size[0], size[1]));
            }
        }
        cases.add(pixel(1, 50));
        cases.add(pixel(2, 11));
        cases.add(pixel(3, 7));
        cases.add(pixel(4, 4));
        return cases.stream();
    }

    static Stream<Case> all() {
        return Stream.concat(
                small(),
                Stream.of(
                        agnostic(65536, 0),
                        agnostic(65536, 4),
                        agnostic(60001, 4),
                        upscale("categorical", 65536, 256),
                        upscale("categorical", 65536, 2),
                        upscale("digits", 65536, 4),
                        upscale("logistic", 65536, 256),
                        upscale("logistic", 65536, 4096), // the last digit in two symbols
                        upscale("logistic", 60001, 7)));
    }

    /** Random outputs: a few components somewhere, logits of some spread. */
    static float[] outputs(OutputDistribution output, int categories, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 77);
        float[] out = new float[output.outputs()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (2 * random.nextGaussian());
        }
        if (output instanceof LogisticMixture mixture) {
            for (int c = 0; c < mixture.channels(); c++) {
                for (int m = 0; m < mixture.components(); m++) {
                    out[mixture.mean(c) + m] = (float) (0.6 * random.nextGaussian()) / LogisticMixture.UNIT;
                    out[mixture.logInverseScale(c) + m] =
                            (float) (random.nextDouble() * Math.min(5, Math.log(categories)));
                }
            }
        }
        return out;
    }

    /** The distributions and symbols that tell a unit in all stages. */
    private record Told(List<Distribution> distributions, List<Integer> symbols) {
        double bits() {
            double bits = 0;
            for (int i = 0; i < distributions.size(); i++) {
                bits += distributions.get(i).bits(symbols.get(i));
            }
            return bits;
        }
    }

    private static Told tell(Case given, DigitDistributions distributions, float[] outputs, int[] unit)
            throws Exception {
        Told told = new Told(new ArrayList<>(), new ArrayList<>());
        for (int stage = 0; stage < given.process().stages(); stage++) {
            int[] item = unit.clone();
            int before = told.distributions().size();
            distributions.code(outputs, 0, item, 0, stage, (distribution, symbol) -> {
                told.distributions().add(distribution);
                told.symbols().add(symbol);
                return symbol;
            });
            assertThat(item).as("coding does not change what is known").isEqualTo(unit);
            assertThat(told.distributions().size() - before).isEqualTo(distributions.symbols(stage));
        }
        return told;
    }

    private static double nats(Case given, float[] outputs, int[] unit) {
        double nats = 0;
        for (int stage = 0; stage < given.process().stages(); stage++) {
            nats += UnitLikelihood.of(given.process(), given.output()).nats(outputs, 0, unit, 0, stage);
        }
        return nats;
    }

    /** All values of a unit. */
    private static List<int[]> units(Case given) {
        int size = given.process().unitSize();
        List<int[]> units = new ArrayList<>();
        for (int number = 0; number < (int) Math.pow(given.categories(), size); number++) {
            int[] unit = new int[size];
            int rest = number;
            for (int c = 0; c < size; c++) {
                unit[c] = rest % given.categories();
                rest /= given.categories();
            }
            units.add(unit);
        }
        return units;
    }

    /** Over the stages the distributions multiply up to one distribution of the values, in integers as in nats, and both say the same. */
    @ParameterizedTest
    @MethodSource("small")
    void distributionsOfStagesMultiplyToADistributionOfValues(Case given) throws Exception {
        DigitDistributions distributions = given.distributions();
        for (int seed = 0; seed < 3; seed++) {
            float[] outputs = outputs(given.output(), given.categories(), seed);
            double total = 0;
            double totalOfNats = 0;
            double excess = 0;
            for (int[] unit : units(given)) {
                double bits = tell(given, distributions, outputs, unit).bits();
                double nats = nats(given, outputs, unit);
                total += Math.pow(2, -bits);
                totalOfNats += Math.exp(-nats);
                excess += Math.exp(-nats) * (bits - nats / LN2);
                if (nats < 8) {
                    assertThat(bits).isCloseTo(nats / LN2, within(0.01));
                }
            }
            assertThat(total).isCloseTo(1, within(1e-9));
            assertThat(totalOfNats).isCloseTo(1, within(1e-9));
            // A kilobyte of such values costs a thousandth of a byte more.
            assertThat(excess).isBetween(-1e-9, 1e-3);
        }
    }

    /** Values drawn from the distributions, so that they are what a coder meets. */
    @ParameterizedTest
    @MethodSource("all")
    void drawingIsTheInverseOfCodingAndCostsWhatNatsSay(Case given) throws Exception {
        DigitDistributions distributions = given.distributions();
        DigitDistributions reference = given.distributions(Kernels.reference());
        RandomStream random = RandomStream.of(11, Purpose.TEST, 0);
        int size = given.process().unitSize();
        for (int round = 0; round < 60; round++) {
            float[] outputs = outputs(given.output(), given.categories(), 100 + round / 10);
            int[] item = new int[size];
            List<Integer> drawn = new ArrayList<>();
            for (int stage = 0; stage < given.process().stages(); stage++) {
                distributions.code(outputs, 0, item, 0, stage, (distribution, symbol) -> {
                    assertThat(symbol).as("nothing is known of the digit").isZero();
                    int next = distribution.symbolAt(random.nextInt() >>> 8);
                    drawn.add(next);
                    return next;
                });
            }
            given.process().space().check(item);
            Told told = tell(given, distributions, outputs, item);
            assertThat(told.symbols()).isEqualTo(drawn);
            assertThat(tell(given, reference, outputs, item).distributions()).isEqualTo(told.distributions());
            double nats = nats(given, outputs, item);
            // What rounding leaves over of many symbols goes to the likeliest of them.
            int symbols = told.distributions().stream()
                    .mapToInt(Distribution::symbols)
                    .max()
                    .orElseThrow();
            assertThat(told.bits()).isCloseTo(nats / LN2, within(0.02 + 0.002 * nats + symbols * 0x1p-20));
        }
    }

    /** Digits beyond the last category are no symbols. */
    @Test
    void infeasibleDigitsHaveNoMass() throws Exception {
        for (String distribution : new String[] {"categorical", "digits", "logistic"}) {
            Case given = upscale(distribution, 17, 4);
            DigitDistributions distributions = given.distributions();
            Told last = tell(given, distributions, outputs(given.output(), 17, 1), new int[] {16});
            assertThat(last.distributions()).extracting(Distribution::symbols).containsExactly(2, 1, 1);
            assertThat(last.symbols()).containsExactly(1, 0, 0);
            Told first = tell(given, distributions, outputs(given.output(), 17, 1), new int[] {7});
            assertThat(first.distributions()).extracting(Distribution::symbols).containsExactly(2, 4, 4);
            assertThat(first.symbols()).containsExactly(0, 1, 3);
        }
    }

    /** More than 1024 values of a mixture are told in two symbols, and logits are not. */
    @Test
    void manyValuesOfAMixtureTakeTwoSymbols() throws Exception {
        assertThat(agnostic(1024, 3).distributions().symbols(0)).isEqualTo(1);
        Case given = agnostic(1025, 3);
        assertThat(given.distributions().symbols(0)).isEqualTo(2);
        Told told = tell(given, given.distributions(), outputs(given.output(), 1025, 2), new int[] {1024});
        assertThat(told.distributions()).extracting(Distribution::symbols).containsExactly(5, 1);
        assertThat(told.symbols()).containsExactly(4, 0);
        Told other = tell(given, given.distributions(), outputs(given.output(), 1025, 2), new int[] {700});
        assertThat(other.distributions()).extracting(Distribution::symbols).containsExactly(5, 256);
        assertThat(other.symbols()).containsExactly(2, 188);
        assertThat(agnostic(65536, 0).distributions().symbols(0)).isEqualTo(1);
        assertThat(upscale("logistic", 65536, 4096).distributions().widths(0)).containsExactly(4096);
        assertThat(upscale("logistic", 65536, 4096).distributions().widths(1)).containsExactly(256, 1);
    }

    /** The data parametrisation is the categorical distribution, told in digits. */
    @ParameterizedTest
    @MethodSource("small")
    void dataParametrisationIsTheSoftmaxInTotal(Case given) {
        if (!(given.process() instanceof Upscale) || !(given.output() instanceof Categorical)) {
            return;
        }
        Case plain = agnostic(given.categories(), 0);
        float[] outputs = outputs(given.output(), given.categories(), 4);
        for (int[] unit : units(given)) {
            double expected = nats(plain, outputs, unit);
            assertThat(nats(given, outputs, unit)).isCloseTo(expected, within(1e-10 * (1 + expected)));
        }
    }

    /** The same of mixtures: neither stages nor the two symbols change what a value costs. */
    @Test
    void stagesOfAMixtureAreItsDistributionInTotal() {
        for (int[] size : new int[][] {{17, 4}, {256, 2}, {1500, 40}}) {
            Upscale process = new Upscale(image(1, size[0]), size[1], Given.NOTHING);
            Case given = new Case("", process, new LogisticMixture(5, 1));
            Case plain = agnostic(size[0], 5);
            float[] outputs = outputs(given.output(), size[0], 5);
            for (int value = 0; value < size[0]; value++) {
                int[] unit = {value};
                double expected = nats(plain, outputs, unit);
                assertThat(nats(given, outputs, unit)).isCloseTo(expected, within(1e-9 * (1 + expected)));
            }
        }
    }

    /** Outputs without bounds give distributions all the same: every value has a slot, whatever has no number counts for nothing. */
    @ParameterizedTest
    @MethodSource("small")
    void extremeOutputsMakeDistributions(Case given) throws Exception {
        DigitDistributions distributions = given.distributions();
        float[] extremes = {0, -0f, 1e-30f, 100, -100, 1e6f, -1e6f, 1e20f, -1e20f};
        RandomStream random = RandomStream.of(5, Purpose.TEST, 0);
        for (int round = 0; round < 40; round++) {
            float[] outputs = new float[given.output().outputs()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = extremes[random.nextInt(extremes.length)];
            }
            int[] unit = new int[given.process().unitSize()];
            for (int c = 0; c < unit.length; c++) {
                unit[c] = random.nextInt(given.categories());
            }
            Told told = tell(given, distributions, outputs, unit);
            for (int i = 0; i < told.distributions().size(); i++) {
                assertThat(told.distributions().get(i).frequency(told.symbols().get(i)))
                        .isPositive();
            }
            assertThat(nats(given, outputs, unit)).isNotNaN().isGreaterThanOrEqualTo(-1e-6);
        }
    }

    @Test
    void distributionsThatDoNotFitAreRefused() {
        Space space = image(3, 256);
        Process pixels = new OrderAgnostic(space, 3, Given.NOTHING);
        Process agnostic = new OrderAgnostic(space);
        Process upscale = new Upscale(space, 4, Given.NOTHING);
        Process nominal = new OrderAgnostic(Space.of(new int[] {3}, 256, Space.Scale.NOMINAL));
        Process table = new OrderAgnostic(Space.of(new int[] {2, 2}, new int[] {3, 4}, Space.Scale.ORDERED));
        record Refusal(OutputDistribution distribution, Process process, String why) {}
        for (Refusal refusal : List.of(
                new Refusal(new Categorical(256), pixels, "one variable at a time"),
                new Refusal(new Categorical(255), agnostic, "do not fit"),
                new Refusal(new Digits(4, 4), agnostic, "need depth upscaling"),
                new Refusal(new Digits(8, 2), upscale, "same branching"),
                new Refusal(new LogisticMixture(3, 3), agnostic, "units of as many"),
                new Refusal(new LogisticMixture(3, 1), pixels, "units of as many"),
                new Refusal(new LogisticMixture(3, 3), upscale, "units of as many"),
                new Refusal(new LogisticMixture(3, 1), nominal, "ordered values"),
                new Refusal(new LogisticMixture(3, 1), table, "one number of categories"))) {
            assertThatThrownBy(() -> refusal.distribution().check(refusal.process()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(refusal.why());
        }
        assertThatThrownBy(() -> new LogisticMixture(0, 1)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new LogisticMixture(65, 1)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new LogisticMixture(1, 5)).hasMessageContaining("1 to 4");
        assertThatThrownBy(() -> new Digits(0, 2)).hasMessageContaining("0 stages");
        assertThatThrownBy(() -> new Digits(3, 1)).hasMessageContaining("base 1");
    }

    /** Logits of columns with their own numbers of categories are contiguous. */
    @Test
    void columnsHaveTheirOwnLogits() throws Exception {
        Process table = new OrderAgnostic(Space.of(new int[] {2, 3}, new int[] {3, 2, 4}, Space.Scale.NOMINAL));
        LogitOutput output = new Categorical(3, 2, 4);
        output.check(table);
        assertThat(output.outputs()).isEqualTo(9);
        DigitDistributions distributions =
                (DigitDistributions) new Arithmetic1().distributions(table, output, Kernels.best());
        float[] outputs = {0, 1, 2, 3, 3, 0, 0, 0, 9};
        double[][] softmax = {{0.09, 0.245, 0.665}, {0.5, 0.5}, {0, 0, 0, 1}};
        for (int position = 0; position < 6; position++) {
            double[] expected = softmax[position % 3];
            for (int value = 0; value < expected.length; value++) {
                int[] item = new int[6];
                item[position] = value;
                double[] bits = {0};
                distributions.code(outputs, 0, item, position, 0, (distribution, symbol) -> {
                    assertThat(distribution.symbols()).isEqualTo(expected.length);
                    bits[0] = distribution.bits(symbol);
                    return symbol;
                });
                assertThat(Math.pow(2, -bits[0])).isCloseTo(expected[value], within(1e-3));
                assertThat(Math.exp(-UnitLikelihood.of(table, output).nats(outputs, 0, item, position, 0)))
                        .isCloseTo(expected[value], within(1e-3));
            }
        }
    }
}
