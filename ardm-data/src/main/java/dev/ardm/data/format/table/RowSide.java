package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.format.Varints;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The side information of a row: its place in a file, as far as the symbols do not determine it. As bytes: nothing for a row that needs none of it;
 * otherwise a byte of flags (1 a file begins, 2 a raw row, 4 no row, 8 another end of line, 16 escapes, 32 additional fields), and
 * in this order what they announce, the additional fields before the escapes. Numbers are varints (groups of seven bits, low ones first), texts their length and their bytes, texts at
 * the end without the length.
 *
 * @param file set for the first row of a file
 * @param raw the whole row, where it has not as many fields as the table has columns; the symbols mean nothing then
 * @param none whether the file has no rows
 * @param end of this line, if it is not that of the file's lines
 * @param escapes the fields outside their column's code, in the order of the columns
 * @param additional the fields of columns that the model does not know, in the order of the file
 */
record RowSide(
        @Nullable FileStart file,
        @Nullable String raw,
        boolean none,
        @Nullable LineEnd end,
        List<String> escapes,
        List<String> additional) {
    private static final int FILE = 1;
    private static final int RAW = 2;
    private static final int NONE = 4;
    private static final int END = 8;
    private static final int ESCAPES = 16;
    private static final int ADDITIONAL = 32;

    /** Of a row that needs nothing. */
    static final RowSide PLAIN = new RowSide(null, null, false, null, List.of(), List.of());

    /**
     * How a file begins.
     *
     * @param name of the file
     * @param byteOrderMark whether one stands before everything
     * @param rows how its lines end
     * @param header its first line; null if that is the format's own (or the format has none)
     * @param headerEnd how that line ends
     * @param empty whether the first line is missing in a format that has one
     * @param layout of its rows; null if that is the format's own
     */
    record FileStart(
            String name,
            boolean byteOrderMark,
            LineEnd rows,
            @Nullable String header,
            LineEnd headerEnd,
            boolean empty,
            @Nullable TableLayout layout) {}

    /**
     * The fields of a row as the model writes them: its words, and the escapes as they stand in the file; empty where the text of an
     * escape is not known.
     */
    List<String> texts(List<TableColumn> columns, int[] values) {
        List<String> texts = new ArrayList<>();
        int escape = 0;
        for (TableColumn column : columns) {
            String word = column.code().decode(values, column.firstVariable());
            texts.add(word != null ? word : escape < escapes.size() ? escapes.get(escape++) : "");
        }
        return texts;
    }

    /** Whether bytes that {@link #toBytes} wrote are those of the first row of a file. */
    static boolean beginsFile(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & FILE) != 0;
    }

    byte[] toBytes() {
        int flags = (file != null ? FILE : 0)
                | (raw != null ? RAW : 0)
                | (none ? NONE : 0)
                | (end != null ? END : 0)
                | (escapes.isEmpty() ? 0 : ESCAPES)
                | (additional.isEmpty() ? 0 : ADDITIONAL);
        if (flags == 0) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(flags);
        if (file != null) {
            int what = file.header != null ? 1 : file.empty ? 2 : 0;
            out.write((file.byteOrderMark ? 1 : 0)
                    | what << 1
                    | file.rows.ordinal() << 3
                    | file.headerEnd.ordinal() << 5
                    | (file.layout != null ? 0x80 : 0));
            text(out, FieldText.bytes(file.name));
            if (file.header != null) {
                text(out, file.header);
            }
            if (file.layout != null) {
                text(out, file.layout.toText());
            }
        }
        if (end != null) {
            out.write(end.ordinal());
        }
        if (!additional.isEmpty()) {
            Varints.put(out, additional.size());
            additional.forEach(field -> text(out, field));
        }
        if (raw != null) {
            out.writeBytes(raw.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            // The last one has no length: all the rest is its own.
            for (int i = 0; i < escapes.size() - 1; i++) {
                text(out, escapes.get(i));
            }
            if (!escapes.isEmpty()) {
                out.writeBytes(escapes.get(escapes.size() - 1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        Varints.put(out, text.length());
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @param escaped how many fields of the row are others
     * @throws DataException if the bytes are something else
     */
    static RowSide of(byte[] bytes, int escaped) throws DataException {
        if (bytes.length == 0) {
            return PLAIN;
        }
        Reader in = new Reader(bytes);
        int flags = in.octet();
        FileStart file = null;
        if ((flags & FILE) != 0) {
            int what = in.octet();
            String name = FieldText.utf8(in.text());
            if (name == null || (what & 6) == 6) {
                throw Reader.damaged();
            }
            file = new FileStart(
                    name,
                    (what & 1) != 0,
                    LineEnd.values()[what >> 3 & 3],
                    (what & 2) != 0 ? in.text() : null,
                    LineEnd.values()[what >> 5 & 3],
                    (what & 4) != 0,
                    what >= 0x80 ? TableLayout.read(in.text()) : null);
        }
        LineEnd end = null;
        if ((flags & END) != 0) {
            int code = in.octet();
            if (code > 3) {
                throw Reader.damaged();
            }
            end = LineEnd.values()[code];
        }
        List<String> additional = new ArrayList<>();
        if ((flags & ADDITIONAL) != 0) {
            int count = in.number();
            for (int i = 0; i < count; i++) {
                additional.add(in.text());
            }
        }
        boolean none = (flags & NONE) != 0;
        String raw = (flags & RAW) != 0 ? in.rest() : null;
        List<String> escapes = new ArrayList<>();
        if ((flags & ESCAPES) != 0) {
            for (int i = 0; i < escaped - 1; i++) {
                escapes.add(in.text());
            }
            escapes.add(in.rest());
        }
        boolean row = raw == null && !none;
        if (flags > 63
                || in.left() > 0
                || (raw != null && none)
                || (row ? escapes.size() != escaped : !escapes.isEmpty() || !additional.isEmpty())) {
            throw Reader.damaged();
        }
        return new RowSide(file, raw, none, end, escapes, additional);
    }

    /**
     * Reads what {@link #toBytes} wrote of a row without symbols.
     *
     * @throws DataException if the bytes are something else
     */
    static RowSide whole(byte[] bytes) throws DataException {
        RowSide side = of(bytes, 0);
        if (side.raw == null && !side.none) {
            throw Reader.damaged();
        }
        return side;
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        static DataException damaged() {
            return new DataException("the side information of the row is damaged");
        }

        int left() {
            return bytes.length - at;
        }

        int octet() throws DataException {
            if (left() == 0) {
                throw damaged();
            }
            return bytes[at++] & 0xFF;
        }

        int number() throws DataException {
            long length = 0;
            int shift = 0;
            int group;
            do {
                group = octet();
                length |= (long) (group & 0x7F) << shift;
                shift += 7;
            } while (group >= 0x80 && shift <= 28);
            if (group >= 0x80 || length > left()) {
                throw damaged();
            }
            return (int) length;
        }

        String text() throws DataException {
            return take(number());
        }

        String rest() {
            return take(left());
        }

        private String take(int length) {
            at += length;
            return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
        }
    }
}
