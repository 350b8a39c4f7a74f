package dev.ardm.data.format.table;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.format.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of tables, with all that is needed to write the same bytes again. */
final class TableCursor implements ItemCursor {
    /** What becomes of rows that have not a field for each column. */
    enum Use {
        /** All of them are kept as they are. */
        ARCHIVE,
        /** They are refused, except blank lines, which are kept. */
        FILL,
        /** They are refused, except blank lines, which are skipped, as are files without rows. Gzip is unpacked. */
        VALUES
    }

    /**
     * Files that were looked at.
     *
     * @param readings one for each
     * @param skipped names of others
     */
    record Tables(List<InputFile> files, List<TableReading> readings, List<String> skipped) {}

    private final TableFormat format;
    private final Tables input;
    private final Use use;
    private int file = -1;
    private long bytes;
    private @Nullable CsvReader reader;
    private LineEnd rows = LineEnd.LF;
    private TableLayout layout;
    private boolean beginning;
    private @Nullable CsvRow header;
    private long unequal;
    private String firstUnequal = "";
    private OptionalInt fileMode = OptionalInt.empty();

    /** Stands before the first row. */
    TableCursor(TableFormat format, Tables input, Use use) {
        this.format = format;
        this.input = input;
        this.use = use;
        this.layout = format.table().layout();
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (true) {
            CsvReader open = reader;
            if (open != null) {
                CsvRow row = open.next();
                Item item = row != null ? item(open, row) : noRows(open);
                if (item != null) {
                    return item;
                }
                if (row == null) {
                    bytes += open.bytes();
                    close();
                }
            } else if (++file < input.files().size()) {
                begin(input.files().get(file), input.readings().get(file));
            } else {
                file = input.files().size();
                return null;
            }
        }
    }

    private void begin(InputFile next, TableReading reading) throws IOException {
        if (use != Use.ARCHIVE && !reading.refusal().isEmpty()) {
            throw DataException.in(next.place(), reading.refusal());
        }
        CsvReader in = TableReading.open(
                next, reading.layout().delimiter(), use == Use.VALUES ? InputFile.Gzip.UNPACK : InputFile.Gzip.REFUSE);
        reader = in;
        fileMode = next.mode();
        layout = reading.layout();
        header = reading.header() ? in.next() : null;
        beginning = true;
    }

    /** How the file begins, before its first row; null if an earlier row has it. */
    private RowSide.@Nullable FileStart start(CsvReader in, @Nullable CsvRow first) {
        if (!beginning) {
            return null;
        }
        beginning = false;
        CsvRow names = header;
        TableDefinition definition = format.table();
        rows = first != null && first.end() != LineEnd.NONE
                ? first.end()
                : names != null && names.end() != LineEnd.NONE ? names.end() : LineEnd.LF;
        return new RowSide.FileStart(
                input.files().get(file).name(),
                in.byteOrderMark(),
                rows,
                names == null || names.raw().equals(definition.header()) ? null : names.raw(),
                names == null ? LineEnd.NONE : names.end(),
                definition.header() != null && names == null,
                layout.equals(definition.layout()) ? null : layout);
    }

    /** What a file without rows has instead; null if it had some. */
    private @Nullable Item noRows(CsvReader in) {
        RowSide.FileStart begun = start(in, null);
        return begun == null || use == Use.VALUES
                ? null
                : item(new RowSide(begun, null, true, null, List.of(), List.of()));
    }

    private @Nullable Item item(CsvReader in, CsvRow row) throws DataException {
        boolean blank = row.blank() && layout.fields().size() > 1;
        if (blank && use == Use.VALUES) {
            return null;
        }
        RowSide.FileStart begun = start(in, row);
        String place = in.place(row);
        LineEnd end = row.end() == rows ? null : row.end();
        if (layout.fits(row)) {
            return item(format, layout, row, begun, end, begun == null ? OptionalInt.empty() : fileMode, place);
        }
        if (!blank && use != Use.ARCHIVE) {
            throw in.unequal(row, layout.fields().size());
        }
        if (!blank) {
            firstUnequal = unequal++ == 0
                    ? place + " " + CsvReader.unequalCause(row, layout.fields().size())
                    : firstUnequal;
        }
        return item(new RowSide(begun, row.raw(), false, end, List.of(), List.of()));
    }

    /**
     * The item of a row that fits a layout.
     *
     * @param begun of the first row of a file
     * @param end of this row, where it is not that of the file's lines
     * @param place in messages
     */
    static Item item(
            TableFormat format,
            TableLayout layout,
            CsvRow row,
            RowSide.@Nullable FileStart begun,
            @Nullable LineEnd end,
            OptionalInt mode,
            String place)
            throws DataException {
        List<String> escapes = new ArrayList<>();
        List<String> additional = new ArrayList<>();
        int[] symbols = new int[format.space().dimensions()];
        layout.symbols(row, format.columns(), symbols, escapes, additional);
        RowSide side = new RowSide(begun, null, false, end, escapes, additional);
        if (!layout.row(format.columns(), symbols, side).equals(row.raw())) {
            throw DataException.in(place, "cannot be restored byte for byte");
        }
        return item(symbols, side, new RowSide(begun, row.raw(), false, end, List.of(), List.of()), mode);
    }

    /** An item without symbols of its own: the first ones of all variables, which are frequent and cost little. */
    private Item item(RowSide side) {
        return item(
                new int[format.space().dimensions()], side, side, side.file() == null ? OptionalInt.empty() : fileMode);
    }

    /** @param raw the same row without symbols, which is what an archive keeps where that is shorter */
    private static Item item(int[] symbols, RowSide side, RowSide raw, OptionalInt mode) {
        byte[] bytes = raw.toBytes();
        return new Item("", OptionalLong.empty(), mode, new int[0], symbols, side.toBytes(), null).of("", bytes);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public SkippedFiles skipped() {
        return SkippedFiles.of(input.skipped());
    }

    @Override
    public String note() {
        return unequal == 0
                ? ""
                : firstUnequal
                        + (unequal == 1
                                ? "; it is kept as it is"
                                : "; this and " + (unequal - 1) + " more like it are kept as they are");
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
