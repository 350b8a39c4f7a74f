package dev.ardm.train;

import static dev.ardm.train.EngineEquivalenceTest.gaussianWeights;
import static dev.ardm.train.EngineEquivalenceTest.relativeDifference;
import static dev.ardm.train.EngineEquivalenceTest.torch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.engine.LayerProbe;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.array.LabelledItemSet;
import dev.ardm.data.source.KnownSource;
import dev.ardm.data.source.Sources;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training on labelled items. */
@Tag("slow")
class LabelledTrainingTest {
    private static final int CLASSES = 4;
    private static final Space SPACE = Space.image(2, 3, 1, CLASSES);

    @TempDir
    Path folder;

    @BeforeAll
    static void oneThread() {
        TrainingRuntime.setThreads(1);
    }

    static Stream<NetworkConfig> kinds() {
        return Stream.of(
                new UNetConfig(List.of(16, 24), List.of(1, 1), List.of(1), List.of(false, false), 2, 4, 8, 16, 32, 0),
                new TransformerConfig(2, 32, 4, 64, 0, 0));
    }

    private static MaskingDefinition definition(NetworkConfig config, int classes) {
        Process process = new OrderAgnostic(SPACE, 1, Given.NOTHING.withClasses(classes));
        return new MaskingDefinition(process, OutputDistribution.of(process), config, "");
    }

    /** Each class prefers a value of its own, at every place. */
    private static KnownSource source(int label) {
        double[] distribution = new double[CLASSES];
        Arrays.fill(distribution, 0.1);
        distribution[label] = 0.7;
        double[][] distributions = new double[SPACE.dimensions()][];
        Arrays.fill(distributions, distribution);
        return Sources.independent(SPACE, distributions);
    }

    private static LabelledItemSet labelledItems(int each, long seed) {
        List<int[]> items = new ArrayList<>();
        int[] labels = new int[CLASSES * each];
        for (int label = 0; label < CLASSES; label++) {
            ItemSet drawn = source(label).items(each, seed * CLASSES + label);
            for (int i = 0; i < each; i++) {
                labels[items.size()] = label;
                items.add(drawn.item(i));
            }
        }
        return LabelledItemSet.of(PackedItemSet.of(SPACE, items, null), labels);
    }

