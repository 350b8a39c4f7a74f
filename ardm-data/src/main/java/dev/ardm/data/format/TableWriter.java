package dev.ardm.data.format;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    public void add(Item document) throws IOException {
        format.space().check(document.values());
        boolean before = failed;
        failed = true;
        RowExtra extra = extra(document);
        OutputStream to = out;
        if (extra.file() != null) {
            to = begin(extra.file());
        } else if (to == null) {
            to = begin(
                    new RowExtra.FileStart("table" + format.extension(), false, LineEnd.LF, null, LineEnd.LF, false));
        }
        if (!extra.none()) {
            write(to, extra.raw() != null ? extra.raw() : row(document.values(), extra));
            write(to, (extra.end() != null ? extra.end() : rows).text());
        }
        count++;
        failed = before;
    }

    private RowExtra extra(Item document) throws DataException {
        int escaped = 0;
        for (TableColumn column : format.columns()) {
            escaped += column.escaped(document.values()) ? 1 : 0;
        }
        try {
            return RowExtra.of(document.side(), escaped);
        } catch (DataException e) {
            throw new DataException("row " + (count + 1) + ": " + e.getMessage(), e);
        }
    }

    private OutputStream begin(RowExtra.FileStart start) throws IOException {
        OutputStream to = output.begin(start.name());
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

    private String row(int[] values, RowExtra extra) {
        StringBuilder row = new StringBuilder();
        int escape = 0;
        for (TableColumn column : format.columns()) {
            if (column.firstVariable() > 0) {
                row.append(definition.delimiter());
            }
            String field = column.code().decode(values, column.firstVariable());
            if (field != null) {
                row.append(field);
            } else if (escape < extra.escapes().size()) {
                row.append(extra.escapes().get(escape++));
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
