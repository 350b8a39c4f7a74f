package dev.ardm.data.format.table;

import dev.ardm.core.Space;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that determines how rows of a table become symbols.
 *
 * @param delimiter between the fields of a row
 * @param header the first line of a file without its end, in ISO 8859-1, a character a byte; null if there is none
 * @param columns in their order
 */
public record TableDefinition(char delimiter, @Nullable String header, List<TableColumn> columns) {
    /** The kind of format. */
    public static final String KIND = "csv";

    /** More columns are refused. */
    static final int MAX_COLUMNS = 1 << 16;

    public TableDefinition {
        if (!delimits(delimiter)) {
            throw new IllegalArgumentException("'" + delimiter + "' is not a valid delimiter");
        }
        if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
            throw new IllegalArgumentException("a table of " + columns.size() + " columns");
        }
        columns = List.copyOf(columns);
    }

    /** Whether a character can stand between fields. */
    static boolean delimits(char character) {
        return character < 0x80 && character > 0 && "\"\r\n".indexOf(character) < 0;
    }

    /** Columns with their variables one after the other. */
    static List<TableColumn> columns(List<String> names, List<ColumnCode> codes) {
        List<TableColumn> columns = new ArrayList<>();
        int first = 0;
        for (int c = 0; c < names.size(); c++) {
            TableColumn column = new TableColumn(names.get(c), first, codes.get(c));
            columns.add(column);
            first += column.variables();
        }
        return columns;
    }

    /** A row of one variable after the other, labels all of them. */
    Space space() {
        TableColumn last = columns.get(columns.size() - 1);
        int[] categories = new int[last.firstVariable() + last.variables()];
        for (TableColumn column : columns) {
            System.arraycopy(column.code().categories(), 0, categories, column.firstVariable(), column.variables());
        }
        return Space.of(new int[] {categories.length}, categories, Space.Scale.NOMINAL);
    }

    /** How files are laid out whose rows are the model's. */
    TableLayout layout() {
        return TableLayout.of(delimiter, columns.size());
    }

    ObjectNode write() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", KIND);
        node.put("delimiter", String.valueOf(delimiter));
        if (header != null) {
            node.put("header", FieldText.shown(header));
        }
        ArrayNode array = node.putArray("columns");
        for (TableColumn column : columns) {
            ObjectNode entry = array.addObject();
            entry.put("name", column.name());
            column.code().define(entry);
        }
        return node;
    }

    static TableDefinition read(JsonNode node) {
        String delimiter = node.required("delimiter").stringValue();
        if (delimiter.length() != 1) {
            throw new IllegalArgumentException("'" + delimiter + "' is not a valid delimiter");
        }
        List<String> names = new ArrayList<>();
        List<ColumnCode> codes = new ArrayList<>();
        for (JsonNode column : node.required("columns")) {
            names.add(column.required("name").stringValue());
            codes.add(ColumnFit.read(column));
        }
        String header =
                node.has("header") ? FieldText.bytes(node.required("header").stringValue()) : null;
        return new TableDefinition(delimiter.charAt(0), header, columns(names, codes));
    }
}
