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
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
    /** Its kind. */
    public static final String KIND = TableDefinition.KIND;

    private final TableDefinition definition;
    private final TableReading.Wanted wanted;
    private final String note;
    private final Space space;

    /**
     * A format.
     *
     * @param wanted how files are read, as far as the user says
     * @param note what was assumed of the files that it was fitted to
     */
    TableFormat(TableDefinition definition, TableReading.Wanted wanted, String note) {
        this.definition = definition;
        this.wanted = wanted;
        this.note = note;
        this.space = definition.space();
    }

    TableDefinition table() {
        return definition;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public TableFormat reading(FormatOptions options) throws DataException {
        TableReading.Wanted other = TableReading.Wanted.of(options);
        options.requireAllKnown();
        return new TableFormat(definition, other, note);
    }

    @Override
    public String kind() {
        return KIND;
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
        RowSide side = side(row);
        boolean[] known = new boolean[space.dimensions()];
        Arrays.fill(known, true);
        if (side.raw() != null || side.none()) {
            return known;
        }
        List<String> texts = side.texts(columns(), row.values());
        for (int c = 0; c < texts.size(); c++) {
            if (missing.test(FieldText.shown(CsvRow.unquoted(texts.get(c))))) {
                TableColumn column = columns().get(c);
                Arrays.fill(known, column.firstVariable(), column.firstVariable() + column.variables(), false);
            }
        }
        return known;
    }

    /** The side information of a row of symbols. */
    RowSide side(Item row) throws DataException {
        int escaped = 0;
        for (TableColumn column : columns()) {
            escaped += column.escaped(row.values()) ? 1 : 0;
        }
        return RowSide.of(row.side(), escaped);
    }

    /** {@inheritDoc} A field for which a text was drawn that has no symbol is empty. */
    @Override
    public Item redrawn(Item row, int[] values, boolean[] known) throws DataException {
        RowSide before = side(row);
        if (before.raw() != null || before.none()) {
            return row;
        }
        List<String> texts = before.texts(columns(), row.values());
        List<String> escapes = new ArrayList<>();
        for (int c = 0; c < texts.size(); c++) {
            TableColumn column = columns().get(c);
            if (column.escaped(values)) {
                escapes.add(known[column.firstVariable()] ? texts.get(c) : "");
            }
        }
        RowSide after = new RowSide(before.file(), null, false, before.end(), escapes, before.additional());
        // Known fields are a promise: it holds for their texts, not only for their symbols.
        List<String> now = after.texts(columns(), values);
        for (int c = 0; c < texts.size(); c++) {
            if (known[columns().get(c).firstVariable()] && !now.get(c).equals(texts.get(c))) {
                throw new IllegalStateException("the known field '" + texts.get(c) + "' became '" + now.get(c) + "'");
            }
        }
        return new Item(row.name(), values, after.toBytes());
    }

    /**
     * The rows of tables. Blank lines are skipped.
     *
     * @throws DataException also if a file lacks a column, or a row has another number of fields than the file has columns
     */
    @Override
    public ItemSet items(List<Path> paths) throws IOException {
        PackedItemSet.Builder items = PackedItemSet.builder(space.dimensions());
        TableCursor.Tables tables = look(paths, InputFile.Gzip.UNPACK);
        try (ItemCursor cursor = new TableCursor(this, tables, TableCursor.Use.VALUES)) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                items.add(item.values(), null);
            }
        }
        if (items.size() == 0) {
            throw DataException.in(
                    paths.get(0).toString(), "contains no rows of " + columns().size() + " fields");
        }
        return items.skipped(tables.skipped()).build(space);
    }

    private TableCursor.Tables look(List<Path> paths, InputFile.Gzip gzip) throws IOException {
        try (InputFiles files = files(paths)) {
            List<TableReading> readings = new ArrayList<>();
            for (InputFile file : files.files()) {
                readings.add(TableReading.of(file, definition, wanted, gzip));
            }
            return new TableCursor.Tables(List.copyOf(files.files()), readings, files.skipped());
        }
    }

    /** Files themselves, and of folders those named like tables. */
    static InputFiles files(List<Path> paths) throws IOException {
        return InputFiles.of(
                paths,
                new InputFiles.Choice(
                        name -> name.toLowerCase(Locale.ROOT).matches("(?s).*\\.[ct]sv(\\.gz)?"), null, false));
    }

    @Override
    public ItemCursor cursor(List<Path> paths) throws IOException {
        return new TableCursor(this, look(paths, InputFile.Gzip.REFUSE), TableCursor.Use.ARCHIVE);
    }

    /** {@inheritDoc} Where not all bytes are asked for, rows must be those of the model. */
    @Override
    public ItemInput input(List<Path> paths, InputOptions options) throws IOException {
        TableCursor.Use use =
                switch (options.kept()) {
                    case FILE, METADATA -> TableCursor.Use.ARCHIVE;
                    case COLOURS -> TableCursor.Use.FILL;
                    case PIXELS, MEASURED -> TableCursor.Use.VALUES;
                };
        TableCursor.Tables tables =
                look(paths, use == TableCursor.Use.VALUES ? InputFile.Gzip.UNPACK : InputFile.Gzip.REFUSE);
        return new ItemInput() {
            @Override
            public ItemLayout layout() {
                return options.layout().orElse(ItemLayout.ROWS);
            }

            @Override
            public ItemCursor cursor() {
                return new TableCursor(TableFormat.this, tables, use);
            }

            @Override
            public List<String> assumed() {
                return TableReading.summary(tables.files(), tables.readings());
            }
        };
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
