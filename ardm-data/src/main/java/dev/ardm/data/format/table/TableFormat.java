package dev.ardm.data.format.table;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tables in delimited text (CSV), a row an item. Each column has one or more variables: the exact texts of its fields as words,
 * or the digits of its numbers; in both cases with a symbol for all that was not in the training data, whose text is kept
 * in addition to the values. Other differences of a file are kept as well: byte order mark, first line, ends of lines, rows with
 * another number of fields. The same bytes come back.
 *
 * <p>An item is a row and has no name; the first one of a file carries the file's. A file without rows is one item.
 */
public final class TableFormat implements DataFormat {
    private final TableDefinition definition;
    private final Space space;

    TableFormat(TableDefinition definition) {
        this.definition = definition;
        this.space = definition.space();
    }

    @Override
    public String kind() {
        return TableDefinition.KIND;
    }

    @Override
    public String extension() {
        return definition.delimiter() == '\t' ? ".tsv" : ".csv";
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public String definition() {
        return definition.write().toString();
    }

    @Override
    public ItemLayout layout() {
        return ItemLayout.ROWS;
    }

    @Override
    public List<TableColumn> columns() {
        return definition.columns();
    }

    @Override
    public boolean[] known(Collection<String> names) throws DataException {
        boolean[] known = new boolean[space.dimensions()];
        for (String name : names) {
            List<TableColumn> found = columns().stream()
                    .filter(column -> column.name().equals(name))
                    .toList();
            if (found.size() != 1) {
                throw new DataException((found.isEmpty() ? "no column '" : "several columns are called '")
                        + name + "'; the columns are "
                        + String.join(
                                ", ", columns().stream().map(TableColumn::name).toList()));
            }
            TableColumn column = found.get(0);
            Arrays.fill(known, column.firstVariable(), column.firstVariable() + column.variables(), true);
        }
        return known;
    }

    /**
     * The fields of a row of symbols, unquoted.
     *
     * @return a text for each column, null where the symbol stands for another text
     * @throws IllegalArgumentException if the row is not of the space
     */
    public @Nullable String[] decode(int[] row) {
        space.check(row);
        @Nullable String[] fields = new @Nullable String[columns().size()];
        for (int c = 0; c < fields.length; c++) {
            fields[c] = columns().get(c).text(row);
        }
        return fields;
    }

    /**
     * Whether a row is the first one of a file, so that the name and the beginning of the file are in its side information.
     *
     * @param side side information of a row, or the row itself where it is kept whole
     */
    public static boolean beginsFile(byte[] side) {
        return RowSide.beginsFile(side);
    }

    /** {@inheritDoc} All are known of a row that has not a field for each column. */
    @Override
    public boolean[] known(Item row, Predicate<String> missing) throws DataException {
        RowSide side = side(row.side(), row.values());
        boolean[] known = new boolean[space.dimensions()];
        Arrays.fill(known, true);
        if (side.raw() != null || side.none()) {
            return known;
        }
        int escape = 0;
        for (TableColumn column : columns()) {
            String text = column.text(row.values());
            if (text == null) {
                text = escape < side.escapes().size()
                        ? FieldText.shown(CsvRow.unquoted(side.escapes().get(escape)))
                        : "";
                escape++;
            }
            if (missing.test(text)) {
                Arrays.fill(known, column.firstVariable(), column.firstVariable() + column.variables(), false);
            }
        }
        return known;
    }

    private RowSide side(byte[] bytes, int[] values) throws DataException {
        int escaped = 0;
        for (TableColumn column : columns()) {
            escaped += column.escaped(values) ? 1 : 0;
        }
        return RowSide.of(bytes, escaped);
    }

    /** {@inheritDoc} A field for which a text was drawn that has no symbol is empty. */
    @Override
    public Item redrawn(Item row, int[] values, boolean[] known) throws DataException {
        RowSide before = side(row.side(), row.values());
        if (before.raw() != null || before.none()) {
            return row;
        }
        List<String> escapes = new ArrayList<>();
        int escape = 0;
        for (TableColumn column : columns()) {
            boolean was =
                    column.escaped(row.values()) && escape < before.escapes().size();
            String text = was ? before.escapes().get(escape) : "";
            escape += was ? 1 : 0;
            if (column.escaped(values)) {
                escapes.add(known[column.firstVariable()] ? text : "");
            }
        }
        RowSide after = new RowSide(before.file(), null, false, before.end(), escapes);
        return new Item(row.name(), values, after.toBytes());
    }

    /**
     * The rows of tables that have as many fields as there are columns; others are skipped.
     *
     * @throws DataException also if the columns of a file have other names
     */
    @Override
    public ItemSet items(List<Path> paths) throws IOException {
        PackedItemSet.Builder items = PackedItemSet.builder(space.dimensions());
        TableFiles files = TableFiles.of(paths);
        for (int f = 0; f < files.size(); f++) {
            try (CsvReader reader = files.open(f, definition.delimiter(), true)) {
                if (definition.header() != null) {
                    requireColumns(TableFit.names(reader.next(), true, reader.file()), reader.file());
                }
                for (CsvRow row = reader.next(); row != null; row = reader.next()) {
                    if (row.fields() == columns().size()) {
                        items.add(symbols(row, null), null);
                    }
                }
            }
        }
        if (items.size() == 0) {
            throw new DataException(
                    files.paths().get(0) + ": contains no rows of " + columns().size() + " fields");
        }
        return items.build(space);
    }

    private void requireColumns(List<String> names, String file) throws DataException {
        List<String> wanted = columns().stream().map(TableColumn::name).toList();
        for (int c = 0; c < Math.min(names.size(), wanted.size()); c++) {
            if (!names.get(c).equals(wanted.get(c))) {
                throw new DataException(file + ": column " + (c + 1) + " is called '" + names.get(c) + "', not '"
                        + wanted.get(c) + "'");
            }
        }
        if (names.size() != wanted.size()) {
            throw new DataException(file + ": has " + names.size() + " columns, not " + wanted.size());
        }
    }

    /**
     * The symbols of a row that has a field for each column.
     *
     * @param escapes gets the fields that the columns have no symbols for, unless null
     */
    int[] symbols(CsvRow row, @Nullable List<String> escapes) {
        int[] symbols = new int[space.dimensions()];
        for (int c = 0; c < row.fields(); c++) {
            TableColumn column = columns().get(c);
            String field = row.field(c);
            if (!column.code().encode(field, symbols, column.firstVariable()) && escapes != null) {
                escapes.add(field);
            }
        }
        return symbols;
    }

    @Override
    public ItemCursor cursor(List<Path> paths) throws IOException {
        return new TableCursor(this, definition, TableFiles.of(paths));
    }

    /**
     * Begins to write rows. Rows whose file is not known, such as those a model made up, go into one file with the first line
     * that the training data had; a field that is {@link TableColumn#escaped} and whose text is not known is left empty.
     */
    @Override
    public ItemWriter writer(Path target, OutputOptions options) throws IOException {
        return new TableWriter(this, definition, target, options);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableFormat that && definition().equals(that.definition());
    }

    @Override
    public int hashCode() {
        return definition().hashCode();
    }
}
