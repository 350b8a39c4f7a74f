package dev.ardm;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Finds the models of archives that do not contain them. */
@FunctionalInterface
public interface ModelResolver {
    /**
     * The file of a model.
     *
     * @param id in hexadecimal, see {@link RecordModel#id}
     * @return the file's bytes, closed by the caller; empty if there is none
     */
    Optional<InputStream> find(String id) throws IOException;
}
