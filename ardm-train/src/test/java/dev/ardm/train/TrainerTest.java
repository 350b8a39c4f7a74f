package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.source.KnownSource;
import dev.ardm.data.source.Sources;
import dev.ardm.train.TrainingSettings.Optimizer;
import dev.ardm.train.TrainingSettings.Precision;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class TrainerTest {
    private static final UNetConfig TINY =
            new UNetConfig(List.of(16, 32), List.of(0, 1), List.of(1), List.of(false, true), 2, 4, 8, 16, 32, 0.1);

    @TempDir
    Path folder;

    @BeforeAll
    static void oneThread() {
        TrainingRuntime.setThreads(1);
    }

    private static TrainingSettings settings(long steps, double learningRate) {
        return new TrainingSettings(
                steps, 0, 16, learningRate, 10, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, TrainingSettings.Precision.FP32);
    }

    private static TrainingSettings settings(long steps, double learningRate, Optimizer optimizer) {
        return new TrainingSettings(
                steps, 0, 16, learningRate, 10, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, Precision.FP32, optimizer, 0);
    }

    private final ItemSet glyphs = GlyphImages.glyphs(120, 8, 2);
    private final Splits.Split split = Splits.holdOut(glyphs, 20, 0);
    private final Network network = Network.of(TINY, glyphs.space());

    private Trainer trainer(TrainingSettings settings) {
        return trainer(network, settings);
    }

    private Trainer trainer(Network network, TrainingSettings settings) {
        return new Trainer(new MaskingObjective(network, settings), split, settings);
    }

    private static void assertSame(Weights a, Weights b) {
        for (String name : a.names()) {
            assertThat(a.get(name)).as(name).isEqualTo(b.get(name));
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Optimizer.values())
                .flatMap(optimizer -> Stream.of(TINY, new TransformerConfig(2, 16, 2, 32, 8, 0.1))
                        .map(config -> Arguments.of(config, optimizer)));
    }

    /** Dropout is on, so that its draws have to resume as well. */
    @ParameterizedTest
    @MethodSource("kinds")
    void resumingGivesTheSameWeights(NetworkConfig config, Optimizer optimizer) throws IOException {
        TrainingSettings settings = settings(12, 1e-3, optimizer);
        Network network = Network.of(config, glyphs.space());
        Trainer whole = trainer(network, settings);
        whole.train(folder.resolve("whole"), new TrainingListener() {}, () -> false);

        Trainer first = trainer(network, settings);
        first.train(folder.resolve("parts"), new TrainingListener() {}, () -> first.step() == 5);
        assertThat(first.step()).isEqualTo(5);
        Trainer second =
                Trainer.resume(new MaskingObjective(network, settings), split, settings, folder.resolve("parts"));
        second.train(folder.resolve("parts"), new TrainingListener() {}, () -> false);

        assertThat(second.step()).isEqualTo(12);
        assertSame(whole.averagedWeights(), second.averagedWeights());
        try (var kept = Files.list(folder.resolve("parts"))) {
            assertThat(kept.map(p -> p.getFileName().toString())).containsExactly("step-12");
        }
    }

    /** Of noise nothing can be learnt but by heart, so what is best comes early. */
    @Test
    void theBestWeightsAreKeptAndResumed() throws IOException {
        Space space = Space.of(new int[] {6}, 8, Space.Scale.NOMINAL);
        Random random = new Random(3);
        List<int[]> items =
                Stream.generate(() -> random.ints(6, 0, 8).toArray()).limit(120).toList();
        Splits.Split noise = Splits.holdOut(PackedItemSet.of(space, items, null), 60, 0);
        Network body = Network.of(new TransformerConfig(1, 32, 2, 64, 8, 0), space);
        TrainingSettings settings = settings(1_600, 1e-2);
        MaskingObjective objective = new MaskingObjective(body, settings);
        List<Double> bounds = new ArrayList<>();
        TrainingListener reports = new TrainingListener() {
            @Override
            public void onReport(TrainingReport report, Weights averaged) {
                bounds.add(report.validationBits());
            }
        };
        Trainer whole = new Trainer(objective, noise, settings);
        whole.train(folder.resolve("whole"), reports, () -> false);
        BestWeights best = whole.bestWeights();
        assertThat(best.step()).isLessThan(800);
        assertThat(best.step() % 100).isZero();
        assertThat(bounds).singleElement().satisfies(last -> assertThat(best.bits())
                .isLessThan(last - 0.005));

        Trainer first = new Trainer(objective, noise, settings);
        first.train(folder.resolve("parts"), reports, () -> first.step() == 907);
        Trainer second = Trainer.resume(objective, noise, settings, folder.resolve("parts"));
        assertThat(second.bestWeights().step()).isEqualTo(best.step());
        second.train(folder.resolve("parts"), reports, () -> false);
        assertThat(second.bestWeights().bits()).isEqualTo(best.bits());
        assertSame(best.weights(), second.bestWeights().weights());
    }

    @Test
    void itemsBecomeAModelWithoutAFolder() throws IOException {
        TrainingSettings settings = settings(3, 1e-3);
        MaskingModel model = ModelTraining.train(
                glyphs, MaskingDefinition.of(glyphs.space(), TINY), settings, new TrainingListener() {});
        Trainer trainer =
                new Trainer(new MaskingObjective(network, settings), ModelTraining.split(glyphs, 2000, 5), settings);
        trainer.train(null, new TrainingListener() {}, () -> false);
        assertSame(trainer.bestWeights().weights(), model.weights());
        assertThat(ModelTraining.split(glyphs, 7, 5).validation().size()).isEqualTo(7);
        assertThat(ModelTraining.split(glyphs, 2000, 5).validation().size()).isEqualTo(12);
    }

    @Test
    void thereMustBeSomethingToResume() {
        TrainingSettings settings = settings(12, 1e-3);
        MaskingObjective objective = new MaskingObjective(network, settings);
        assertThatThrownBy(() -> Trainer.resume(objective, split, settings, folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void reportsAreDue() throws IOException {
        List<TrainingReport> reports = new ArrayList<>();
        trainer(settings(3, 1e-3))
                .train(
                        folder,
                        new TrainingListener() {
                            @Override
                            public void onReport(TrainingReport report, Weights averaged) {
                                reports.add(report);
                            }
                        },
                        () -> false);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).step()).isEqualTo(3);
        assertThat(reports.get(0).validationBits()).isBetween(0.1, 8.0);
        assertThat(reports.get(0).itemsPerSecond()).isPositive();
    }

    /** Momenta of one optimizer are of no use to the other. */
    @Test
    void aCheckpointOfAnotherOptimizerIsRefused() throws IOException {
        for (Optimizer optimizer : Optimizer.values()) {
            Path own = folder.resolve(optimizer.name());
            trainer(settings(2, 1e-3, optimizer)).train(own, new TrainingListener() {}, () -> false);
            Optimizer other = optimizer == Optimizer.MUON ? Optimizer.ADAMW : Optimizer.MUON;
            TrainingSettings settings = settings(4, 1e-3, other);
            assertThatThrownBy(() -> Trainer.resume(new MaskingObjective(network, settings), split, settings, own))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the checkpoint has the momenta of");
        }
    }

    /**
     * A source whose entropy is known exactly: no model may score below it on fresh items, and a trained one comes close,
     * in bound and in exact likelihood.
     */
    @ParameterizedTest
    @EnumSource
    void approachesTheEntropyOfAnIsingFieldFromAbove(Optimizer optimizer) throws IOException {
        KnownSource source = Sources.ising4x4(0.6, 0.1);
        ItemSet items = source.items(4_000, 1);
        Space space = items.space();
        Splits.Split parts = Splits.holdOut(items, 500, 0);
        TrainingSettings settings = settings(400, 4e-3, optimizer);
        Trainer trainer = new Trainer(new MaskingObjective(Network.of(TINY, space), settings), parts, settings);
        trainer.train(folder, new TrainingListener() {}, () -> false);
        requireCloseAbove(source, new MaskingModel(space, TINY, trainer.averagedWeights(), Map.of(), Map.of()), 1_000);
    }

    /**
     * The same of a transformer, on words of three kinds: their letters in even places tell the kind, those in odd places
     * are drawn alone.
     */
    @Test
    void aTransformerApproachesTheEntropyOfAMixtureFromAbove() throws IOException {
        Space space = Space.of(new int[] {8}, 5, Space.Scale.NOMINAL);
        KnownSource[] kinds = new KnownSource[3];
        for (int kind = 0; kind < 3; kind++) {
            double[] telling = {0.05, 0.05, 0.05, 0, 0};
            telling[kind] = 0.9;
            double[][] distributions = new double[8][];
            for (int place = 0; place < 8; place++) {
                distributions[place] = place % 2 == 0 ? telling : new double[] {0, 0, 0, 0.7, 0.3};
            }
            kinds[kind] = Sources.independent(space, distributions);
        }
        KnownSource source = Sources.mixture(new double[] {0.25, 0.25, 0.5}, kinds);
        TransformerConfig config = new TransformerConfig(2, 32, 4, 64, 0, 0);
        Splits.Split parts = Splits.holdOut(source.items(3_000, 1), 500, 0);
        TrainingSettings settings = new TrainingSettings(
                700, 0, 32, 4e-3, 50, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, TrainingSettings.Precision.FP32);
        Trainer trainer = new Trainer(new MaskingObjective(Network.of(config, space), settings), parts, settings);
        trainer.train(folder, new TrainingListener() {}, () -> false);
        requireCloseAbove(source, new MaskingModel(space, config, trainer.averagedWeights(), Map.of(), Map.of()), 300);
    }

    static Stream<MaskingDefinition> methods() {
        UNetConfig plain = new UNetConfig(List.of(16), List.of(1), List.of(), List.of(false), 1, 4, 8, 16, 32, 0);
        UNetConfig config =
                new UNetConfig(List.of(16), List.of(1), List.of(), List.of(false), 1, 4, 8, 16, 32, 0, true);
        Space gray = Space.image(2, 2, 1, 9);
        Upscale upscale = new Upscale(gray, 3, Given.NOTHING);
        Upscale tree = new Upscale(
                Space.of(new int[] {4}, 9, Space.Scale.NOMINAL), 3, Given.NOTHING, new int[] {0, 3, 6, 1, 4, 7, 2, 5, 8
                });
        Process single = new OrderAgnostic(gray);
        Process pixels = new OrderAgnostic(Space.image(2, 1, 2, 9), 2, Given.NOTHING);
        return Stream.of(
                new MaskingDefinition(upscale, OutputDistribution.of(upscale), plain, ""),
                new MaskingDefinition(upscale, new Digits(2, 3), plain, ""),
                new MaskingDefinition(upscale, new LogisticMixture(3, 1), plain, ""),
                new MaskingDefinition(
                        tree, OutputDistribution.of(tree), new TransformerConfig(1, 32, 4, 64, 16, 0), ""),
                new MaskingDefinition(single, new LogisticMixture(3, 1), config, ""),
                new MaskingDefinition(pixels, new LogisticMixture(4, 2), config, ""));
    }

    /**
     * Four values that are all near one of three levels: what the ones tell of the others has to be learnt, and stages,
     * units and distributions must not stand in the way.
     */
    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodApproachesTheEntropyOfLevelsFromAbove(MaskingDefinition definition) throws IOException {
        Space space = definition.space();
        KnownSource[] levels = new KnownSource[3];
        for (int level = 0; level < 3; level++) {
            double[] distribution = new double[9];
            double sum = 0;
            for (int value = 0; value < 9; value++) {
                double z = (value - (1 + 3 * level)) / 0.5;
                distribution[value] = 1 / Math.pow(Math.cosh(z / 2), 2);
                sum += distribution[value];
            }
            for (int value = 0; value < 9; value++) {
                distribution[value] /= sum;
            }
            levels[level] =
                    Sources.independent(space, new double[][] {distribution, distribution, distribution, distribution});
        }
        KnownSource source = Sources.mixture(new double[] {0.3, 0.3, 0.4}, levels);
        Splits.Split parts = Splits.holdOut(source.items(4_000, 1), 500, 0);
        TrainingSettings settings = new TrainingSettings(
                400, 0, 32, 6e-3, 30, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, TrainingSettings.Precision.FP32);
        Trainer trainer = new Trainer(new MaskingObjective(definition.buildNetwork(), settings), parts, settings);
        trainer.train(folder, new TrainingListener() {}, () -> false);
        requireCloseAbove(source, new MaskingModel(definition, trainer.averagedWeights(), Map.of(), Map.of()), 500);
    }

    /** On fresh items: no closer to the entropy from below than chance allows, and not far above it. */
    private static void requireCloseAbove(KnownSource source, MaskingModel trained, int count) {
        LikelihoodModel model = trained.open(1);
        ItemSet drawn = source.items(count, 99);
        List<int[]> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fresh.add(drawn.item(i));
        }
        double entropy = source.entropyBits() / source.space().dimensions();
        for (Estimate estimate : List.of(
                model.estimator(
                                Estimator.PLAN,
                                MaskingPlan.spread(Schedule.full(
                                        MaskingModel.of(model).process().steps())),
                                1)
                        .measureValues(fresh, 0, LikelihoodModel.NO_PROGRESS),
                model.estimator(Estimator.BOUND, model.plan(1), 4)
                        .measureValues(fresh, 1, LikelihoodModel.NO_PROGRESS))) {
            assertThat(estimate.bitsPerDimension())
                    .as(estimate.estimator())
                    .isGreaterThan(entropy - 4 * estimate.standardError())
                    .isLessThan(1.08 * entropy + 4 * estimate.standardError());
        }
    }
}
