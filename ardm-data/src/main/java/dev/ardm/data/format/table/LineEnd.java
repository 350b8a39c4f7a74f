package dev.ardm.data.format.table;

/** How a line of a table ends. The order is part of the bytes of {@link RowSide}. */
enum LineEnd {
    /** At the end of the file. */
    NONE(""),
    LF("\n"),
    CRLF("\r\n"),
    CR("\r");

    private final String text;

    LineEnd(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
