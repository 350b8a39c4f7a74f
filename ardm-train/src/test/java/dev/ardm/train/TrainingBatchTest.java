package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.LabelledItemSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingBatchTest {
    private static final ItemSet GLYPHS = GlyphImages.glyphs(50, 8, 1);
    private static final Network NETWORK = network(GLYPHS.space());

    private static Network network(Space space) {
        return Network.of(new UNetConfig(List.of(8), List.of(1), List.of(), List.of(false), 1, 1, 2, 2, 4, 0), space);
    }

    private static TrainingSettings settings(int batch, int lossSites) {
        TrainingSettings d = TrainingSettings.defaults();
        return new TrainingSettings(
                1,
                0,
                batch,
                d.learningRate(),
                d.warmupSteps(),
                d.weightDecay(),
                d.beta2(),
                d.clip(),
                d.ema(),
                lossSites,
                0,
                3,
                d.reportSeconds(),
                d.precision());
    }

    /** The batch of a training step. */
    static TrainingBatch draw(ItemSet items, Network network, TrainingSettings settings, long step) {
        int[] indices = Trainer.indices(items.size(), settings, step);
        return new MaskingObjective(network, settings).draw(items, indices, Purpose.CORRUPTION, step);
    }

    @Test
    void aBatchIsAFunctionOfSeedAndStep() {
        TrainingBatch a = draw(GLYPHS, NETWORK, settings(16, 20), 7);
        TrainingBatch b = draw(GLYPHS, NETWORK, settings(16, 20), 7);
        TrainingBatch c = draw(GLYPHS, NETWORK, settings(16, 20), 8);
        assertThat(a.targets()).isEqualTo(b.targets());
        assertThat(a.sites()).isEqualTo(b.sites()).isNotEqualTo(c.sites());
        assertThat(a.input().absorbedIds()).isEqualTo(b.input().absorbedIds());
    }

    /** A tenth of the examples of a network of given orders has the natural one; those that measure have none of them more. */
    @Test
    void someOrdersAreTheNaturalOne() {
        Process process = new Autoregressive(Space.of(new int[] {6}, 3, Space.Scale.NOMINAL), true);
        OutputDistribution output = OutputDistribution.of(process);
        Network kept = Network.of(new CausalTransformerConfig(1, 4, 1, 4, 0, false, 0, true), process, output);
        Network baseline = Network.of(new TransformerConfig(1, 4, 1, 4, 0, 0), process, output);
        PackedItemSet items =
                PackedItemSet.of(process.space(), Collections.nCopies(400, new int[] {0, 1, 2, 0, 1, 2}), null);
        assertThat(naturalOrders(kept, items, Purpose.CORRUPTION)).isBetween(20, 65);
        assertThat(naturalOrders(kept, items, Purpose.EVALUATION)).isLessThan(8);
        assertThat(naturalOrders(baseline, items, Purpose.CORRUPTION)).isLessThan(8);
    }

    private static int naturalOrders(Network network, ItemSet items, Purpose purpose) {
        int[] all = IntStream.range(0, items.size()).toArray();
        TrainingBatch batch = new MaskingObjective(network, settings(items.size(), 9)).draw(items, all, purpose, 0);
        int[] natural = IntStream.range(0, network.process().units()).toArray();
        return (int) IntStream.of(all)
                .filter(n -> Arrays.equals(batch.input().order(n), natural))
                .count();
    }

    @Test
    void stepsAreStratified() {
        TrainingBatch batch = draw(GLYPHS, NETWORK, settings(16, 1000), 0);
        Set<Integer> strata = new HashSet<>();
        for (float fraction : batch.input().progress()) {
            strata.add((int) (fraction * 16));
        }
        assertThat(strata).hasSize(16);
    }

    @Test
    void targetsAreTheMaskedVariablesAndWeightsSumToOne() {
        for (int lossSites : new int[] {5, 1000}) {
            TrainingBatch batch = draw(GLYPHS, NETWORK, settings(16, lossSites), 2);
            int[] ids = batch.input().absorbedIds();
            int absorbing = GLYPHS.space().maxCategories();
            double sum = 0;
            for (int i = 0; i < batch.targets().length; i++) {
                assertThat(ids[batch.sites()[batch.rows()[i]]]).isEqualTo(absorbing);
                sum += batch.weights()[i];
            }
            assertThat(sum).isCloseTo(1, within(1e-4));
            long masked =
                    java.util.Arrays.stream(ids).filter(id -> id == absorbing).count();
            if (lossSites == 1000) {
                assertThat(batch.targets()).hasSize((int) masked);
            }
        }
    }

    /** With several variables per place a place may be masked in part. */
    @Test
    void onlyMaskedVariablesOfAPlaceAreTargets() {
        Space space = Space.image(3, 3, 3, 4);
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            int[] item = new int[27];
            for (int i = 0; i < 27; i++) {
                item[i] = (i + n) % 4;
            }
            items.add(item);
        }
        ItemSet set = PackedItemSet.of(space, items, null);
        TrainingBatch batch = draw(set, network(space), settings(8, 1000), 0);
        int[] ids = batch.input().absorbedIds();
        double sum = 0;
        for (int i = 0; i < batch.targets().length; i++) {
            int position = batch.sites()[batch.rows()[i] / 3] * 3 + batch.rows()[i] % 3;
            assertThat(ids[position]).isEqualTo(4);
            sum += batch.weights()[i];
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    /** Looking at a few places only must not shift the loss: each masked place has the same expected weight. */
    @Test
    void fewerLossSitesLeaveTheExpectationAlone() {
        double[] expected = new double[64];
        int rounds = 4_000;
        for (int step = 0; step < rounds; step++) {
            TrainingBatch batch = draw(GLYPHS, NETWORK, settings(1, 4), step);
            for (int i = 0; i < batch.targets().length; i++) {
                expected[batch.sites()[batch.rows()[i]] % 64] += batch.weights()[i] / rounds;
            }
        }
        for (double weight : expected) {
            assertThat(weight).isCloseTo(1 / 64.0, within(0.006));
        }
    }

    /** Three batches in ten have known values, of which none is a target; validation measures what coding costs. */
    @Test
    void aPartOfTheBatchesIsInfilled() {
        Space space = Space.of(new int[] {20}, 4, Space.Scale.NOMINAL);
        List<int[]> all = Collections.nCopies(8, new int[20]);
        ItemSet items = PackedItemSet.of(space, all, null);
        Process process = Autoregressive.infilling(space);
        Network network = Network.of(
                new CausalTransformerConfig(1, 8, 2, 8, 0, false, 0), process, OutputDistribution.of(process));
        int infilled = 0;
        for (int step = 0; step < 300; step++) {
            TrainingBatch batch = draw(items, network, settings(8, 1000), step);
            double sum = 0;
            for (float weight : batch.weights()) {
                sum += weight;
            }
            assertThat(sum).isCloseTo(1, within(1e-4));
            infilled += batch.targets().length < 160 ? 1 : 0;
        }
        assertThat(infilled).isBetween(65, 115);
        int[] indices = IntStream.range(0, 8).toArray();
        MaskingObjective objective = new MaskingObjective(network, settings(8, 1000));
        for (int number = 0; number < 20; number++) {
            assertThat(objective
                            .draw(items, indices, Purpose.EVALUATION, number)
                            .targets())
                    .hasSize(160);
        }
    }

    /** What a network starts from that corrects counts is these alone. */
    @Test
    void correctedCountsStartWithoutFrequencies() {
        Space space = Space.of(new int[] {5}, 3, Space.Scale.NOMINAL);
        ItemSet items = PackedItemSet.of(space, Collections.nCopies(8, new int[5]), null);
        Process process = new Autoregressive(space, false);
        for (boolean counts : new boolean[] {false, true}) {
            Network network = Network.of(
                    new CausalTransformerConfig(1, 8, 2, 8, 0, counts, 0), process, OutputDistribution.of(process));
            float[] bias = new MaskingObjective(network, settings(8, 1000))
                    .initial(items)
                    .get(network.logitBias());
            assertThat(bias[0] == 0).isEqualTo(counts);
        }
    }

    /** A part of the labels is left out for learning, and none of them in validation, which measures the model that is used. */
    @Test
    void validationSeesEveryLabel() {
        int[] labels = IntStream.range(0, 300).map(i -> i % 4).toArray();
        Space space = Space.image(2, 3, 1, 4);
        ItemSet items = LabelledItemSet.of(
                PackedItemSet.of(space, Collections.nCopies(labels.length, new int[6]), null), labels);
        Process process = new OrderAgnostic(space, 1, Given.NOTHING.withClasses(4));
        Network labelled = new MaskingDefinition(
                        process, OutputDistribution.of(process), new TransformerConfig(1, 8, 2, 8, 0, 0), "")
                .buildNetwork();
        int[] all = IntStream.range(0, labels.length).toArray();
        MaskingObjective objective = new MaskingObjective(labelled, settings(labels.length, 1));
        assertThat(objective.draw(items, all, Purpose.EVALUATION, 0).input().labels(4))
                .isEqualTo(labels);
        assertThat(objective.draw(items, all, Purpose.CORRUPTION, 0).input().labels(4))
                .contains(4);
    }
}
