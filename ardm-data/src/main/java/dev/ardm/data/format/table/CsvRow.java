package dev.ardm.data.format.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of a delimited file, every byte of it as one character of ISO 8859-1.
 *
 * @param raw all fields with their quotes and delimiters, without the end of the line
 * @param ends index after each field, in order
 * @param line number of its first line in the file, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Read once and dropped.
record CsvRow(String raw, int[] ends, LineEnd end, long line) {
    int fields() {
        return ends.length;
    }

    /** A field exactly as it stands there, quotes included. */
    String field(int index) {
        return raw.substring(index == 0 ? 0 : ends[index - 1] + 1, ends[index]);
    }

    /** The contents of all fields, for people. */
    List<String> contents() {
        List<String> contents = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            contents.add(FieldText.shown(unquoted(field(i))));
        }
        return contents;
    }

    /** The content of a field: without the quotes around it, doubled quotes made single. */
    static String unquoted(String field) {
        if (field.length() < 2 || field.charAt(0) != '"' || field.charAt(field.length() - 1) != '"') {
            return field;
        }
        return field.substring(1, field.length() - 1).replace("\"\"", "\"");
    }

    /** A content with quotes around it: {@link #unquoted} of it is the content again. */
    static String quoted(String content) {
        return '"' + content.replace("\"", "\"\"") + '"';
    }

    /** Whether a content can be a field only with quotes around it. */
    static boolean needsQuotes(String content, char delimiter) {
        return content.indexOf(delimiter) >= 0
                || content.indexOf('"') >= 0
                || content.indexOf('\n') >= 0
                || content.indexOf('\r') >= 0;
    }

    /** Whether there is nothing in it, as people put between rows and at the end. */
    boolean blank() {
        return raw.isEmpty();
    }
}
