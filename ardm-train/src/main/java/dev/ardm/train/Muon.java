package dev.ardm.train;

import dev.ardm.core.network.Layer.Parameter;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon (Jordan et al. 2024): momentum of a matrix's gradients, Nesterov's, made orthogonal, so that a step changes all
 * directions alike, also those that few examples ask for. Convolutions are matrices of outputs times everything that an output sees.
 *
 * <p>A step changes what a layer makes of inputs of any size by the same part, however wide it is, so that one learning rate suits all
 * widths (Bernstein 2025, "Deriving Muon"): the largest singular value is the learning rate times the root of outputs by inputs, or of
 * 1 where there are more inputs. It is ten times AdamW's rate, at which both learn best together.
 */
final class Muon {
    private static final double MOMENTUM = 0.95;
    private static final int ITERATIONS = 5;
    private static final double[] POLYNOMIAL = {3.4445, -4.7750, 2.0315};
    /** Of the learning rate, which is AdamW's. */
    static final double RATE = 10;

    private final Map<Parameter, Tensor> momenta = new LinkedHashMap<>();
    private final TorchParameters parameters;
    private final double decay;

    /**
     * @param matrices parameters of at least two extents, outputs first
     * @param decay decoupled decay, times the learning rate
     */
    Muon(TorchParameters parameters, List<Parameter> matrices, double decay) {
        this.parameters = parameters;
        this.decay = decay;
        try (PointerScope scope = new PointerScope()) {
            for (Parameter matrix : matrices) {
                Tensor momentum = torch.zeros(matrix.shape()[0], matrix.size() / matrix.shape()[0]);
                momentum.retainReference();
                momenta.put(matrix, momentum);
            }
        }
    }

    /** Moves every matrix by its gradient. */
    void step(double rate) {
        try (NoGradGuard guard = new NoGradGuard()) {
            momenta.forEach((matrix, momentum) -> step(matrix, momentum, rate));
        }
    }

    private void step(Parameter matrix, Tensor momentum, double rate) {
        try (PointerScope scope = new PointerScope()) {
            Tensor values = rows(parameters.get(matrix.name()));
            Tensor gradient = rows(parameters.get(matrix.name()).grad());
            momentum.lerp_(gradient, new Scalar(1 - MOMENTUM));
            Tensor direction = orthogonal(gradient.lerp(momentum, new Scalar(MOMENTUM)));
            double scale = RATE * Math.sqrt(Math.max(1, values.size(0) / (double) values.size(1)));
            values.mul_(new Scalar(1 - rate * decay));
            values.add_(direction, new Scalar(-rate * scale));
        }
    }

    /** The matrix {@code [outputs, rest]} of a parameter, in its own memory where that is in this order. */
    private static Tensor rows(Tensor tensor) {
        Tensor inOrder = tensor.dim() == 4 ? tensor.permute(0, 2, 3, 1) : tensor;
        return inOrder.reshape(tensor.size(0), -1);
    }

    /**
     * The nearest matrix with orthogonal rows, or columns where there are fewer of them: singular values become about 1, by five steps of a
     * Newton-Schulz iteration whose polynomial lifts small ones fast and leaves them between 0.7 and 1.2.
     *
     * @param matrix {@code [m, n]}
     */
    static Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.size(0) > matrix.size(1);
        Tensor x = tall ? matrix.t() : matrix;
        x = x.div(x.norm().add(new Scalar(1e-7)));
        for (int i = 0; i < ITERATIONS; i++) {
            Tensor gram = x.mm(x.t());
            Tensor factor = gram.mul(new Scalar(POLYNOMIAL[1])).add(gram.mm(gram), new Scalar(POLYNOMIAL[2]));
            x = x.mul(new Scalar(POLYNOMIAL[0])).add(factor.mm(x));
        }
        return tall ? x.t() : x;
    }

    void zeroGradients() {
        momenta.keySet()
                .forEach(matrix -> parameters.get(matrix.name()).mutable_grad().reset());
    }

    /** The momentum {@code [outputs * rest]} of each matrix, by the name of its parameter. */
    Map<String, float[]> momenta() {
        Map<String, float[]> out = new LinkedHashMap<>();
        momenta.forEach((matrix, momentum) -> {
            float[] values = new float[matrix.size()];
            FloatBuffer buffer = momentum.createBuffer();
            buffer.get(values);
            out.put(matrix.name(), values);
        });
        return out;
    }

    /** Goes on from momenta that there were. */
    void restore(Map<String, float[]> earlier) {
        momenta.forEach((matrix, momentum) -> {
            FloatBuffer buffer = momentum.createBuffer();
            buffer.put(Objects.requireNonNull(earlier.get(matrix.name())));
        });
    }
}
