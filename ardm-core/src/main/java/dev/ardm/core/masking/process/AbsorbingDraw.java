package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The falling times of one item under absorbing diffusion, read backwards as a generation: what fell last is revealed first,
 * and what fell in one step is revealed in one network call. Steps in which nothing fell need no call and are not in the
 * schedule.
 *
 * <p>The times are independent and of one distribution, so that their order is uniform and independent of how many fall in each step
 * (Hoogeboom et al. 2022, appendix C). The sizes alone with any uniform order are therefore the same process.
 */
public final class AbsorbingDraw {
    private final int steps;
    private final int[] fallingSteps;
    private final int[] positions;
    private final int[] starts;

    private AbsorbingDraw(int steps, int[] fallingSteps, int[] positions, int[] starts) {
        this.steps = steps;
        this.fallingSteps = fallingSteps;
        this.positions = positions;
        this.starts = starts;
    }

    static AbsorbingDraw of(double[] survival, int dimensions, RandomStream random) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("a generation needs at least one variable, got " + dimensions);
        }
        // A variable has not fallen by t exactly if its uniform number is below alpha_t: the smaller, the later it
        // falls.
        double[] uniforms = new double[dimensions];
        int[] fallingSteps = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            uniforms[i] = random.nextDouble();
            fallingSteps[i] = fallingStep(survival, uniforms[i]);
        }
        int[] positions = IntStream.range(0, dimensions)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> uniforms[i]).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] starts = IntStream.range(0, dimensions)
                .filter(step -> step == 0 || fallingSteps[positions[step]] != fallingSteps[positions[step - 1]])
                .toArray();
        return new AbsorbingDraw(survival.length - 1, fallingSteps, positions, starts);
    }

    /** The first t with {@code alpha_t <= uniform}. */
    private static int fallingStep(double[] survival, double uniform) {
        int fallen = survival.length - 1;
        int alive = 0;
        while (fallen - alive > 1) {
            int t = (alive + fallen) >>> 1;
            if (survival[t] <= uniform) {
                fallen = t;
            } else {
                alive = t;
            }
        }
        return fallen;
    }

    /** T, all steps of the diffusion. */
    public int steps() {
        return steps;
    }

    /** Steps that reveal something: the network calls of this generation. */
    public int calls() {
        return starts.length;
    }

    /** Steps that reveal nothing, for which no network is called. */
    public int skippedSteps() {
        return steps - calls();
    }

    /** In which step of 1..T each variable falls: {@code [position]}. */
    public int[] fallingSteps() {
        return fallingSteps.clone();
    }

    /** The variables in the order in which they are revealed; uniformly random. */
    public int[] positions() {
        return positions.clone();
    }

    /**
     * For each call the number of variables known before it, the first of them 0: the starts of a schedule, over
     * {@link #positions} or over any other uniform order.
     */
    public int[] starts() {
        return starts.clone();
    }

    /** The number of variables that each call reveals, none of them 0; the sum is the number of variables. */
    public int[] groupSizes() {
        int[] sizes = new int[starts.length];
        for (int call = 0; call < sizes.length; call++) {
            sizes[call] = (call + 1 < starts.length ? starts[call + 1] : positions.length) - starts[call];
        }
        return sizes;
    }
}
