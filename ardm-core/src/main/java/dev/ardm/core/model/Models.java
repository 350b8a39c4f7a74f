package dev.ardm.core.model;

import dev.ardm.core.masking.MaskingFamily;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes models that can be used of what is in model files. The registry of the families. */
public final class Models {
    private static final List<ModelFamily> FAMILIES = List.of(new MaskingFamily());

    private Models() {}

    /**
     * A family by its kind.
     *
     * @throws IllegalArgumentException if this program does not know it
     */
    static ModelFamily family(String kind) {
        for (ModelFamily family : FAMILIES) {
            if (family.kind().equals(kind)) {
                return family;
            }
        }
        throw new IllegalArgumentException("a model of the family '" + kind + "', this program knows "
                + FAMILIES.stream().map(ModelFamily::kind).collect(Collectors.joining(", ")));
    }

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
        return family(model.definition().family()).open(model, threads);
    }

    /** The same on given kernels, all of which give the same bits. */
    public static LikelihoodModel of(Model model, int threads, Kernels kernels) {
        return family(model.definition().family()).open(model, threads, kernels);
    }
}
