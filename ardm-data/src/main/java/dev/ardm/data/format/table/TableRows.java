package dev.ardm.data.format.table;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory, as they would stand in a table of delimited text: a field is in quotes where it could not be read otherwise, and where
 * it is the empty text; a field that is null is empty without quotes. Thread-safe.
 */
public final class TableRows {
    private final TableFormat format;
    private final TableLayout layout;

    /** Rows of a format, with a field for each of its columns, in its order. */
    public TableRows(TableFormat format) {
        this.format = format;
        this.layout = format.table().layout();
    }

    /**
     * The format for a model of rows, with codes chosen from them.
     *
     * @param names of the columns, at least one, all different
     * @param rows with a field for each name
     * @throws IllegalArgumentException if there are no rows, or a row has another number of fields
     */
    public static TableFormat fit(List<String> names, Iterable<? extends List<@Nullable String>> rows) {
        TableFit.Columns fits = new TableFit.Columns(names.size(), TableFamily.VOCABULARY);
        char delimiter = ',';
        long count = 0;
        for (List<@Nullable String> row : rows) {
            requireFields(row, names);
            for (int c = 0; c < names.size(); c++) {
                fits.add(c, field(row.get(c)));
            }
            count++;
        }
        if (count == 0) {
            throw new IllegalArgumentException("there are no records to learn from");
        }
        String header = String.join(
                String.valueOf(delimiter), names.stream().map(TableRows::field).toList());
        return new TableFormat(
                new TableDefinition(
                        delimiter,
                        header,
                        TableDefinition.columns(names, fits.codes(TableFamily.VOCABULARY, TableFamily.BINS))),
                TableReading.Wanted.NOTHING,
                "");
    }

    private static void requireFields(List<@Nullable String> row, List<String> names) {
        if (row.size() != names.size()) {
            throw new IllegalArgumentException(
                    "a row of " + row.size() + " fields, where the columns are " + String.join(", ", names));
        }
    }

    /** A content as a field, in bytes. */
    private static String field(@Nullable String content) {
        if (content == null) {
            return "";
        }
        String bytes = bytes(content);
        return content.isEmpty() || CsvRow.needsQuotes(bytes, ',') ? CsvRow.quoted(bytes) : bytes;
    }

    private static String bytes(String content) {
        for (int k = 0; k < content.length(); k++) {
            if (content.charAt(k) >= 0x80) {
                CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
                if (!encoder.canEncode(content)) {
                    throw new IllegalArgumentException("a field is no Unicode text: it has half a surrogate pair");
                }
                return FieldText.bytes(content);
            }
        }
        return content;
    }

    /**
     * A row as an item.
     *
     * @param fields one for each column of the format, in its order; null where there is no value
     * @throws IllegalArgumentException if there are more or fewer, or one is no Unicode text
     */
    public Item item(List<@Nullable String> fields) {
        List<TableColumn> columns = format.columns();
        if (fields.size() != columns.size()) {
            requireFields(fields, columns.stream().map(TableColumn::name).toList());
        }
        StringBuilder raw = new StringBuilder();
        int[] ends = new int[columns.size()];
        int[] scratch = new int[format.space().dimensions()];
        for (int c = 0; c < ends.length; c++) {
            String content = fields.get(c);
            String field = field(content);
            TableColumn column = columns.get(c);
            if (content != null
                    && !field.startsWith("\"")
                    && !column.code().encode(field, scratch, column.firstVariable())) {
                String quoted = CsvRow.quoted(field); // As in a table that has quotes around all fields.
                field = column.code().encode(quoted, scratch, column.firstVariable()) ? quoted : field;
            }
            if (c > 0) {
                raw.append(layout.delimiter());
            }
            raw.append(field.startsWith("\"") ? field : FieldStyle.inOneField(field, layout.delimiter()));
            ends[c] = raw.length();
        }
        CsvRow row = new CsvRow(raw.toString(), ends, LineEnd.LF, 1);
        try {
            return TableCursor.item(format, layout, row, null, null, OptionalInt.empty(), "the row");
        } catch (DataException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The fields of an item.
     *
     * @param row with its side information, or {@linkplain Item#whole whole}; what it says of a file is ignored, as are fields of columns
     *     that the format does not have
     * @return one for each column of the format; null for an empty one without quotes
     * @throws DataException if its side information is damaged, or it is no row
     */
    public List<@Nullable String> fields(Item row) throws DataException {
        Item.Source source = row.source();
        RowSide side = source != null && row.isWhole() ? RowSide.whole(bytes(source)) : format.side(row);
        List<String> texts = side.raw() == null ? side.texts(format.columns(), row.values()) : texts(side.raw());
        if (side.none() || texts.size() != format.columns().size()) {
            throw new DataException("the item is no row of " + format.columns().size() + " fields but "
                    + (side.none() ? "a file without rows" : "one of " + texts.size()));
        }
        List<@Nullable String> fields = new ArrayList<>(texts.size());
        for (String text : texts) {
            String content = CsvRow.unquoted(text);
            fields.add(text.isEmpty() ? null : FieldText.shown(content));
        }
        return fields;
    }

    private static byte[] bytes(Item.Source source) throws DataException {
        try {
            return source.bytes();
        } catch (IOException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<String> texts(String raw) throws DataException {
        if (raw.isEmpty()) {
            return List.of("");
        }
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        try (CsvReader reader = new CsvReader(new ByteArrayInputStream(bytes), "the row", layout.delimiter())) {
            CsvRow row = reader.next();
            List<String> texts = new ArrayList<>();
            for (int f = 0; row != null && f < row.fields(); f++) {
                texts.add(row.field(f));
            }
            return texts;
        } catch (DataException e) {
            throw e;
        } catch (IOException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
        }
    }
}
