package dev.ardm.data.format;

import org.jspecify.annotations.Nullable;

/** A column of a format whose items are rows of fields, and its variables in a row of symbols. */
public interface Column {
    /** Its name in the header without quotes, or {@code column N} with N from 1 without a header. */
    String name();

    /** Index of its first variable. */
    int firstVariable();

    /** Number of its variables, at least 1, which follow each other. */
    int variables();

    /** Whether its fields are numbers: the first variable is the coarse bin, the others the rest. */
    boolean decimal();

    /** The last symbol of the first variable: a field that the column has no symbol for. */
    int escapeSymbol();

    /** Whether the field of a row is one that the column has no symbol for. */
    boolean escaped(int[] row);

    /** The text of the field of a row, without quotes around it; null if it is {@link #escaped}. */
    @Nullable
    String text(int[] row);
}
