package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the models of an archive whose parts have different ones. */
interface PartModels {
    /** No part has another model. */
    PartModels NONE = header -> new Found(null, "it needs another model");

    /**
     * A model, or why there is none.
     *
     * @param model null if there is none
     * @param why in words that follow the number of an item
     */
    record Found(@Nullable LikelihoodModel model, String why) {}

    /** The model of a part. */
    Found find(ArchiveHeader header) throws IOException;
}
