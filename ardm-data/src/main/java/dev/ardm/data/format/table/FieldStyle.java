package dev.ardm.data.format.table;

import java.util.List;

/**
 * How a column of one file writes what the model knows in its own way: with other quotes, or with the other decimal mark. A field
 * that the style does not bring back byte for byte is none of the model's words.
 *
 * @param quotes around the fields
 * @param otherMark whether numbers have a comma where the model has a point, or the reverse
 */
record FieldStyle(Quotes quotes, boolean otherMark) {
    /** Quotes around fields. The order is part of the bytes of {@link TableLayout}. */
    enum Quotes {
        /** Where the model's words have them. */
        MODEL,
        /** Where a field could not be read otherwise. */
        NEEDED,
        /** Around all. */
        ALL
    }

    /** How the model writes it. */
    static final FieldStyle MODEL = new FieldStyle(Quotes.MODEL, false);

    /** All there are; that of the model first. */
    static final List<FieldStyle> ALL = List.of(
            MODEL,
            new FieldStyle(Quotes.MODEL, true),
            new FieldStyle(Quotes.NEEDED, false),
            new FieldStyle(Quotes.NEEDED, true),
            new FieldStyle(Quotes.ALL, false),
            new FieldStyle(Quotes.ALL, true));

    /**
     * Puts the symbols of a field of the file into a row.
     *
     * @return false if the code does not have the field, see {@link ColumnCode#encode}
     */
    boolean encode(TableColumn column, String field, char delimiter, int[] row) {
        int at = column.firstVariable();
        String content = quotes == Quotes.MODEL ? field : CsvRow.unquoted(field);
        String word = otherMark ? marked(content) : content;
        if (text(word, delimiter).equals(field) && column.code().encode(word, row, at)) {
            return true;
        }
        String quoted = CsvRow.quoted(word);
        if (quotes != Quotes.MODEL
                && text(quoted, delimiter).equals(field)
                && column.code().encode(quoted, row, at)) {
            return true;
        }
        row[at] = column.escapeSymbol();
        return false;
    }

    /** The field of the file for a word of the model. */
    String text(String word, char delimiter) {
        String content = quotes == Quotes.MODEL ? word : CsvRow.unquoted(word);
        String marked = otherMark ? marked(content) : content;
        return switch (quotes) {
            case MODEL -> inOneField(marked, delimiter);
            case NEEDED -> CsvRow.needsQuotes(marked, delimiter) ? CsvRow.quoted(marked) : marked;
            case ALL -> CsvRow.quoted(marked);
        };
    }

    /** A text that was a field where another delimiter was, as a field. */
    static String inOneField(String text, char delimiter) {
        return !text.startsWith("\"") && text.indexOf(delimiter) >= 0 ? CsvRow.quoted(text) : text;
    }

    /** A number with the other decimal mark; anything else as it is. The same twice gives the text again. */
    static String marked(String text) {
        int at = -1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ',' || text.charAt(i) == '.') {
                if (at >= 0) {
                    return text;
                }
                at = i;
            }
        }
        if (at < 1 || at == text.length() - 1 || !digit(text.charAt(at - 1)) || !digit(text.charAt(at + 1))) {
            return text;
        }
        return text.substring(0, at) + (text.charAt(at) == '.' ? ',' : '.') + text.substring(at + 1);
    }

    private static boolean digit(char character) {
        return character >= '0' && character <= '9';
    }
}
