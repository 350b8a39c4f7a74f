package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited text (RFC 4180, and what people make of it) row by row without losing a byte: {@link CsvRow#raw} and
 * {@link CsvRow#end} of all rows, one after the other after the byte order mark, are the file. A field that begins with a
 * quote continues to the closing one; a quote elsewhere is a character like others; a quote that is never closed takes the rest
 * of the file. Libraries for CSV give the meaning of fields only, from which the file cannot be had back.
 */
final class CsvReader implements Closeable {
    /** Longer fields are refused: most likely a quote that is not closed. */
    static final int MAX_FIELD_BYTES = 8 << 20;

    /** Longer rows are refused. */
    static final int MAX_ROW_BYTES = 64 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final String file;
    private final int delimiter;
    private final boolean byteOrderMark;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long bytes;
    private byte[] row = new byte[1 << 10];
    private int size;
    private int[] ends = new int[64];
    private int fields;
    private long line = 1;

    /** Stands before the first row. The stream is closed with this. */
    CsvReader(InputStream in, String file, char delimiter) throws IOException {
        this.in = in;
        this.file = file;
        this.delimiter = delimiter;
        filled = in.readNBytes(buffer, 0, buffer.length);
        bytes = filled;
        this.byteOrderMark = filled >= 3 && Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(buffer, 3));
        this.at = byteOrderMark ? 3 : 0;
    }

    /** Whether the file begins with the byte order mark of UTF-8, which belongs to no field. */
    boolean byteOrderMark() {
        return byteOrderMark;
    }

    /** How many bytes of the file were read so far: after the last row all of them. */
    long bytes() {
        return bytes;
    }

    /** The file, for messages. */
    String file() {
        return file;
    }

    /**
     * The next row; null after the last one.
     *
     * @throws DataException if a field or row is too long; states where it begins
     */
    @Nullable
    CsvRow next() throws IOException {
        if (peek() < 0) {
            return null;
        }
        long first = line;
        long fieldLine = line;
        int fieldStart = 0;
        boolean quoted = false;
        boolean closed = false;
        size = 0;
        fields = 0;
        while (true) {
            int b = peek();
            if (b < 0) {
                return finish(LineEnd.NONE, first);
            }
            at++;
            if (b == '\n' || (b == '\r' && peek() != '\n')) {
                line++;
            }
            if (b == '"' && (quoted || closed || size == fieldStart)) {
                // A quote after the closing one makes both of them one character.
                closed = quoted;
                quoted = !quoted;
            } else {
                closed = false;
                if (!quoted && b == delimiter) {
                    endField();
                    fieldStart = size + 1;
                    fieldLine = line;
                } else if (!quoted && b == '\n') {
                    return finish(LineEnd.LF, first);
                } else if (!quoted && b == '\r') {
                    if (peek() == '\n') {
                        at++;
                        line++;
                        return finish(LineEnd.CRLF, first);
                    }
                    return finish(LineEnd.CR, first);
                }
            }
            if (size == row.length) {
                row = Arrays.copyOf(row, 2 * row.length);
            }
            row[size++] = (byte) b;
            if (size - fieldStart > MAX_FIELD_BYTES) {
                throw complaint("the field that begins in line " + fieldLine + " is longer than " + MAX_FIELD_BYTES
                        + " bytes" + (quoted ? "; perhaps its quote is not closed" : ""));
            }
            if (size > MAX_ROW_BYTES) {
                throw complaint("the row that begins in line " + first + " is longer than " + MAX_ROW_BYTES + " bytes");
            }
        }
    }

    private void endField() {
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[fields++] = size;
    }

    private CsvRow finish(LineEnd end, long first) {
        endField();
        return new CsvRow(
                new String(row, 0, size, StandardCharsets.ISO_8859_1), Arrays.copyOf(ends, fields), end, first);
    }

    private int peek() throws IOException {
        if (at == filled) {
            filled = in.readNBytes(buffer, 0, buffer.length);
            bytes += filled;
            at = 0;
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[at] & 0xFF;
    }

    /** A complaint about a row of another number of fields. */
    DataException unequal(CsvRow row, int wanted) {
        return DataException.in(
                place(row),
                unequalCause(row, wanted) + "; correct the line, or say what separates fields with"
                        + " --format delimiter=C");
    }

    /** Where a row is, for messages. */
    String place(CsvRow row) {
        return file + ", line " + row.line();
    }

    static String unequalCause(CsvRow row, int wanted) {
        boolean trailing = row.fields() == wanted + 1 && row.field(wanted).isEmpty();
        return "has " + row.fields() + (row.fields() == 1 ? " field" : " fields") + ", not " + wanted
                + (trailing ? " (the line ends with what separates fields)" : "");
    }

    private DataException complaint(String cause) {
        return new DataException(file + ": " + cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
