package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks at all rows of training tables and chooses a code for each column. */
final class TableFit {
    /** Different texts counted in all columns together, and in one at most. */
    private static final int MAX_COUNTED = 1 << 21;

    private static final int MAX_COUNTED_OF_COLUMN = 1 << 16;

    private TableFit() {}

    /** The fields of all columns so far. */
    static final class Columns {
        private final List<ColumnFit> fits = new ArrayList<>();

        Columns(int count, int maxVocabulary) {
            int counted = Math.max(2 * maxVocabulary, Math.min(MAX_COUNTED_OF_COLUMN, MAX_COUNTED / count));
            for (int c = 0; c < count; c++) {
                fits.add(new ColumnFit(counted));
            }
        }

        /** @param field as it stands in a file, in ISO 8859-1 */
        void add(int column, String field) {
            fits.get(column).add(field);
        }

        List<ColumnCode> codes(int maxVocabulary, int bins) {
            return fits.stream().map(fit -> fit.code(maxVocabulary, bins)).toList();
        }
    }

    /**
     * Reads everything once.
     *
     * @param wanted how the files are read, as far as the user says
     * @param maxVocabulary words of a column
     * @param bins symbols of a digit of a number
     * @throws DataException if a table cannot be used, the tables have different columns, a row has another number of fields than
     *     there are columns, or there are no rows
     */
    static TableFormat fit(List<Path> paths, TableReading.Wanted wanted, int maxVocabulary, int bins)
            throws IOException {
        List<InputFile> files;
        try (InputFiles found = TableFormat.files(paths)) {
            files = List.copyOf(found.files());
        }
        boolean header = wanted.header() == null || wanted.header();
        InputFile first = files.get(0);
        char delimiter = delimiter(first, wanted);
        List<String> names;
        String line;
        try (CsvReader reader = TableReading.open(first, delimiter, InputFile.Gzip.UNPACK)) {
            CsvRow row = reader.next();
            names = names(row, wanted, reader.file());
            line = header && row != null ? row.raw() : null;
        }
        Columns fits = new Columns(names.size(), maxVocabulary);
        long rows = 0;
        for (InputFile file : files) {
            try (CsvReader reader = TableReading.open(file, delimiter(file, wanted), InputFile.Gzip.UNPACK)) {
                List<Integer> columns = columns(header ? reader.next() : null, names, wanted, first, reader);
                for (CsvRow row = reader.next(); row != null; row = reader.next()) {
                    if (row.blank() && columns.size() > 1) {
                        continue;
                    }
                    if (row.fields() != columns.size()) {
                        throw reader.unequal(row, columns.size());
                    }
                    rows++;
                    for (int c = 0; c < columns.size(); c++) {
                        fits.add(columns.get(c), row.field(c));
                    }
                }
            }
        }
        if (rows == 0) {
            throw DataException.in(
                    first.place(), "contains no rows of " + names.size() + " fields to learn columns from");
        }
        boolean usual = delimiter == TableReading.usual(first) || wanted.delimiter() != null;
        return new TableFormat(
                new TableDefinition(delimiter, line, TableDefinition.columns(names, fits.codes(maxVocabulary, bins))),
                TableReading.Wanted.NOTHING,
                usual ? "" : first.place() + ": the fields are separated by " + TableReading.shown(delimiter));
    }

    private static char delimiter(InputFile file, TableReading.Wanted wanted) throws IOException {
        return wanted.delimiter() != null ? wanted.delimiter() : TableReading.delimiter(file);
    }

    /** For each column of a file the column of the first file that has its name, or without names its place. */
    private static List<Integer> columns(
            @Nullable CsvRow header, List<String> names, TableReading.Wanted wanted, InputFile first, CsvReader reader)
            throws DataException {
        boolean named = wanted.header() == null || wanted.header();
        if (!named) {
            return IntStream.range(0, names.size()).boxed().toList();
        }
        TableMatch match = TableMatch.of(names(header, wanted, reader.file()), names);
        if (!match.refusal().isEmpty() || !match.additional().isEmpty()) {
            throw DataException.in(
                    reader.file(),
                    "its columns differ from those of " + first.place() + ": "
                            + (match.additional().isEmpty()
                                    ? match.refusal()
                                    : "these are not there: " + TableMatch.quoted(match.additional())));
        }
        return match.columns();
    }

    /** The names of the columns of a first line. */
    private static List<String> names(@Nullable CsvRow row, TableReading.Wanted wanted, String file)
            throws DataException {
        boolean header = wanted.header() == null || wanted.header();
        if (row == null) {
            throw DataException.in(file, "the file is empty");
        }
        int fields = row.fields();
        if (fields > TableDefinition.MAX_COLUMNS) {
            throw DataException.in(
                    file,
                    "the first line has " + fields + " fields; tables of 1 to " + TableDefinition.MAX_COLUMNS
                            + " columns are read");
        }
        if (header && FieldText.utf8(row.raw()) == null) {
            throw DataException.in(file, "the line with the names of the columns is not UTF-8");
        }
        for (String name : wanted.header() == null ? row.contents() : List.<String>of()) {
            DecimalText number = DecimalText.find(name.strip().replace(',', '.'), '.');
            if (number != null
                    && number.start() == 0
                    && number.end() == name.strip().length()) {
                throw DataException.in(
                        file,
                        "the first line should have the names of the columns, but has the number " + name.strip()
                                + "; say --format header=false if it is a row, or header=true if it is a name");
            }
        }
        List<String> names = new ArrayList<>();
        for (int c = 0; c < fields; c++) {
            names.add(header ? FieldText.shown(CsvRow.unquoted(row.field(c))) : "column " + (c + 1));
        }
        return names;
    }
}
