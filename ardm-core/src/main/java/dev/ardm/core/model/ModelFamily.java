package dev.ardm.core.model;

import dev.ardm.exact.Kernels;

/** A family of models: what {@link Models} knows of it. */
public interface ModelFamily {
    /** Its name, as {@link ModelDefinition#family} has it. */
    String kind();

    /**
     * A model that begins on kernels that start quickly.
     *
     * @param threads how many threads long calls use; changes no result
     */
    LikelihoodModel open(Model model, int threads);

    /** A model that stays on given kernels; all kernels give the same bits. */
    LikelihoodModel open(Model model, int threads, Kernels kernels);
}
