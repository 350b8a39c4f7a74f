package dev.ardm.data.format.table;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How the exact texts of the fields of a column (ISO 8859-1, a character a byte) become symbols of one or more variables. */
sealed interface ColumnCode permits WordCode, DecimalCode {
    /** Number of categories of each variable. */
    int[] categories();

    /** The symbol of the first variable for a field outside the code: its last one. */
    default int escape() {
        return categories()[0] - 1;
    }

    /**
     * Puts the symbols of a field into a row.
     *
     * @param at where the variables of the column begin
     * @return false if the code does not have the field; then the first variable shows that, and the others are 0
     */
    boolean encode(String field, int[] row, int at);

    /** The field that symbols of a row stand for; null if the first variable shows that it is outside the code. */
    @Nullable
    String decode(int[] row, int at);

    /** Adds all that {@link ColumnFit#read} needs to make the same code. */
    void define(ObjectNode node);
}
