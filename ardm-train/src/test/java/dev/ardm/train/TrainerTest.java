package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Model;
import dev.ardm.core.network.UNet;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.KnownSource;
import dev.ardm.data.Sources;
import dev.ardm.data.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                steps, 0, 16, learningRate, 10, 0.01, 0.99, 1, 0.98, 64, 5, 3600, TrainingSettings.Precision.FP32);
    }

    private final ItemSet glyphs = GlyphImages.glyphs(120, 8, 2);
    private final Splits.Split split = Splits.holdOut(glyphs, 20, 0);
    private final UNet network = new UNet(glyphs.space(), TINY);

    private Trainer trainer(TrainingSettings settings) {
        return new Trainer(network, new OrderAgnostic(glyphs.space()), split.training(), split.validation(), settings);
    }

    private static void assertSame(Weights a, Weights b) {
        for (String name : a.names()) {
            assertThat(a.get(name)).as(name).isEqualTo(b.get(name));
        }
    }

    /** Dropout is on, so that its draws have to resume as well. */
    @Test
    void resumingGivesTheSameWeights() throws IOException {
        Trainer whole = trainer(settings(12, 1e-3));
        whole.train(folder.resolve("whole"), new TrainingListener() {}, () -> false);

        Trainer first = trainer(settings(12, 1e-3));
        first.train(folder.resolve("parts"), new TrainingListener() {}, () -> first.step() == 5);
        assertThat(first.step()).isEqualTo(5);
        Trainer second = Trainer.resume(
                network,
                new OrderAgnostic(glyphs.space()),
                split.training(),
                split.validation(),
                settings(12, 1e-3),
                folder.resolve("parts"));
        second.train(folder.resolve("parts"), new TrainingListener() {}, () -> false);

        assertThat(second.step()).isEqualTo(12);
        assertSame(whole.averagedWeights(), second.averagedWeights());
        try (var kept = Files.list(folder.resolve("parts"))) {
            assertThat(kept.map(p -> p.getFileName().toString())).containsExactly("step-12");
        }
    }

    @Test
    void thereMustBeSomethingToResume() {
        assertThatThrownBy(() -> Trainer.resume(
                        network,
                        new OrderAgnostic(glyphs.space()),
                        split.training(),
                        split.validation(),
                        settings(12, 1e-3),
                        folder.resolve("none")))
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

    /**
     * A source whose entropy is known exactly: no model may score below it on fresh items, and a trained one comes close,
     * in bound and in exact likelihood.
     */
    @Test
    void approachesTheEntropyOfAnIsingFieldFromAbove() throws IOException {
        KnownSource source = Sources.ising4x4(0.6, 0.1);
        ItemSet items = source.items(4_000, 1);
        Space space = items.space();
        Splits.Split parts = Splits.holdOut(items, 500, 0);
        UNet field = new UNet(space, TINY);
        Trainer trainer =
                new Trainer(field, new OrderAgnostic(space), parts.training(), parts.validation(), settings(400, 4e-3));
        trainer.train(folder, new TrainingListener() {}, () -> false);
        ArdmModel model = new ArdmModel(new Model(space, TINY, trainer.averagedWeights(), Map.of(), Map.of()), 1);

        ItemSet drawn = source.items(1_000, 99);
        List<int[]> fresh = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fresh.add(drawn.item(i));
        }
        double entropy = source.entropyBits() / space.dimensions();
        Estimate exact = model.exactForOrder(fresh, Plan.spread(model.fullSchedule()), ArdmModel.NO_PROGRESS);
        Estimate bound = model.bound(fresh, 4, 1, ArdmModel.NO_PROGRESS);
        assertThat(exact.bitsPerDimension())
                .isGreaterThan(entropy - 4 * exact.standardError())
                .isLessThan(1.08 * entropy + 4 * exact.standardError());
        assertThat(bound.bitsPerDimension())
                .isGreaterThan(entropy - 4 * bound.standardError())
                .isLessThan(1.08 * entropy + 4 * bound.standardError());
    }
}
