package dev.ardm.bench.imputation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of field texts.
 *
 * @param names of the columns, all different
 * @param rows each with one field a column
 */
public record CsvTable(List<String> names, List<List<String>> rows) {
    /** The most digits of which every number is a {@code long}. */
    private static final String INTEGER = "-?[0-9]{1,18}";

    /**
     * Reads a CSV file (RFC 4180, UTF-8) whose first line names the columns.
     *
     * @throws IOException if it cannot be read, has no header or two columns of one name, or a row has another number of fields; the
     *     message names file and row
     */
    public static CsvTable read(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
            for (CSVRecord row : parser) {
                if (!rows.isEmpty() && row.size() != rows.get(0).size()) {
                    throw new IOException(file + ": line " + parser.getCurrentLineNumber() + " has " + row.size()
                            + " fields, the header " + rows.get(0).size());
                }
                rows.add(row.toList());
            }
        } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
            throw new IOException(file + ": not a CSV file: " + e.getMessage(), e);
        }
        if (rows.isEmpty()) {
            throw new IOException(file + ": has no header");
        }
        List<String> names = rows.get(0);
        if (names.stream().distinct().count() < names.size()) {
            throw new IOException(file + ": two columns have the same name");
        }
        return new CsvTable(names, List.copyOf(rows.subList(1, rows.size())));
    }

    /** Fields of one column, row by row. */
    public List<String> column(int column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }

    /**
     * Index of a column.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int column(String name) {
        int column = names.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("no column '" + name + "'; known: " + String.join(", ", names));
        }
        return column;
    }

    /** Whether all fields of a column are integers. */
    public boolean numeric(int column) {
        return rows.stream().allMatch(row -> row.get(column).matches(INTEGER));
    }
}
