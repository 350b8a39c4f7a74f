package dev.ardm.core.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;

/**
 * The order-agnostic process of Hoogeboom et al. 2022, section 3: the variables become known one by one in a uniformly
 * random order. Seen from training: exactly n of the D variables are masked, n uniform on 1..D, every set of n equally
 * likely. The bound on the log-likelihood in bits per dimension is the mean cross entropy over the masked variables,
 * averaged over n (equation 3: weight D/n on the sum).
 */
public final class OrderAgnostic implements Process {
    private final Space space;

    public OrderAgnostic(Space space) {
        this.space = space;
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public int steps() {
        return space.dimensions();
    }

    @Override
    public boolean[] corrupt(double place, RandomStream random) {
        if (!(place >= 0 && place < 1)) {
            throw new IllegalArgumentException("place must be in [0, 1), got " + place);
        }
        int dimensions = space.dimensions();
        return known(dimensions, (int) (place * dimensions), random);
    }

    /** A uniformly random set of exactly {@code count} known variables among {@code dimensions}. */
    public static boolean[] known(int dimensions, int count, RandomStream random) {
        if (count < 0 || count > dimensions) {
            throw new IllegalArgumentException("cannot know " + count + " of " + dimensions + " variables");
        }
        boolean[] known = new boolean[dimensions];
        int[] positions = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            positions[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(dimensions - i);
            int chosen = positions[j];
            positions[j] = positions[i];
            known[chosen] = true;
        }
        return known;
    }
}
