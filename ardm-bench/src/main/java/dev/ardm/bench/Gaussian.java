package dev.ardm.bench;

import java.util.Random;

/** Numbers to calculate with. */
final class Gaussian {
    private Gaussian() {}

    static float[] array(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
