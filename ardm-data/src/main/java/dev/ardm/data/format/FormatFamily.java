package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Makes the formats of one kind. */
interface FormatFamily {
    /**
     * Looks at training data and fixes what depends on it.
     *
     * @throws DataException if the data or an option cannot be used
     */
    DataFormat fit(List<Path> paths, FormatOptions options) throws IOException;

    /**
     * The format of training data, and its items.
     *
     * @throws DataException if the data cannot be used, or an option is not known
     */
    default DataFormats.Fitted open(List<Path> paths, FormatOptions options) throws IOException {
        DataFormat format = fit(paths, options);
        options.requireAllKnown();
        return new DataFormats.Fitted(format, format.items(paths));
    }

    /**
     * The format of a definition.
     *
     * @throws DataException if it is malformed
     */
    DataFormat read(JsonNode definition) throws DataException;
}
