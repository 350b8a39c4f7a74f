package dev.ardm.train;

import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.train.TrainingSettings.Optimizer;
import dev.ardm.train.step.Muon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.OptimizerParamGroupVector;
import org.bytedeco.pytorch.Tensor;

/** Moves parameters by their gradients: {@link Muon} the matrices that it is for, AdamW all others. */
final class Optimization {
    private final AdamW adamW;
    private final Muon muon;

    /**
     * @param outer names of the layers whose matrices Muon is not for
     */
    Optimization(TorchParameters parameters, Set<String> outer, TrainingSettings settings) {
        List<Parameter> matrices = parameters.parameters().stream()
                .filter(parameter -> settings.optimizer() == Optimizer.MUON
                        && parameter.decays()
                        && parameter.shape().length > 1
                        && !outer.contains(layer(parameter)))
                .toList();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        matrices.forEach(matrix -> tensors.put(matrix.name(), parameters.get(matrix.name())));
        muon = new Muon(tensors, settings.weightDecay());
        Set<Parameter> taken = Set.copyOf(matrices);
        adamW = new AdamW(
                parameters.vector(parameter -> parameter.decays() && !taken.contains(parameter)),
                options(settings, settings.weightDecay()));
        adamW.add_param_group(
                new OptimizerParamGroup(parameters.vector(parameter -> !parameter.decays()), options(settings, 0)));
    }

    /** A parameter's name is its layer's and what it is there. */
    private static String layer(Parameter parameter) {
        return parameter.name().substring(0, parameter.name().lastIndexOf('.'));
    }

    static AdamWOptions options(TrainingSettings settings, double weightDecay) {
        AdamWOptions options = new AdamWOptions(settings.learningRate());
        // The betas are a C++ tuple, whose elements some libraries keep in reverse: the defaults, 0.9 and 0.999, show
        // it.
        int first = options.betas().get(0) < options.betas().get(1) ? 0 : 1;
        options.betas().put(first, 0.9);
        options.betas().put(1 - first, settings.beta2());
        options.weight_decay().put(weightDecay);
        return options;
    }

    AdamW adamW() {
        return adamW;
    }

    Muon muon() {
        return muon;
    }

    /** Forgets the gradients of all parameters. */
    void zeroGradients() {
        adamW.zero_grad();
        muon.zeroGradients();
    }

    /** Moves all parameters. */
    void step(double rate) {
        OptimizerParamGroupVector groups = adamW.param_groups();
        for (long g = 0; g < groups.size(); g++) {
            groups.get(g).options().set_lr(rate);
        }
        adamW.step();
        muon.step(rate);
    }
}
