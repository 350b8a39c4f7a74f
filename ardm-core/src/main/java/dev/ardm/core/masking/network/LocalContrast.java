package dev.ardm.core.masking.network;

/**
 * What the neighbours of a place of an image say of it: a prediction for each channel, how far such predictions are off, and how other
 * predictions differ. Photographs are alike in units of this contrast. From levels: values minus the middle one; beyond the image there
 * are zeros. Integers, but for the divisions and the logarithm at the end, each in one written order.
 *
 * <p>With a to the left, b above, c above left, d above right, and a2, b2 two places away, the prediction is the median edge detector of
 * LOCO-I (Weinberger et al. 2000, section 3.1), and the contrast is 1 plus the mean over the channels of {@code (|a - c| + |b - c| +
 * |b - d| + |a - a2| / 2 + |b - b2| / 2) / 4}, as in the activity of CALIC (Wu and Memon 1997).
 */
final class LocalContrast {
    /** Predictions besides the first: the left, the upper neighbour, gradient-adjusted, and a plane. */
    private static final int OTHERS = 4;

    /** Furthest that others differ from the first prediction, in units of the contrast. */
    private static final float MOST = 4;

    private final int height;
    private final int width;
    private final int channels;
    private final int middle;
    private final float quarter;

    /** @param categories of a value */
    LocalContrast(int height, int width, int channels, int categories) {
        this.width = width;
        this.channels = channels;
        middle = categories / 2;
        quarter = Math.max(1, categories / 4f);
        this.height = height;
    }

    /** Numbers of a place that {@link #features} gives. */
    int features() {
        return 4 + channels * (1 + OTHERS);
    }

    private int level(int[] values, int row, int column, int channel) {
        return row < 0 || column < 0 || column >= width
                ? 0
                : values[(row * width + column) * channels + channel] - middle;
    }

    /** The prediction of a value. */
    int prediction(int[] values, int place, int channel) {
        int row = place / width;
        int column = place % width;
        return middle
                + prediction(
                        level(values, row, column - 1, channel),
                        level(values, row - 1, column, channel),
                        level(values, row - 1, column - 1, channel));
    }

    private static int prediction(int left, int above, int corner) {
        int least = Math.min(left, above);
        int largest = Math.max(left, above);
        if (corner >= largest) {
            return least;
        }
        return corner <= least ? largest : left + above - corner;
    }

    /** The contrast around a place, in levels: at least 1. */
    float contrast(int[] values, int place) {
        int row = place / width;
        int column = place % width;
        int sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            int left = level(values, row, column - 1, channel);
            int above = level(values, row - 1, column, channel);
            int corner = level(values, row - 1, column - 1, channel);
            sum += 2 * Math.abs(left - corner)
                    + 2 * Math.abs(above - corner)
                    + 2 * Math.abs(above - level(values, row - 1, column + 1, channel))
                    + Math.abs(left - level(values, row, column - 2, channel))
                    + Math.abs(above - level(values, row - 2, column, channel));
        }
        return 1 + sum / (8f * channels);
    }

    /**
     * Numbers of a place: where it is, whether it is in the first row, the logarithm of the contrast, the predictions, and how the others
     * differ from them.
     *
     * @param contrast of the place
     */
    void features(int[] values, int place, float contrast, float[] out, int to) {
        int row = place / width;
        int column = place % width;
        out[to] = NetworkInput.coordinate(row, height);
        out[to + 1] = NetworkInput.coordinate(column, width);
        out[to + 2] = row == 0 ? 1 : 0;
        out[to + 3] = (float) StrictMath.log(contrast) - 2;
        int at = to + 4;
        for (int channel = 0; channel < channels; channel++) {
            int left = level(values, row, column - 1, channel);
            int above = level(values, row - 1, column, channel);
            int corner = level(values, row - 1, column - 1, channel);
            int right = level(values, row - 1, column + 1, channel);
            int predicted = prediction(left, above, corner);
            out[at] = predicted / quarter;
            out[at + 1] = bounded((left - predicted) / contrast);
            out[at + 2] = bounded((above - predicted) / contrast);
            out[at + 3] = bounded((2 * (left + above) + right - corner - 4 * predicted) / 4f / contrast);
            out[at + 4] = bounded((left + right - above - predicted) / contrast);
            at += 1 + OTHERS;
        }
    }

    private static float bounded(float difference) {
        return Math.max(-MOST, Math.min(MOST, difference));
    }
}
