package dev.ardm.data.format.table;
import org.jspecify.annotations.Nullable;

/** A column of a table, and its variables in a row of symbols. */
public final class TableColumn {
    private final String name;
    private final int first;
    private final ColumnCode code;
    private final int variables;

    TableColumn(String name, int first, ColumnCode code) {
        this.name = name;
        this.first = first;
        this.code = code;
        this.variables = code.categories().length;
    }

    /** Its name in the header without quotes, or {@code column N} with N from 1 if there is no header. */
    public String name() {
        return name;
    }

    /** Index of its first variable. */
    public int firstVariable() {
        return first;
    }

    /** Number of its variables, at least 1, which follow each other. */
    public int variables() {
        return variables;
    }

    /** Whether its fields are numbers, of which the first variable says the coarse bin and the others the rest. */
    public boolean decimal() {
        return code instanceof DecimalCode;
    }

    /** The last symbol of the first variable: a field that is none of those the column has symbols for. */
    public int escapeSymbol() {
        return code.escape();
    }

    /** Whether the field of a row is such another one. */
    public boolean escaped(int[] row) {
        return row[first] == code.escape();
    }

    /** What the field of a row says, without quotes around it; null if it is {@link #escaped}. */
    public @Nullable String text(int[] row) {
        String field = code.decode(row, first);
        return field == null ? null : FieldText.shown(CsvRow.unquoted(field));
    }

    ColumnCode code() {
        return code;
    }
}
