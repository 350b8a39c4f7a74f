package dev.ardm.core.masking;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.exact.Kernels;

/** Opens masking models: what {@link dev.ardm.core.model.Models} knows of this family. */
public final class MaskingModels {
    private MaskingModels() {}

    /**
     * A model on the exact engine.
     *
     * @param threads how many threads long calls use; changes no result
     */
    public static LikelihoodModel of(Model model, int threads) {
        return new ArdmModel(model, threads);
    }

    /** The same on given kernels, all of which give the same bits. */
    public static LikelihoodModel of(Model model, int threads, Kernels kernels) {
        return new ArdmModel(model, threads, kernels);
    }
}
