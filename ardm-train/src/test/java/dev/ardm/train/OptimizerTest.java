package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

/** The optimiser is AdamW (Loshchilov and Hutter 2019) with the settings' own numbers, step by step. */
class OptimizerTest {
    @Test
    void stepsAreThoseOfTheFormula() {
        double rate = 0.1;
        double beta1 = 0.9;
        double beta2 = 0.99;
        double decay = 0.02;
        TrainingSettings settings = new TrainingSettings(
                10, 0, 1, rate, 0, decay, beta2, 1, 0.9, 1, 0, 0, 60, TrainingSettings.Precision.FP32);
        float[] gradients = {1, 0, -2, 0.5f, 0.5f, 3};
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = AbstractTensor.create(new float[] {0.7f}, 1);
            weight.set_requires_grad(true);
            AdamW optimizer = new AdamW(new TensorVector(weight), Optimization.options(settings, decay));
            double expected = 0.7f;
            double mean = 0;
            double square = 0;
            for (int step = 1; step <= gradients.length; step++) {
                float gradient = gradients[step - 1];
                optimizer.zero_grad();
                weight.mul(new Scalar(gradient)).sum().backward();
                optimizer.step();
                expected -= rate * decay * expected;
                mean = beta1 * mean + (1 - beta1) * gradient;
                square = beta2 * square + (1 - beta2) * gradient * gradient;
                double corrected = square / (1 - Math.pow(beta2, step));
                expected -= rate * mean / (1 - Math.pow(beta1, step)) / (Math.sqrt(corrected) + 1e-8);
                assertThat((double) weight.item_float()).as("step " + step).isCloseTo(expected, within(1e-5));
            }
        }
    }
}
