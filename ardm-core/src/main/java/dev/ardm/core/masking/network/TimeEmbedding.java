package dev.ardm.core.masking.network;

/**
 * The sinusoidal embedding of Vaswani et al. 2017 as Hoogeboom et al. 2022 use it for time: progress in [0, 1] times
 * 1000, at frequencies from 1 down to 1e-4. By StrictMath, hence the same bits everywhere.
 */
final class TimeEmbedding {
    private TimeEmbedding() {}

    /** {@code [n, width]}: the sines of width / 2 frequencies, then the cosines. */
    static float[] of(float[] progress, int width) {
        int half = width / 2;
        float[] out = new float[progress.length * width];
        for (int n = 0; n < progress.length; n++) {
            for (int i = 0; i < half; i++) {
                double frequency = StrictMath.exp(-StrictMath.log(1e4) * i / Math.max(1, half - 1));
                double angle = 1000.0 * progress[n] * frequency;
                out[n * width + i] = (float) StrictMath.sin(angle);
                out[n * width + half + i] = (float) StrictMath.cos(angle);
            }
        }
        return out;
    }
}
