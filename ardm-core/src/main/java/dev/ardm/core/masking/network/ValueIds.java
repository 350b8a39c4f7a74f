package dev.ardm.core.masking.network;

import dev.ardm.core.Space;

/**
 * Rows of an embedding table for the values of a space: for each column of the last axis with categories of its own (one, if all are alike) its
 * values, and then a row that stands for no value, the absorbing state.
 */
final class ValueIds {
    private final int[] categories;
    private final int[] first;
    private final int rows;

    ValueIds(Space space) {
        categories = space.categories();
        first = new int[categories.length];
        int sum = 0;
        for (int i = 0; i < categories.length; i++) {
            first[i] = sum;
            sum = Math.addExact(sum, categories[i] + 1);
        }
        rows = sum;
    }

    /** Number of rows. */
    int rows() {
        return rows;
    }

    /** Row of a value of the variable at a position. */
    int of(int position, int value) {
        return first[position % first.length] + value;
    }

    /** Row of no value of that variable. */
    int absorbing(int position) {
        return of(position, categories[position % first.length]);
    }
}
