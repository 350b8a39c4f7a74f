package dev.ardm.data.format.table;

import dev.ardm.data.format.Column;
import org.jspecify.annotations.Nullable;

/** A column of a table, and its variables in a row of symbols. */
public final class TableColumn implements Column {
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

    @Override
    public String name() {
        return name;
    }

    @Override
    public int firstVariable() {
        return first;
    }

    @Override
    public int variables() {
        return variables;
    }

    @Override
    public boolean decimal() {
        return code instanceof DecimalCode;
    }

    @Override
    public int escapeSymbol() {
        return code.escape();
    }

    @Override
    public boolean escaped(int[] row) {
        return row[first] == code.escape();
    }

    @Override
    public @Nullable String text(int[] row) {
        String field = code.decode(row, first);
        return field == null ? null : FieldText.shown(CsvRow.unquoted(field));
    }

    ColumnCode code() {
        return code;
    }
}
