package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.RecordGroup;
import java.io.IOException;
import java.util.Optional;

/** Makes groups of records without some of them, for those who have the model. */
@FunctionalInterface
public interface GroupRewriter {
    /** Has no model: a group stays as it is, with what is dropped of it. */
    GroupRewriter NONE = (header, group, kept) -> Optional.empty();

    /**
     * A group of some records of another one.
     *
     * @param header of their archive
     * @param kept which of them stay, at least one
     * @return empty if the model is not there, or the group does not decode
     */
    Optional<RecordGroup> only(ArchiveHeader header, RecordGroup group, boolean[] kept) throws IOException;
}
