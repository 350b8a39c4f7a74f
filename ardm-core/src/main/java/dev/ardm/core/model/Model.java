package dev.ardm.core.model;

import dev.ardm.core.Space;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.exact.Kernels;
import java.util.HexFormat;
import java.util.Map;

/** The content of a model file: a trained model of any family. Immutable. */
public interface Model {
    /** Its family. */
    ModelFamily family();

    /** Version of the arithmetic by which it codes, see {@link ArithmeticVersions}. */
    int arithmetic();

    /** The space of the items. */
    Space space();

    /** How files become items and items files, as JSON of the data format; empty if the space suffices. */
    String data();

    /**
     * Its definition as JSON: all that determines decoding but its tensors. The text is part of the id, so members and their order
     * never change. It names the family, see {@link ModelFamilies}.
     */
    String definitionJson();

    /** Its tensors by name, in the order in which the id has them. */
    Map<String, Tensor> tensors();

    /** Models that this one consists of, by name, if it does; {@link ModelParts} has their tensors. */
    default Map<String, Model> parts() {
        return Map.of();
    }

    /** What else its family keeps in the file, as JSON by name. Not part of the id. */
    Map<String, String> entries();

    /** Where it comes from, for people: data, command, seed, figures. */
    Map<String, String> provenance();

    /** This model with other provenance. */
    Model withProvenance(Map<String, String> entries);

    /** SHA-256 over all that determines decoding: 32 bytes, see {@link ModelId}. */
    byte[] id();

    /** The id in hexadecimal. */
    default String idText() {
        return HexFormat.of().formatHex(id());
    }

    /**
     * This model, ready for use, beginning on kernels that start quickly.
     *
     * @param threads how many threads long calls use; changes no result
     */
    LikelihoodModel open(int threads);

    /** The same on given kernels, all of which give the same bits. */
    LikelihoodModel open(int threads, Kernels kernels);
}
