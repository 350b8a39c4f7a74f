package dev.ardm.core.masking.network;

import dev.ardm.exact.ScalarMath;

/**
 * The prediction of each value of an image by its neighbours: the mean of the known values of its channel, weighted by the inverse fourth
 * power of the distance (Shepard 1968), and how many values near by are known. It saves a network from learning to average over
 * holes, and is where the means of its predictions start from. In binary32, in one written order: row by row over the known
 * places, one fma for each place.
 */
final class Interpolation {
    /** Numbers for each variable. */
    static final int WIDTH = 2;

    private final int height;
    private final int width;
    /** {@code kernel[dy][dx + width - 1]}. */
    private final float[][] kernel;

    Interpolation(int height, int width) {
        this.height = height;
        this.width = width;
        kernel = new float[height][2 * width - 1];
        for (int dy = 0; dy < height; dy++) {
            for (int dx = 1 - width; dx < width; dx++) {
                long square = (long) dx * dx + (long) dy * dy;
                kernel[dy][dx + width - 1] = square == 0 ? 0 : (float) (1.0 / ((double) square * square));
            }
        }
    }

    /**
     * Interpolates one item.
     *
     * @param numbers {@code places x channels} values scaled to [-1, 1]
     * @param known as many flags: something is known of the value
     * @param out {@code places x 2 channels}: at each place the means of its channels (0 if nothing is known), then for each
     *     channel w / (1 + w) with the sum of weights w
     */
    void apply(float[] numbers, boolean[] known, int from, int channels, float[] out, int outFrom) {
        float[] weight = new float[height * width];
        float[] sum = new float[height * width];
        for (int channel = 0; channel < channels; channel++) {
            java.util.Arrays.fill(weight, 0);
            java.util.Arrays.fill(sum, 0);
            for (int place = 0; place < weight.length; place++) {
                int at = from + place * channels + channel;
                if (known[at]) {
                    spread(place / width, place % width, numbers[at], weight, sum);
                }
            }
            for (int place = 0; place < weight.length; place++) {
                int at = outFrom + place * 2 * channels + channel;
                out[at] = weight[place] > 0 ? sum[place] / weight[place] : 0;
                out[at + channels] = weight[place] / (1 + weight[place]);
            }
        }
    }

    private void spread(int y, int x, float value, float[] weight, float[] sum) {
        for (int row = 0; row < height; row++) {
            addRow(kernel[Math.abs(row - y)], width - 1 - x, value, weight, sum, row * width, width);
        }
    }

    /** A loop of its own, which compilers make vectors of. */
    private static void addRow(float[] kernel, int shift, float value, float[] weight, float[] sum, int at, int count) {
        for (int i = 0; i < count; i++) {
            weight[at + i] += kernel[shift + i];
            sum[at + i] = ScalarMath.fma(kernel[shift + i], value, sum[at + i]);
        }
    }
}