    private static TrainingSettings settings(int batch, long steps) {
        return new TrainingSettings(
                steps, 0, batch, 4e-3, 30, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, TrainingSettings.Precision.FP32);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void enginesAgree(NetworkConfig config) {
        Network network = definition(config, CLASSES).buildNetwork();
        Weights weights = gaussianWeights(network);
        LabelledItemSet items = labelledItems(2, 1);
        int[] indices = IntStream.range(0, items.size()).toArray();
        TrainingBatch batch = TrainingBatch.of(items, indices, network, settings(8, 1), Purpose.EVALUATION, 0);
        assertThat(batch.input().labels(CLASSES)).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
        int[] places = IntStream.range(0, 8 * SPACE.dimensions()).toArray();
        Piece piece = new Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, batch.input(), places);
            }
        };
        assertThat(relativeDifference(torch(network, weights, piece), LayerProbe.run(network, weights, piece)))
                .isLessThan(1e-4);
    }

    @Test
    void aTenthIsLearntWithoutItsLabel() {
        LabelledItemSet items = labelledItems(50, 1);
        Network network =
                definition(new TransformerConfig(1, 8, 2, 8, 0, 0), CLASSES).buildNetwork();
        int[] counts = new int[CLASSES + 1];
        for (int step = 0; step < 20; step++) {
            TrainingBatch batch = TrainingBatchTest.draw(items, network, settings(200, 1), step);
            for (int row : batch.input().labels(CLASSES)) {
                counts[row]++;
            }
        }
        // Binomial of 4000: 400, with a standard deviation of 19.
        assertThat(counts[CLASSES]).isBetween(320, 480);
        for (int label = 0; label < CLASSES; label++) {
            assertThat(counts[label]).isBetween(820, 980);
        }
    }

    /** Runs without labels stay what they were: nothing more is drawn, and what else is drawn does not depend on labels. */
    @Test
    void withoutClassesLabelsChangeNothing() {
        LabelledItemSet items = labelledItems(50, 1);
        NetworkConfig config = new TransformerConfig(1, 8, 2, 8, 0, 0);
        TrainingBatch labelled =
                TrainingBatchTest.draw(items, definition(config, CLASSES).buildNetwork(), settings(16, 1), 3);
        for (ItemSet set : List.of(items, items.subset(IntStream.range(0, 200).toArray()))) {
            TrainingBatch plain =
                    TrainingBatchTest.draw(set, definition(config, 0).buildNetwork(), settings(16, 1), 3);
            assertThat(plain.targets()).isEqualTo(labelled.targets());
            assertThat(plain.sites()).isEqualTo(labelled.sites());
            assertThat(plain.weights()).isEqualTo(labelled.weights());
            assertThat(plain.input().absorbedIds()).isEqualTo(labelled.input().absorbedIds());
        }
    }

    /** Given the label, close to the entropy given the label; without it, no better than the entropy without. */
    @ParameterizedTest
    @MethodSource("kinds")
    void approachesTheConditionalEntropy(NetworkConfig config) throws IOException {
        KnownSource[] sources = IntStream.range(0, CLASSES)
                .mapToObj(LabelledTrainingTest::source)
                .toArray(KnownSource[]::new);
        double conditional = sources[0].entropyBits() / SPACE.dimensions();
        double marginal =
                Sources.mixture(new double[] {0.25, 0.25, 0.25, 0.25}, sources).entropyBits() / SPACE.dimensions();
        assertThat(marginal).isGreaterThan(1.15 * conditional);
        MaskingDefinition definition = definition(config, CLASSES);
        Splits.Split parts = Splits.holdOut(labelledItems(1_000, 1), 400, 0);
        TrainingSettings settings = settings(32, 300);
        Trainer trainer = new Trainer(new MaskingObjective(definition.buildNetwork(), settings), parts, settings);
        List<TrainingReport> reports = new ArrayList<>();
        trainer.train(
                folder,
                new TrainingListener() {
                    @Override
                    public void onReport(TrainingReport report, Weights averaged) {
                        reports.add(report);
                    }
                },
                () -> false);
        assertThat(reports.get(0).validationBits())
                .as("validation is given labels")
                .isLessThan((marginal + conditional) / 2);
        LikelihoodModel model = new MaskingModel(definition, trainer.averagedWeights(), Map.of(), Map.of()).open(1);
        LabelledItemSet fresh = labelledItems(100, 9);
        Plan plan = MaskingPlan.spread(
                Schedule.full(MaskingModel.of(model).process().steps()));
        List<Estimate> given = new ArrayList<>();
        List<int[]> all = new ArrayList<>();
        for (int label = 0; label < CLASSES; label++) {
            List<int[]> items = new ArrayList<>();
            for (int i = 0; i < fresh.size(); i++) {
                if (fresh.label(i) == label) {
                    items.add(fresh.item(i));
                }
            }
            all.addAll(items);
            given.add(model.given(Condition.label(label))
                    .estimator(Estimator.PLAN, plan, 1)
                    .measureValues(items, 0, LikelihoodModel.NO_PROGRESS));
        }
        requireCloseAbove(conditional, 1.05, Estimate.pooled(given));
        requireCloseAbove(
                marginal,
                1.08,
                model.estimator(Estimator.PLAN, plan, 1).measureValues(all, 0, LikelihoodModel.NO_PROGRESS));
    }

    private static void requireCloseAbove(double entropy, double factor, Estimate estimate) {
        assertThat(estimate.bitsPerDimension())
                .as(estimate.estimator())
                .isGreaterThan(entropy - 4 * estimate.standardError())
                .isLessThan(factor * entropy + 4 * estimate.standardError());
    }
}
