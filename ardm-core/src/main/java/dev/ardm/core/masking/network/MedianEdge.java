package dev.ardm.core.masking.network;

import java.util.function.IntUnaryOperator;

/**
 * The prediction of a value of an image by its neighbours above and to the left: the median edge detector of LOCO-I (Weinberger et al.
 * 2000, section 3.1). Integers only. Beyond the left and the upper edge are the values of the other neighbour.
 */
final class MedianEdge {
    private MedianEdge() {}

    /**
     * The prediction of a value.
     *
     * @param values of the image, by their indices
     * @param width places of a row
     * @param variables of a place
     * @return the prediction, within the range of the neighbours; -1 for the first place
     */
    static int of(IntUnaryOperator values, int width, int variables, int place, int variable) {
        int at = place * variables + variable;
        boolean first = place % width == 0;
        if (place < width) {
            return first ? -1 : values.applyAsInt(at - variables);
        }
        int above = values.applyAsInt(at - width * variables);
        if (first) {
            return above;
        }
        int left = values.applyAsInt(at - variables);
        int corner = values.applyAsInt(at - (width + 1) * variables);
        int least = Math.min(left, above);
        int largest = Math.max(left, above);
        if (corner >= largest) {
            return least;
        }
        return corner <= least ? largest : left + above - corner;
    }
}
