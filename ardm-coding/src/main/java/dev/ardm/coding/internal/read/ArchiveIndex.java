package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;

/** Finds the frames of an archive. For use by several threads. */
interface ArchiveIndex {
    /** The number of items. */
    int size();

    /** The first header of the archive. */
    ArchiveHeader header();

    /** The number of concatenated archives. */
    int parts();

    /** The number of tables that are needed to find all items; 0 where they were not used. */
    int tables();

    /** Whether all items have the same header. */
    boolean uniform();

    /**
     * The frame that holds an item.
     *
     * @throws DamagedException if it is lost
     */
    Frame frame(int item) throws IOException;

    /** The header of the last part. */
    ArchiveHeader lastHeader() throws IOException;

    /** The ids of the models that items need, in hexadecimal. */
    Set<String> modelIds();

    /** The models that are embedded: the first of each id. */
    Collection<EmbeddedModel> models();

    /** The first item from one on that is not in a frame that is lost; or the number of items. */
    default int nextPresent(int item) {
        return item;
    }
}
