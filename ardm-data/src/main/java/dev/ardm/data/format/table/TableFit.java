package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at all rows of training tables and chooses a code for each column. */
final class TableFit {
    /** Different texts counted in all columns together, and in one at most. */
    private static final int MAX_COUNTED = 1 << 21;

    private static final int MAX_COUNTED_OF_COLUMN = 1 << 16;

    private TableFit() {}

    /**
     * Reads everything once. Rows of another number of fields than there are columns are skipped.
     *
     * @param header whether the first line of every file has the names of the columns
     * @param maxVocabulary words of a column
     * @param bins symbols of a digit of a number
     * @throws DataException if a table cannot be used, the tables have different columns, or there are no rows
     */
    static TableDefinition fit(TableFiles files, char delimiter, boolean header, int maxVocabulary, int bins)
            throws IOException {
        List<String> names = List.of();
        String headerLine = null;
        List<ColumnFit> fits = new ArrayList<>();
        long rows = 0;
        for (int f = 0; f < files.size(); f++) {
            try (CsvReader reader = files.open(f, delimiter, true)) {
                CsvRow row = reader.next();
                if (row == null) {
                    throw new DataException(reader.file() + ": the file is empty");
                }
                if (f == 0) {
                    names = names(row, header, reader.file());
                    headerLine = header ? row.raw() : null;
                    int counted =
                            Math.max(2 * maxVocabulary, Math.min(MAX_COUNTED_OF_COLUMN, MAX_COUNTED / names.size()));
                    names.forEach(name -> fits.add(new ColumnFit(counted)));
                } else if (header && !names.equals(names(row, true, reader.file()))) {
                    throw new DataException(reader.file() + ": its columns differ from those of "
                            + files.paths().get(0));
                }
                for (row = header ? reader.next() : row; row != null; row = reader.next()) {
                    if (row.fields() == names.size()) {
                        rows++;
                        for (int c = 0; c < names.size(); c++) {
                            fits.get(c).add(row.field(c));
                        }
                    }
                }
            }
        }
        if (rows == 0) {
            throw new DataException(
                    files.paths().get(0) + ": contains no rows of " + names.size() + " fields to learn columns from");
        }
        List<ColumnCode> codes =
                fits.stream().map(fit -> fit.code(maxVocabulary, bins)).toList();
        return new TableDefinition(delimiter, headerLine, TableDefinition.columns(names, codes));
    }

    /** The names of the columns of a first line. */
    static List<String> names(@Nullable CsvRow row, boolean header, String file) throws DataException {
        int fields = row == null ? 0 : row.fields();
        if (row == null || fields > TableDefinition.MAX_COLUMNS) {
            throw new DataException(file + ": the first line has " + fields + " fields; tables of 1 to "
                    + TableDefinition.MAX_COLUMNS + " columns are read");
        }
        if (header && FieldText.utf8(row.raw()) == null) {
            throw new DataException(file + ": the line with the names of the columns is not UTF-8");
        }
        List<String> names = new ArrayList<>();
        for (int c = 0; c < fields; c++) {
            names.add(header ? FieldText.shown(CsvRow.unquoted(row.field(c))) : "column " + (c + 1));
        }
        return names;
    }
}
