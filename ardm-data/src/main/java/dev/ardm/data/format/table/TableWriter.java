package dev.ardm.data.format.table;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.OutputOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes rows as tables again. */
final class TableWriter implements ItemWriter {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final TableFormat format;
    private final TableDefinition definition;
    private final TableOutput output;
    private @Nullable OutputStream out;
    private LineEnd rows = LineEnd.LF;
    private int count;
    private boolean failed;

    TableWriter(TableFormat format, TableDefinition definition, Path target, OutputOptions options) throws IOException {
        this.format = format;
        this.definition = definition;
        this.output = TableOutput.of(target, options);
    }

    @Override
    public void add(Item item) throws IOException {
        if (!item.isWhole()) {
            format.space().check(item.values());
        }
        boolean before = failed;
        failed = true;
        RowSide side = side(item);
        OutputStream to = out;
        if (side.file() != null) {
            to = begin(side.file(), item.mode());
        } else if (to == null) {
            to = begin(
                    new RowSide.FileStart("table" + format.extension(), false, LineEnd.LF, null, LineEnd.LF, false),
                    item.mode());
        }
        if (!side.none()) {
            write(to, side.raw() != null ? side.raw() : row(item.values(), side));
            write(to, (side.end() != null ? side.end() : rows).text());
        }
        count++;
        failed = before;
    }

    private RowSide side(Item item) throws IOException {
        Item.Source source = item.source();
        if (source != null && item.isWhole()) {
            return RowSide.whole(source.bytes());
        }
        int escaped = 0;
        for (TableColumn column : format.columns()) {
            escaped += column.escaped(item.values()) ? 1 : 0;
        }
        try {
            return RowSide.of(item.side(), escaped);
        } catch (DataException e) {
            throw new DataException("row " + (count + 1) + ": " + e.getMessage(), e);
        }
    }

    private OutputStream begin(RowSide.FileStart start, OptionalInt mode) throws IOException {
        OutputStream to = output.begin(start.name(), mode);
        out = to;
        rows = start.rows();
        if (start.byteOrderMark()) {
            write(to, BYTE_ORDER_MARK);
        }
        String header = start.header() != null ? start.header() : definition.header();
        if (header != null && !start.empty()) {
            write(to, header);
            write(to, start.headerEnd().text());
        }
        return to;
    }

    private String row(int[] values, RowSide side) {
        StringBuilder row = new StringBuilder();
        int escape = 0;
        for (TableColumn column : format.columns()) {
            if (column.firstVariable() > 0) {
                row.append(definition.delimiter());
            }
            String field = column.code().decode(values, column.firstVariable());
            if (field != null) {
                row.append(field);
            } else if (escape < side.escapes().size()) {
                row.append(side.escapes().get(escape++));
            }
        }
        return row.toString();
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public void commit() throws IOException {
        if (failed) {
            throw new IOException(output.target() + ": not written, because an earlier write failed");
        }
        output.commit();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
