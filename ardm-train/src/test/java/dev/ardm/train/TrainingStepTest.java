package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a step does, by the definitions, on a loss of two parameters whose gradients are known: clipping by the norm, linear warm-up
 * and cosine decay to 1 %, AdamW with decay of the weight alone, and the average of the weights, on which validation is measured.
 */
class TrainingStepTest {
    private static final Linear LAYER = new Linear("layer", 1, 1, Layer.Init.ONE);
    private static final float WEIGHT = 2;
    private static final float BIAS = -1;
    private static final int STEPS = 40;
    private static final int WARM_UP = 7;
    private static final double RATE = 0.05;
    private static final double DECAY = 0.6;
    private static final double CLIP = 1.5;
    private static final double AVERAGING = 0.8;
    private static final TrainingSettings SETTINGS = new TrainingSettings(
            STEPS, 0, 2, RATE, WARM_UP, DECAY, 0.95, CLIP, AVERAGING, 1, 0, 3, 1e-9, TrainingSettings.Precision.FP32);

    /** Gradients of the weight and of the bias; some are longer than the largest norm, others shorter. */
    private static double[] gradient(long step) {
        return new double[] {3 * Math.sin(step), 0.4 + Math.cos(3 * step)};
    }

    private record Batch(boolean training, long step) {}

    /** The loss of a step is linear in both parameters. That of validation is their value at 1, behind a dropout. */
    private static final class Known implements Objective<Batch> {
        @Override
        public List<Layer> layers() {
            return List.of(LAYER);
        }

        @Override
        public Weights initial(ItemSet items) {
            return new Weights(Map.of("layer.weight", new float[] {WEIGHT}, "layer.bias", new float[] {BIAS}));
        }

        @Override
        public Batch draw(ItemSet items, int[] indices, Purpose purpose, long number) {
            return new Batch(purpose == Purpose.CORRUPTION, number);
        }

        @Override
        public Tensor loss(TorchOps ops, Batch batch) {
            if (!batch.training) {
                return ops.dropout(ops.linear(ops.input(new float[] {1}, 1, 1), LAYER), 0.5f)
                        .sum();
            }
            double[] gradient = gradient(batch.step);
            float input = (float) (gradient[0] / gradient[1]);
            return ops.linear(ops.input(new float[] {input}, 1, 1), LAYER)
                    .mul(new Scalar(gradient[1]))
                    .sum();
        }
    }

    @BeforeAll
    static void oneThread() {
        TrainingRuntime.setThreads(1);
    }

    @Test
    void everyStepIsThatOfTheDefinitions() throws IOException {
        ItemSet items = PackedItemSet.of(
                Space.of(new int[] {1}, 2, Space.Scale.NOMINAL), Collections.nCopies(4, new int[1]), null);
        Trainer trainer = new Trainer(new Known(), Splits.holdOut(items, 2, 0), SETTINGS);
        List<Weights> averaged = new ArrayList<>();
        List<TrainingReport> reports = new ArrayList<>();
        trainer.train(
                null,
                new TrainingListener() {
                    @Override
                    public void onStep(long step, double fraction, double bits) {
                        averaged.add(trainer.averagedWeights());
                    }

                    @Override
                    public void onReport(TrainingReport report, Weights weights) {
                        reports.add(report);
                    }
                },
                () -> false);
        assertThat(averaged).hasSize(STEPS);
        assertThat(reports).hasSize(STEPS);
        double[] value = {WEIGHT, BIAS};
        double[] decays = {DECAY, 0};
        double[] mean = new double[2];
        double[] square = new double[2];
        double[] average = value.clone();
        int clipped = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(step);
            double norm = Math.hypot(gradient[0], gradient[1]);
            double scale = Math.min(1, CLIP / norm);
            clipped += scale < 1 ? 1 : 0;
            double rate = RATE
                    * Math.min(1, (step + 1.0) / WARM_UP)
                    * (0.01 + 0.99 * (1 + Math.cos(Math.PI * step / STEPS)) / 2);
            double kept = Math.min(AVERAGING, (1.0 + step) / (10.0 + step));
            for (int k = 0; k < 2; k++) {
                mean[k] = 0.9 * mean[k] + 0.1 * scale * gradient[k];
                square[k] = 0.95 * square[k] + 0.05 * scale * gradient[k] * scale * gradient[k];
                value[k] -= rate * decays[k] * value[k];
                value[k] -= rate
                        * mean[k]
                        / (1 - Math.pow(0.9, step + 1))
                        / (Math.sqrt(square[k] / (1 - Math.pow(0.95, step + 1))) + 1e-8);
                average[k] = kept * average[k] + (1 - kept) * value[k];
            }
            String at = "step " + step;
            assertThat((double) averaged.get(step).get("layer.weight")[0])
                    .as(at)
                    .isCloseTo(average[0], within(2e-5));
            assertThat((double) averaged.get(step).get("layer.bias")[0]).as(at).isCloseTo(average[1], within(2e-5));
            TrainingReport report = reports.get(step);
            assertThat(report.learningRate()).as(at).isCloseTo(rate, within(1e-12));
            assertThat(report.gradientNorm()).as(at).isCloseTo(norm, within(1e-5));
            assertThat(report.validationBits()).as(at).isCloseTo((average[0] + average[1]) / Math.log(2), within(1e-4));
        }
        assertThat(clipped).isBetween(5, STEPS - 5);
    }
}
