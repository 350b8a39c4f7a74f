package dev.ardm.coding;

import java.io.IOException;
import java.util.Optional;

/** Finds the frames of an archive. For use by several threads. */
interface ArchiveIndex {
    /** The number of items. */
    int size();

    /** The first header of the archive. */
    ArchiveHeader header();

    /** Whether all items have the same header. */
    boolean uniform();

    /**
     * The frame that holds an item.
     *
     * @throws DamagedException if it is lost
     */
    Frame frame(int item) throws IOException;

    /** The first model that is embedded. */
    Optional<EmbeddedModel> model();
}
