package dev.ardm.coding;

import java.util.Random;

/** Random distributions of very different shapes. */
final class Distributions {
    private Distributions() {}

    static long[] weights(Random random, int n) {
        long[] weights = new long[n];
        int shape = random.nextInt(5);
        for (int k = 0; k < n; k++) {
            weights[k] = switch (shape) {
                case 0 -> random.nextInt() >>> 1;
                case 1 -> (random.nextInt() >>> 1) >>> random.nextInt(31);
                case 2 -> random.nextInt(10) == 0 ? TableDistribution.WEIGHT_LIMIT - 1 : 0;
                case 3 -> 0;
                default -> k == 0 ? TableDistribution.WEIGHT_LIMIT - 1 : random.nextInt(3);
            };
        }
        return weights;
    }

    static Distribution distribution(Random random, int n, int precision) {
        return TableDistribution.fromWeights(weights(random, n), 0, n, precision);
    }

    /** A distribution of up to 300 symbols at any precision that fits. */
    static Distribution distribution(Random random) {
        int n = 1 + random.nextInt(random.nextBoolean() ? 4 : 300);
        int least = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(n - 1));
        return distribution(random, n, least + random.nextInt(Distribution.MAX_PRECISION - least + 1));
    }

    /** A symbol drawn from the distribution itself. */
    static int draw(Random random, Distribution distribution) {
        return distribution.symbolAt(random.nextInt() >>> 1 >>> 31 - distribution.precision());
    }
}
