package dev.ardm.core.masking;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.exact.Kernels;

/** Masking models: order-agnostic, depth upscaling, and the autoregressive baselines. */
public final class MaskingFamily implements ModelFamily {
    @Override
    public String kind() {
        return "masking";
    }

    @Override
    public LikelihoodModel open(Model model, int threads) {
        return new ArdmModel(model, threads);
    }

    @Override
    public LikelihoodModel open(Model model, int threads, Kernels kernels) {
        return new ArdmModel(model, threads, kernels);
    }
}
