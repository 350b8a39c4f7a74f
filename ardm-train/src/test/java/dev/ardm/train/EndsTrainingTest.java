package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.data.ItemSet;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Items of random lengths in windows that most of them do not fill, from a source of known entropy: the last letter of an item is
 * certain, the others are drawn alone.
 */
class EndsTrainingTest {
    private static final int WINDOW = 20;
    private static final int LAST = 3;
    private static final Space LETTERS = Space.of(new int[] {WINDOW}, 4, Scale.ORDERED);

    /** Bits of an item's stream beside its symbols, at most: check bits, and what is lost in whole bytes. */
    private static final int STREAM = 17;

    @BeforeAll
    static void oneThread() {
        TrainingRuntime.setThreads(1);
    }

    private static int[] draw(int number, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, number);
        int[] item = new int[1 + random.nextInt(WINDOW - 1)];
        Arrays.setAll(item, i -> Math.max(0, random.nextInt(4) - 1));
        item[item.length - 1] = LAST;
        return item;
    }

    private static List<int[]> drawn(int count, long seed) {
        return IntStream.range(0, count).mapToObj(n -> draw(n, seed)).toList();
    }

    private static double dimensions(List<int[]> items) {
        return items.stream().mapToInt(item -> item.length).sum();
    }

    /** Short items, and what fills them: a letter that is as good as any. */
    private static ItemSet items(int count, long seed) {
        return new ItemSet() {
            @Override
            public Space space() {
                return LETTERS;
            }

            @Override
            public int size() {
                return count;
            }

            @Override
            public int[] item(int index) {
                return Arrays.copyOf(draw(index, seed), WINDOW);
            }

            @Override
            public int length(int index) {
                return draw(index, seed).length;
            }
        };
    }

    private static MaskingDefinition of(Process process, NetworkConfig config) {
        return new MaskingDefinition(process, OutputDistribution.of(process), config, "");
    }

    private static TrainingSettings settings(int steps, double learningRate, int lossSites) {
        return new TrainingSettings(
                steps,
                0,
                32,
                learningRate,
                50,
                0.01,
                0.99,
                1,
                0.98,
                lossSites,
                0,
                5,
                3600,
                TrainingSettings.Precision.FP32);
    }

    static Stream<MaskingDefinition> definitions() {
        TransformerConfig transformer = new TransformerConfig(2, 32, 4, 64, 0, 0).withEnds(true);
        return Stream.of(
                of(new OrderAgnostic(LETTERS), transformer),
                of(new Autoregressive(LETTERS, false), transformer),
                of(new OrderAgnostic(LETTERS), new DilatedConfig(3, 16, 16, 3, 3, 4, 0).withEnds(true)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("definitions")
    void whatIsStoredIsTheBoundAndTheBoundIsTheEntropy(MaskingDefinition definition) throws IOException {
        double learningRate = definition.network() instanceof DilatedConfig ? 2e-3 : 4e-3;
        MaskingModel trained = ModelTraining.train(
                items(4_000, 1), definition, settings(600, learningRate, 64), new TrainingListener() {});
        LikelihoodModel model = trained.open(1);
        List<int[]> fresh = drawn(300, 99);
        // A letter but the last has a probability of a half or a quarter.
        double entropy = fresh.stream()
                .flatMapToInt(item -> Arrays.stream(item, 0, item.length - 1))
                .map(letter -> letter == 0 ? 1 : 2)
                .sum();
        double bits = dimensions(fresh)
                * model.estimator(Estimator.BOUND, model.plan(1), 8)
                        .measureValues(fresh, 1, LikelihoodModel.NO_PROGRESS)
                        .bitsPerDimension();
        assertThat(bits).isBetween(0.99 * entropy, 1.01 * entropy + 0.2 * fresh.size());
        for (int padding : new int[] {0, LAST}) {
            List<byte[]> streams = model.coder(model.plan(WINDOW), ItemLayout.sequences(WINDOW / 4, padding))
                    .encode(fresh.stream().map(Item::of).toList(), LikelihoodModel.NO_PROGRESS);
            double stored =
                    8.0 * streams.stream().mapToInt(stream -> stream.length).sum();
            assertThat(stored).isBetween(0.99 * bits, 1.01 * bits + STREAM * fresh.size());
        }
    }

    /** Each letter that items have counts as much as any other in the loss, and what fills a window not at all. */
    @Test
    void theLossCountsThePlacesOfItems() {
        ItemSet items = items(64, 3);
        int[] all = IntStream.range(0, items.size()).toArray();
        int most = IntStream.of(all).map(items::length).max().orElseThrow();
        double sum = IntStream.of(all).map(items::length).sum();
        for (MaskingDefinition definition : definitions().toList()) {
            for (int lossSites : new int[] {3, 1000}) {
                TrainingBatch batch = new MaskingObjective(definition.buildNetwork(), settings(1, 1e-3, lossSites))
                        .draw(items, all, Purpose.CORRUPTION, 0);
                double[] ofItem = new double[items.size()];
                for (int i = 0; i < batch.targets().length; i++) {
                    int item = batch.sites()[batch.rows()[i]] / most;
                    int place = batch.sites()[batch.rows()[i]] % most;
                    assertThat(place).isLessThan(items.length(item));
                    assertThat(batch.targets()[i]).isEqualTo(items.item(item)[place]);
                    ofItem[item] += batch.weights()[i];
                }
                for (int item : all) {
                    assertThat(batch.input().length(item)).isEqualTo(items.length(item));
                    assertThat(ofItem[item]).isCloseTo(items.length(item) / sum, within(1e-6));
                }
            }
        }
    }

    /** The costs that schedules are planned with are those that a coder pays for short items. */
    @Test
    void plansArePricedForShortItems() throws IOException {
        MaskingDefinition definition = definitions().findFirst().orElseThrow();
        LikelihoodModel model = ModelTraining.train(
                        items(200, 1), definition, settings(5, 1e-3, 64), new TrainingListener() {})
                .open(1);
        List<int[]> fresh = drawn(20, 7);
        MaskingPlan whole = MaskingPlan.of(model.plan(WINDOW));
        int[] every = IntStream.range(0, WINDOW).toArray();
        double[][] costs = CallCosts.of(model).inOrder(fresh, whole, every, WINDOW, LikelihoodModel.NO_PROGRESS);
        double sum = 0;
        for (double[] from : costs) {
            sum += from[0];
        }
        Estimate paid = model.estimator(Estimator.PLAN, whole, 1).measureValues(fresh, 0, LikelihoodModel.NO_PROGRESS);
        assertThat(sum).isCloseTo(paid.bitsPerDimension() * dimensions(fresh) / fresh.size(), within(1e-6));
    }
}
