package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;

/**
 * Finds the models of an archive's parts. An archive is a sequence of parts, each with a header that names its model: one part for
 * all items, or several where archives were concatenated. Asked once for each model, and again where parts are many.
 */
@FunctionalInterface
public interface PartModels {
    /**
     * The model of a part.
     *
     * @throws dev.ardm.coding.error.WrongModelException if the model is missing, with the reason; items of the part are then refused
     * @throws IOException if it cannot be read
     */
    LikelihoodModel of(ArchiveHeader part) throws IOException;
}
