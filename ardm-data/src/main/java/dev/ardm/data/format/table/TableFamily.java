package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Tables in delimited text. Options: {@code delimiter} (one ASCII character or {@code tab}; a comma, and of files named
 * {@code .tsv} a tab), {@code header} ({@code
 * true} or {@code false}; whether the first line has the names of the columns; true), {@code max-vocabulary} (words of a
 * column, 1 to 65534; 256), {@code bins} (symbols of a digit of a number, 2 to 4096; 256).
 */
public final class TableFamily implements FormatFamily {
    @Override
    public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
        boolean tabs = paths.get(0).toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.tsv(\\.gz)?");
        String delimiter = options.text("delimiter").orElse(tabs ? "tab" : ",");
        char character = delimiter.equals("tab") ? '\t' : delimiter.length() == 1 ? delimiter.charAt(0) : '"';
        if (!TableDefinition.delimits(character)) {
            throw options.wrong(
                    "delimiter", delimiter, "must be tab or one ASCII character other than quote, CR and LF");
        }
        boolean header = options.text("header").isEmpty() || options.flag("header");
        int maxVocabulary = options.integer("max-vocabulary", 256, 1, 65534);
        int bins = options.integer("bins", 256, 2, 4096);
        options.requireAllKnown();
        return new TableFormat(TableFit.fit(TableFiles.of(paths), character, header, maxVocabulary, bins));
    }

    @Override
    public DataFormat read(JsonNode definition) throws DataException {
        return new TableFormat(TableDefinition.read(definition));
    }
}
