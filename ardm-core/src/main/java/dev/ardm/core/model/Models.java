package dev.ardm.core.model;

import dev.ardm.core.masking.MaskingModels;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.nio.file.Path;

/** Opens model files as models that can be used. */
public final class Models {
    private Models() {}

    /**
     * Opens a model file.
     *
     * @param threads how many threads long calls use; changes no result
     * @throws ModelFileException if the file is not a model of this or an older version, or is damaged
     */
    public static LikelihoodModel open(Path path, int threads) throws IOException {
        return of(ModelFile.read(path), threads);
    }

    /** The same with the content of a model file. */
    public static LikelihoodModel of(Model model, int threads) {
        return MaskingModels.of(model, threads);
    }

    /** The same on given kernels, all of which give the same bits. */
    public static LikelihoodModel of(Model model, int threads, Kernels kernels) {
        return MaskingModels.of(model, threads, kernels);
    }
}
