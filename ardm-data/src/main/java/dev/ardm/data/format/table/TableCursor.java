package dev.ardm.data.format.table;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.core.Item;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.SkippedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of tables, with all that is needed to write the same bytes again. */
final class TableCursor implements ItemCursor {
    private final TableFormat format;
    private final TableDefinition definition;
    private final TableFiles files;
    private int file = -1;
    private long bytes;
    private @Nullable CsvReader reader;
    private LineEnd rows = LineEnd.LF;
    private OptionalInt fileMode = OptionalInt.empty();

    /** Stands before the first row. */
    TableCursor(TableFormat format, TableDefinition definition, TableFiles files) {
        this.format = format;
        this.definition = definition;
        this.files = files;
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (true) {
            CsvReader open = reader;
            if (open != null) {
                CsvRow row = open.next();
                if (row != null) {
                    return item(row, null);
                }
                bytes += open.bytes();
                close();
            }
            if (++file >= files.size()) {
                file = files.size();
                return null;
            }
            reader = files.open(file, definition.delimiter(), false);
            fileMode = FileModes.of(files.paths().get(file));
            return first(reader);
        }
    }

    /** The first row of a file, or what a file without rows has instead. */
    private Item first(CsvReader in) throws IOException {
        CsvRow header = definition.header() != null ? in.next() : null;
        CsvRow row = definition.header() != null && header == null ? null : in.next();
        rows = row != null && row.end() != LineEnd.NONE
                ? row.end()
                : header != null && header.end() != LineEnd.NONE ? header.end() : LineEnd.LF;
        RowSide.FileStart start = new RowSide.FileStart(
                files.names().get(file),
                in.byteOrderMark(),
                rows,
                header == null || header.raw().equals(definition.header()) ? null : header.raw(),
                header == null ? LineEnd.NONE : header.end(),
                definition.header() != null && header == null);
        if (row == null) {
            return item(new RowSide(start, null, true, null, List.of()));
        }
        return item(row, start);
    }

    private Item item(CsvRow row, RowSide.@Nullable FileStart start) {
        LineEnd end = row.end() == rows ? null : row.end();
        if (row.fields() != format.columns().size()) {
            return item(new RowSide(start, row.raw(), false, end, List.of()));
        }
        List<String> escapes = new ArrayList<>();
        int[] symbols = format.symbols(row, escapes);
        return item(
                symbols,
                new RowSide(start, null, false, end, escapes),
                new RowSide(start, row.raw(), false, end, List.of()));
    }

    /** An item without symbols of its own: the first ones of all variables, which are frequent and cost little. */
    private Item item(RowSide side) {
        return item(new int[format.space().dimensions()], side, side);
    }

    /** @param raw the same row without symbols, which is what an archive keeps where that is shorter */
    private Item item(int[] symbols, RowSide side, RowSide raw) {
        OptionalInt mode = side.file() == null ? OptionalInt.empty() : fileMode;
        byte[] bytes = raw.toBytes();
        return new Item("", OptionalLong.empty(), mode, new int[0], symbols, side.toBytes(), null).of("", bytes);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public SkippedFiles skipped() {
        return SkippedFiles.of(files.skipped());
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
