package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Tables in delimited text. Options: {@code delimiter} (one ASCII character or {@code tab}; found by looking), {@code header}
 * ({@code true} or {@code false}; whether the first line has the names of the columns; true, unless it has numbers), {@code max-vocabulary} (words of a
 * column, 1 to 65534; 256), {@code bins} (symbols of a digit of a number, 2 to 4096; 256).
 */
public final class TableFamily implements FormatFamily {
    /** Words of a column, unless another number is asked for. */
    static final int VOCABULARY = 256;

    /** Symbols of a digit of a number, likewise. */
    static final int BINS = 256;

    @Override
    public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
        TableReading.Wanted wanted = TableReading.Wanted.of(options);
        int maxVocabulary = options.integer("max-vocabulary", VOCABULARY, 1, 65534);
        int bins = options.integer("bins", BINS, 2, 4096);
        options.requireAllKnown();
        return TableFit.fit(paths, wanted, maxVocabulary, bins);
    }

    @Override
    public DataFormat read(JsonNode definition) throws DataException {
        return new TableFormat(TableDefinition.read(definition), TableReading.Wanted.NOTHING, "");
    }
}
