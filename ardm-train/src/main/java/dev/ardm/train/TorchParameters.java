package dev.ardm.train;

import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Parameters as LibTorch tensors: one per parameter, convolution weights in LibTorch's OIHW extents. */
final class TorchParameters {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> precise;

    /** Parameters of layers that are all computed in the same precision. */
    TorchParameters(List<Layer> layers, Weights weights, boolean requiresGradient) {
        this(layers, Set.of(), weights, requiresGradient);
    }

    /**
     * @param precise names of the layers that are always computed in binary32
     * @param requiresGradient whether they are to be trained
     */
    TorchParameters(List<Layer> layers, Set<String> precise, Weights weights, boolean requiresGradient) {
        this.precise = Set.copyOf(precise);
        for (var layer : layers) {
            for (Parameter parameter : layer.parameters()) {
                Tensor tensor = toTorch(weights.get(parameter.name()), parameter.shape());
                tensor.retainReference();
                tensor.set_requires_grad(requiresGradient);
                tensors.put(parameter.name(), tensor);
                parameters.add(parameter);
            }
        }
    }

    private TorchParameters(TorchParameters of, Map<String, WeightGrid> grids) {
        precise = of.precise;
        parameters.addAll(of.parameters);
        for (Parameter parameter : parameters) {
            Tensor tensor = of.get(parameter.name());
            WeightGrid grid = grids.get(parameter.name());
            if (grid == null) {
                tensors.put(parameter.name(), tensor);
                continue;
            }
            Scalar step = new Scalar(grid.step());
            Tensor difference = tensor.detach().div(step).round().mul(step).sub(tensor.detach());
            tensors.put(parameter.name(), tensor.add(difference));
        }
    }

    /** These rounded to grids, for as long as the scope of pointers lasts; gradients are those of the parameters here. */
    TorchParameters rounded(Map<String, WeightGrid> grids) {
        return new TorchParameters(this, grids);
    }

    /** OHWI values become a tensor of OIHW extents whose memory stays OHWI (channels-last). */
    private static Tensor toTorch(float[] values, int[] shape) {
        long[] extents = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            extents[i] = shape[i];
        }
        Tensor tensor = AbstractTensor.create(values, extents);
        return shape.length == 4 ? tensor.permute(0, 3, 1, 2) : tensor;
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        return tensor;
    }

    /** Whether a layer is computed in binary32 also where others are not. */
    boolean precise(Layer layer) {
        return precise.contains(layer.name());
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The tensors of some parameters. */
    TensorVector vector(Predicate<Parameter> chosen) {
        return new TensorVector(parameters.stream()
                .filter(chosen)
                .map(parameter -> get(parameter.name()))
                .toArray(Tensor[]::new));
    }

    /** All tensors. */
    TensorVector vector() {
        return new TensorVector(tensors.values().toArray(new Tensor[0]));
    }

    /** A copy of the values, in the project's own layout. */
    Weights weights() {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope()) {
            for (Parameter parameter : parameters) {
                values.put(parameter.name(), values(get(parameter.name()).detach(), parameter));
            }
        }
        return new Weights(values);
    }

    /** A copy of the gradients, in the same layout, which become zero; those that there are none of are. */
    Weights gradients() {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope()) {
            for (Parameter parameter : parameters) {
                Tensor gradient = get(parameter.name()).grad();
                if (gradient.defined()) {
                    values.put(parameter.name(), values(gradient, parameter));
                    gradient.zero_();
                } else {
                    values.put(parameter.name(), new float[parameter.size()]);
                }
            }
        }
        return new Weights(values);
    }

    private static float[] values(Tensor tensor, Parameter parameter) {
        Tensor own = parameter.shape().length == 4 ? tensor.permute(0, 2, 3, 1) : tensor;
        float[] out = new float[parameter.size()];
        FloatBuffer buffer = own.contiguous().createBuffer();
        buffer.get(out);
        return out;
    }
}
