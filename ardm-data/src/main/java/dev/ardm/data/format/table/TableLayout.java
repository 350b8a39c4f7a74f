package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.format.Varints;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one file are laid out.
 *
 * @param delimiter between fields
 * @param fields of a row, in their order
 */
record TableLayout(char delimiter, List<Field> fields) {
    /** In place of a column of the model: the file has one that the model does not know. */
    static final int ADDITIONAL = -1;

    /**
     * A column of the file.
     *
     * @param column of the model, from 0, or {@link #ADDITIONAL}
     */
    record Field(int column, FieldStyle style) {}

    TableLayout {
        fields = List.copyOf(fields);
    }

    /** All columns of the model in their order, written as it writes them. */
    static TableLayout of(char delimiter, int columns) {
        return new TableLayout(
                delimiter,
                IntStream.range(0, columns)
                        .mapToObj(column -> new Field(column, FieldStyle.MODEL))
                        .toList());
    }

    /** Whether a row has a field for each column of the file. */
    boolean fits(CsvRow row) {
        return row.fields() == fields.size();
    }

    /**
     * The symbols of a row that fits.
     *
     * @param escapes gets the fields that the columns have no symbols for, in the order of the model's columns; of a column that
     *     the file does not have an empty one
     * @param additional gets the fields of columns that the model does not know
     */
    int[] symbols(CsvRow row, List<TableColumn> columns, int[] into, List<String> escapes, List<String> additional) {
        @Nullable String[] escaped = new @Nullable String[columns.size()];
        Arrays.fill(escaped, "");
        for (TableColumn column : columns) {
            into[column.firstVariable()] = column.escapeSymbol();
        }
        for (int f = 0; f < fields.size(); f++) {
            Field field = fields.get(f);
            if (field.column == ADDITIONAL) {
                additional.add(row.field(f));
            } else if (field.style.encode(columns.get(field.column), row.field(f), delimiter, into)) {
                escaped[field.column] = null;
            } else {
                escaped[field.column] = row.field(f);
            }
        }
        for (String text : escaped) {
            if (text != null) {
                escapes.add(text);
            }
        }
        return into;
    }

    /**
     * The row that symbols and side information stand for. Additional fields for which the layout has no place come last.
     *
     * @throws DataException if there is a field of a column that the file does not have
     */
    String row(List<TableColumn> columns, int[] values, RowSide side) throws DataException {
        List<String> texts = side.texts(columns, values);
        Set<Integer> absent = new TreeSet<>();
        IntStream.range(0, columns.size()).forEach(absent::add);
        List<String> row = new ArrayList<>();
        int additional = 0;
        for (Field field : fields) {
            if (field.column == ADDITIONAL) {
                String text = additional < side.additional().size()
                        ? side.additional().get(additional)
                        : "";
                additional++;
                row.add(FieldStyle.inOneField(text, delimiter));
            } else {
                String text = texts.get(field.column);
                row.add(
                        columns.get(field.column).escaped(values)
                                ? FieldStyle.inOneField(text, delimiter)
                                : field.style.text(text, delimiter));
                absent.remove(field.column);
            }
        }
        for (int column : absent) {
            if (!texts.get(column).isEmpty()) {
                throw new DataException(
                        "has a field of the column '" + columns.get(column).name() + "', which its file does not have");
            }
        }
        for (; additional < side.additional().size(); additional++) {
            row.add(FieldStyle.inOneField(side.additional().get(additional), delimiter));
        }
        return String.join(String.valueOf(delimiter), row);
    }

    /** As bytes: the delimiter, and a varint for each field, six times the column plus one, plus the number of its style. */
    String toText() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(delimiter);
        for (Field field : fields) {
            Varints.put(out, (field.column + 1) * FieldStyle.ALL.size() + FieldStyle.ALL.indexOf(field.style));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws DataException if the text is something else
     */
    static TableLayout read(String text) throws DataException {
        Varints in = new Varints("a row", text.getBytes(StandardCharsets.ISO_8859_1));
        int delimiter = in.next();
        List<Field> fields = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        while (in.hasNext()) {
            int number = in.next();
            int column = number / FieldStyle.ALL.size() - 1;
            if (column != ADDITIONAL) {
                seen.add(column);
            }
            fields.add(new Field(column, FieldStyle.ALL.get(number % FieldStyle.ALL.size())));
        }
        if (!TableDefinition.delimits((char) delimiter)
                || delimiter >= 0x80
                || fields.isEmpty()
                || fields.size() > TableDefinition.MAX_COLUMNS
                || seen.stream().distinct().count() < seen.size()) {
            throw in.damaged("it is no layout of a table");
        }
        return new TableLayout((char) delimiter, fields);
    }

    /** Whether all columns are there in a model of that many. */
    boolean isOf(int columns) {
        return fields.stream().allMatch(field -> field.column < columns);
    }
}
