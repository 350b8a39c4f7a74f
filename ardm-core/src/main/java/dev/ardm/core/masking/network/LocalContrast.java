package dev.ardm.core.masking.network;

import dev.ardm.exact.ScalarMath;
import java.util.function.IntUnaryOperator;

/**
 * What the values before a place of an image say of the values there: a prediction of each, and how far off it may be. Made of integers
 * and single operations in binary32, so that it is the same everywhere. For one thread.
 */
final class LocalContrast {
    private final int width;
    private final int variables;
    private final int middle;
    private final int[] predictions;
    private IntUnaryOperator values = i -> 0;
    private int x;
    private int y;
    private float scale;

    /**
     * @param width places of a row
     * @param variables of a place
     * @param middle a value of the middle of the range, where nothing is known
     */
    LocalContrast(int width, int variables, int middle) {
        this.width = width;
        this.variables = variables;
        this.middle = middle;
        predictions = new int[variables];
    }

    /**
     * Looks at a place.
     *
     * @param image values by their indices; those of the places before it are known
     */
    void at(IntUnaryOperator image, int place) {
        values = image;
        x = place % width;
        y = place / width;
        int differences = 0;
        for (int v = 0; v < variables; v++) {
            int left = value(-1, 0, v);
            int above = value(0, 1, v);
            int corner = value(-1, 1, v);
            differences += 2 * Math.abs(left - corner)
                    + 2 * Math.abs(above - corner)
                    + 2 * Math.abs(above - value(1, 1, v))
                    + Math.abs(left - value(-2, 0, v))
                    + Math.abs(above - value(0, 2, v));
            int least = Math.min(left, above);
            int largest = Math.max(left, above);
            predictions[v] =
                    corner >= largest ? least : corner <= least ? largest : left + above - corner;
        }
        scale = 1 + differences / (8f * variables);
    }

    /**
     * The value of a place before it, so many to the right and so many rows above. Beyond an edge it is that of the nearest place before
     * it; the middle at the first place.
     */
    int value(int right, int above, int variable) {
        int row = Math.max(0, y - above);
        // Beyond the upper edge no further to the right than what is known when the place is computed.
        int column = Math.max(0, Math.min(width - 1, x + (y < above ? Math.min(0, right) : right)));
        if (row == y && column >= x) {
            if (y > 0) {
                row = y - 1;
            } else if (x > 0) {
                column = x - 1;
            } else {
                return middle;
            }
        }
        return values.applyAsInt((row * width + column) * variables + variable);
    }

    /** The median edge detector of LOCO-I (Weinberger et al. 2000, section 3.1): it follows an edge, or continues a slope. */
    int prediction(int variable) {
        return predictions[variable];
    }

    /**
     * How far the values around differ from each other, and one: the mean over the variables of {@code (|a - c| + |b - c| + |b - d| + |a -
     * aa| / 2 + |b - bb| / 2) / 4} with a to the left, b above, c and d to the left and right of b, aa and bb two away.
     */
    float scale() {
        return scale;
    }

    /** Its natural logarithm. */
    float logScale() {
        return ScalarMath.log(scale);
    }
}
