package dev.ardm.train.step;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
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
 * <p>A step changes what a layer makes of inputs of any size by the same part, however wide it is, which is meant to let one learning
 * rate suit all widths (Bernstein 2025, "Deriving Muon"): the largest singular value is the learning rate times the root of outputs by inputs, or of
 * 1 where there are more inputs. Ten times AdamW's rate was better than what makes both steps equally large.
 */
public final class Muon {
    private static final double MOMENTUM = 0.95;
    private static final int ITERATIONS = 5;
    private static final double[] POLYNOMIAL = {3.4445, -4.7750, 2.0315};
    /** Of the learning rate, which is AdamW's. */
    public static final double RATE = 10;

    private final Map<String, Tensor> matrices;
    private final Map<String, Tensor> momenta = new LinkedHashMap<>();
    private final double decay;

    /**
     * @param matrices parameters by name, of at least two extents, outputs first
     * @param decay decoupled decay, times the learning rate
     */
    public Muon(Map<String, Tensor> matrices, double decay) {
        this.matrices = new LinkedHashMap<>(matrices);
        this.decay = decay;
        try (PointerScope scope = new PointerScope()) {
            matrices.forEach((name, matrix) -> {
                Tensor momentum = torch.zeros(matrix.size(0), matrix.numel() / matrix.size(0));
                momentum.retainReference();
                momenta.put(name, momentum);
            });
        }
    }

    /** Moves every matrix by its gradient. */
    public void step(double rate) {
        try (NoGradGuard guard = new NoGradGuard()) {
            matrices.forEach((name, matrix) -> step(matrix, Objects.requireNonNull(momenta.get(name)), rate));
        }
    }

    private void step(Tensor matrix, Tensor momentum, double rate) {
        try (PointerScope scope = new PointerScope()) {
            Tensor values = rows(matrix);
            Tensor gradient = rows(matrix.grad());
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
    public static Tensor orthogonal(Tensor matrix) {
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

    /** Forgets the gradients of the matrices. */
    public void zeroGradients() {
        matrices.values().forEach(matrix -> matrix.mutable_grad().reset());
    }

    /** The momentum {@code [outputs * rest]} of each matrix, by the name of its parameter. */
    public Map<String, float[]> momenta() {
        Map<String, float[]> out = new LinkedHashMap<>();
        momenta.forEach((name, momentum) -> {
            float[] values = new float[(int) momentum.numel()];
            FloatBuffer buffer = momentum.createBuffer();
            buffer.get(values);
            out.put(name, values);
        });
        return out;
    }

    /** Goes on from momenta that there were, one for each matrix. */
    public void restore(Map<String, float[]> earlier) {
        momenta.forEach((name, momentum) -> {
            FloatBuffer buffer = momentum.createBuffer();
            buffer.put(Objects.requireNonNull(earlier.get(name)));
        });
    }
}
