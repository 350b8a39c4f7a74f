package dev.ardm.core.engine;

import java.util.List;

/**
 * Places of several items that are computed together. Rows of arrays are those of the first item, then of the second, and so on.
 *
 * @param items what is kept of each
 * @param revealed for each item the places whose values became known since its last step: the rows of what layers see that do not see a place
 *     itself
 * @param places for each item the places that are computed, those of copies first, if there are any: the rows of everything else
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Step(List<Kept> items, int[][] revealed, int[][] places) {
    /** Number of places that are computed. */
    int rows() {
        int rows = 0;
        for (int[] each : places) {
            rows += each.length;
        }
        return rows;
    }
}
