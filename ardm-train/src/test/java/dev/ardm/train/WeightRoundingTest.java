package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import dev.ardm.core.weights.WeightsWriter;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WeightRoundingTest {
    private static final UNetConfig TINY =
            new UNetConfig(List.of(8, 16), List.of(0, 1), List.of(1), List.of(false, true), 2, 4, 8, 16, 16, 0);

    private static final ItemSet GLYPHS = GlyphImages.glyphs(160, 8, 2);
    private static final Splits.Split SPLIT = Splits.holdOut(GLYPHS, 40, 0);
    private static final Network NETWORK = Network.of(TINY, GLYPHS.space());
    private static final TrainingListener SILENT = new TrainingListener() {};

    private static Weights trained = new Weights(Map.of());

    private static TrainingSettings settings(long steps) {
        return new TrainingSettings(
                steps, 0, 16, 3e-3, 10, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, TrainingSettings.Precision.FP32);
    }

    @BeforeAll
    static void train() throws IOException {
        TrainingRuntime.setThreads(1);
        Trainer trainer = new Trainer(new MaskingObjective(NETWORK, settings(120)), SPLIT, settings(120));
        trainer.train(null, SILENT, () -> false);
        trained = trainer.averagedWeights();
    }

    private static WeightRounding rounding(boolean tuned) {
        return new WeightRounding(new MaskingObjective(NETWORK, settings(120)), trained, SPLIT, 32, tuned);
    }

    @Test
    void losesNoMoreThanAsked() {
        WeightRounding rounding = rounding(false);
        long before = Long.MAX_VALUE;
        for (double part : new double[] {0.001, 0.01, 0.1}) {
            RoundedWeights rounded = rounding.losing(part);
            assertThat(rounding.bits(rounded.weights()) / rounding.exactBits() - 1)
                    .isLessThanOrEqualTo(part);
            assertThat(rounding.bytes(rounded)).isLessThan(before);
            before = rounding.bytes(rounded);
        }
        assertThat(before).isLessThan(NETWORK.parameterCount() / 2);
        RoundedWeights rounded = rounding.losing(0.01);
        assertThat(rounding.bytes(rounded)).isLessThan(NETWORK.parameterCount());
        assertThat(rounding(false).losing(0.01).weights().get("in.value.weight"))
                .as("the same again")
                .isEqualTo(rounded.weights().get("in.value.weight"));
    }

    /** What looking at the loss is for: steps in proportion to the largest weight of each tensor lose more at no fewer bytes. */
    @Test
    void stepsByCurvatureLoseLessThanStepsByRange() {
        WeightRounding rounding = rounding(false);
        RoundedWeights chosen = rounding.losing(0.02);
        WeightsWriter writer = new WeightsWriter();
        Weights byRange = trained.map(values -> {
            float most = 0;
            for (float value : values) {
                most = Math.max(most, Math.abs(value));
            }
            return most == 0 ? values : WeightGrid.near(most / 7.5).round(values);
        });
        NETWORK.layers().forEach(layer -> layer.parameters()
                .forEach(each -> writer.add(each.name(), each.shape(), byRange.get(each.name()))));
        assertThat((long) writer.toBytes().length).isGreaterThan(rounding.bytes(chosen));
        assertThat(rounding.bits(byRange)).isGreaterThan(rounding.bits(chosen.weights()));
    }

    @Test
    void aModelForMoreItemsHasMoreBytes() {
        WeightRounding rounding = rounding(false);
        long before = 0;
        for (long items : new long[] {10, 1_000, 100_000}) {
            RoundedWeights rounded = rounding.forItems(items);
            assertThat(rounding.bytes(rounded)).isGreaterThan(before);
            before = rounding.bytes(rounded);
            double values = (double) items * GLYPHS.space().dimensions();
            double total = before + values * rounding.bits(rounded.weights()) / 8;
            for (double part : new double[] {0.0005, 0.3}) {
                RoundedWeights other = rounding.losing(part);
                assertThat(rounding.bytes(other) + values * rounding.bits(other.weights()) / 8)
                        .isGreaterThanOrEqualTo(total * 0.99);
            }
        }
    }

    @Test
    void trainingWithRoundedWeightsTakesLossBack() throws IOException {
        WeightRounding rounding = rounding(true);
        RoundedWeights rounded = rounding.losing(0.1);
        double before = rounding.bits(rounded.weights());
        assertThat(before).isGreaterThan(rounding.exactBits() * 1.05);
        RoundedWeights tuned = rounding.tune(rounded, settings(80), SILENT, () -> false);
        double lost = rounding.bits(tuned.weights()) - rounding.exactBits();
        assertThat(lost).isLessThan((before - rounding.exactBits()) / 2);
        assertThat(tuned.grids()).isEqualTo(rounded.grids());
        assertThat(rounding.bytes(tuned)).as("on the same grids").isLessThan(rounding.bytes(rounded) * 12 / 10);
        // Without a step there is nothing better than what there was.
        assertThat(rounding.tune(rounded, settings(80), SILENT, () -> true)).isEqualTo(rounded);
    }

    /** Straight through: the loss is that of the rounded weights, and so is the gradient. */
    @Test
    void gradientsOfRoundedWeightsAreThoseWhereTheyAre() {
        WeightRounding rounding = rounding(false);
        RoundedWeights rounded = rounding.losing(0.05);
        MaskingObjective objective = new MaskingObjective(NETWORK, settings(1));
        RoundedObjective<TrainingBatch> straight = new RoundedObjective<>(objective, trained, rounded.grids());
        int[] indices = IntStream.range(0, 8).toArray();
        TrainingBatch batch = objective.draw(GLYPHS, indices, Purpose.CORRUPTION, 3);
        TorchParameters latent = new TorchParameters(NETWORK.layers(), trained, true);
        TorchParameters there = new TorchParameters(NETWORK.layers(), rounded.weights(), true);
        try (PointerScope scope = new PointerScope()) {
            Tensor loss = straight.loss(new TorchOps(latent, true), batch);
            Tensor expected = objective.loss(new TorchOps(there, true), batch);
            assertThat(loss.item_double()).isCloseTo(expected.item_double(), within(1e-6));
            loss.backward();
            expected.backward();
        }
        Weights gradients = latent.gradients();
        Weights same = there.gradients();
        for (String name : trained.names()) {
            double square = 0;
            double difference = 0;
            for (int i = 0; i < same.get(name).length; i++) {
                square += same.get(name)[i] * (double) same.get(name)[i];
                difference += Math.pow(same.get(name)[i] - (double) gradients.get(name)[i], 2);
            }
            assertThat(difference).as(name).isLessThanOrEqualTo(1e-6 * square);
        }
        // They were taken: what follows begins from zero.
        assertThat(latent.gradients().get("in.value.weight")).containsOnly(0);
    }
}
