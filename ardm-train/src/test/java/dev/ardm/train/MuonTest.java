package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.train.TrainingSettings.Optimizer;
import dev.ardm.train.TrainingSettings.Precision;
import dev.ardm.train.step.Muon;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Muon by its definition: directions by their singular values, steps by the formula in binary64. */
class MuonTest {
    private static final double DECAY = 0.3;

    /** Also where the gradient is mostly of low rank. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,40", "40,1", "8,8", "24,216", "96,32"})
    void singularValuesBecomeAboutOne(int rows, int columns) {
        RandomStream random = RandomStream.of(1, Purpose.TEST, rows);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian()
                    * Math.pow(10, -2.0 * (rows < columns ? i / columns : i % columns) / Math.min(rows, columns)));
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor matrix = AbstractTensor.create(values, rows, columns);
            int rank = Math.min(rows, columns);
            float[] before = values(torch.linalg_svdvals(matrix));
            if (rank > 1) {
                assertThat(before[0] / before[rank - 1]).isGreaterThan(10);
            }
            float[] after = values(torch.linalg_svdvals(Muon.orthogonal(matrix)));
            assertThat(after).hasSize(rank);
            for (float value : after) {
                assertThat(value).isBetween(0.6f, 1.3f);
            }
        }
    }

    private static float[] values(Tensor tensor) {
        float[] out = new float[(int) tensor.numel()];
        FloatBuffer buffer = tensor.contiguous().createBuffer();
        buffer.get(out);
        return out;
    }

    static List<Layer> layers() {
        return List.of(
                new Conv2d("layer", 3, 4, 3, 1, Layer.Init.FAN_IN),
                new Conv2d("layer", 5, 2, 1, 1, Layer.Init.FAN_IN),
                new Conv1d("layer", 2, 3, 3, 1, true, Layer.Init.FAN_IN),
                new Linear("layer", 2, 7, Layer.Init.FAN_IN));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void stepsAreThoseOfTheFormula(Layer layer) {
        Weights weights = Weights.initial(() -> List.of(layer), 3);
        TorchParameters parameters = new TorchParameters(List.of(layer), weights, true);
        Layer.Parameter weight = layer.parameters().get(0);
        Muon muon = new Muon(Map.of("layer.weight", parameters.get("layer.weight")), DECAY);
        int rows = weight.shape()[0];
        int columns = weight.size() / rows;
        double[][] expected = matrix(weights.get("layer.weight"), rows);
        double[][] momentum = new double[rows][columns];
        for (int step = 0; step < 4; step++) {
            RandomStream random = RandomStream.of(step, Purpose.TEST, 0);
            float[] gradient = new float[weight.size()];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) random.nextGaussian();
            }
            double rate = 0.02 / (1 + step);
            try (PointerScope scope = new PointerScope()) {
                muon.zeroGradients();
                TorchParameters slopes =
                        new TorchParameters(List.of(layer), weights.with("layer.weight", gradient), false);
                parameters
                        .get("layer.weight")
                        .mul(slopes.get("layer.weight"))
                        .sum()
                        .backward();
                muon.step(rate);
            }
            momentum = sum(0.95, momentum, 0.05, matrix(gradient, rows));
            double[][] direction = orthogonal(sum(0.05, matrix(gradient, rows), 0.95, momentum));
            double scale = 10 * Math.sqrt(Math.max(1, rows / (double) columns));
            expected = sum(1 - rate * DECAY, expected, -rate * scale, direction);
            float[] now = parameters.weights().get("layer.weight");
            for (int i = 0; i < now.length; i++) {
                assertThat((double) now[i])
                        .as("step " + step)
                        .isCloseTo(expected[i / columns][i % columns], within(1e-4));
            }
        }
        assertThat(parameters.weights().get("layer.bias")).isEqualTo(weights.get("layer.bias"));
    }

    private static double[][] matrix(float[] values, int rows) {
        int columns = values.length / rows;
        double[][] out = new double[rows][columns];
        for (int i = 0; i < values.length; i++) {
            out[i / columns][i % columns] = values[i];
        }
        return out;
    }

    private static double[][] sum(double a, double[][] x, double b, double[][] y) {
        double[][] out = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                out[i][j] = a * x[i][j] + b * y[i][j];
            }
        }
        return out;
    }

    private static double[][] product(double[][] x, double[][] y) {
        double[][] out = new double[x.length][y[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < y.length; k++) {
                for (int j = 0; j < y[0].length; j++) {
                    out[i][j] += x[i][k] * y[k][j];
                }
            }
        }
        return out;
    }

    private static double[][] transposed(double[][] x) {
        double[][] out = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                out[j][i] = x[i][j];
            }
        }
        return out;
    }

    /** X to 3.4445 X - 4.7750 X X' X + 2.0315 X X' X X' X, five times, from X of norm 1. */
    private static double[][] orthogonal(double[][] matrix) {
        double norm = 0;
        for (double[] row : matrix) {
            for (double value : row) {
                norm += value * value;
            }
        }
        double[][] x = sum(1 / Math.sqrt(norm), matrix, 0, matrix);
        for (int i = 0; i < 5; i++) {
            double[][] third = product(product(x, transposed(x)), x);
            double[][] fifth = product(product(x, transposed(x)), third);
            x = sum(1, sum(3.4445, x, -4.7750, third), 2.0315, fifth);
        }
        return x;
    }

    @Test
    void itIsForMatricesBetweenTheFirstAndTheLastLayer() {
        UNetConfig config = new UNetConfig(List.of(8), List.of(1), List.of(), List.of(false), 1, 1, 2, 2, 4, 0);
        Network network = Network.of(config, Space.image(4, 4, 1, 5));
        TrainingSettings adamW = TrainingSettings.defaults();
        MaskingObjective objective = new MaskingObjective(network, adamW);
        TorchParameters parameters = new TorchParameters(network.layers(), Weights.initial(network, 0), true);
        Set<String> taken = new Optimization(parameters, objective.outerLayers(), muon())
                .muon()
                .momenta()
                .keySet();
        assertThat(taken)
                .containsExactlyInAnyOrder(
                        "time.0.weight",
                        "time.1.weight",
                        "down.0.block0.conv1.weight",
                        "down.0.block0.time.weight",
                        "down.0.block0.conv2.weight",
                        "head.hidden.weight");
        assertThat(new Optimization(parameters, objective.outerLayers(), withOptimizer(Optimizer.ADAMW))
                        .muon()
                        .momenta())
                .isEmpty();
        RoundedObjective<?> rounded = new RoundedObjective<>(objective, Weights.initial(network, 0), Map.of());
        assertThat(rounded.outerLayers()).isEqualTo(objective.outerLayers());
    }

    private static TrainingSettings muon() {
        return withOptimizer(Optimizer.MUON);
    }

    private static TrainingSettings withOptimizer(Optimizer optimizer) {
        return new TrainingSettings(1, 0, 1, 0.1, 0, 0, 0.99, 1, 0.9, 1, 0, 0, 60, Precision.FP32, optimizer, 0);
    }
}
