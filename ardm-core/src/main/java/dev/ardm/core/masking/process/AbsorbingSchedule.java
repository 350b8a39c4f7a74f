package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How fast the variables of an absorbing diffusion fall into the masked state: the probability alpha(u) that a variable has not
 * fallen by time u in [0, 1], independently of the others. It starts at 1 and ends at 0 (Austin et al. 2021, "Structured denoising
 * diffusion models in discrete state-spaces", section 3.1; Hoogeboom et al. 2022, appendix C).
 *
 * <p>With T steps the times are t/T, and a variable falls in step t of 1..T with probability alpha((t-1)/T) - alpha(t/T).
 */
public final class AbsorbingSchedule {
    /**
     * alpha(u) = 1 - u: in step t a variable that has not fallen does so with probability 1/(T-t+1), the schedule of D3PM. As
     * many variables are revealed at each time of a generation.
     */
    public static final AbsorbingSchedule LINEAR = of("linear", u -> 1 - u);

    /**
     * alpha(u) = 1 - cos(pi/2 (1-u)): the generation reveals few variables at first, when they cost most, and many at the
     * end, as in Chang et al. 2022, "MaskGIT", section 3.3.
     */
    public static final AbsorbingSchedule COSINE =
            of("cosine", u -> u == 1 ? 0 : u == 0 ? 1 : 1 - StrictMath.cos(Math.PI / 2 * (1 - u)));

    private final String name;
    private final DoubleUnaryOperator survival;

    private AbsorbingSchedule(String name, DoubleUnaryOperator survival) {
        this.name = name;
        this.survival = survival;
        if (survival(0) != 1 || survival(1) != 0) {
            throw new IllegalArgumentException("survival of the schedule " + name + " must go from 1 to 0, got "
                    + survival(0) + " to " + survival(1));
        }
    }

    /**
     * A given schedule. That it never rises is checked where it is used.
     *
     * @param name for people
     * @param survival alpha(u) for u in [0, 1], from exactly 1 to exactly 0
     * @throws IllegalArgumentException if it does not go from 1 to 0
     */
    public static AbsorbingSchedule of(String name, DoubleUnaryOperator survival) {
        return new AbsorbingSchedule(name, survival);
    }

    /**
     * The schedule with given survival probabilities at evenly spaced times, linear between them.
     *
     * @param survival alpha(0), alpha(1/T), ..., alpha(1): from exactly 1 to exactly 0, never rising
     * @throws IllegalArgumentException if they are not so
     */
    public static AbsorbingSchedule table(double... survival) {
        if (survival.length < 2) {
            throw new IllegalArgumentException("a schedule needs survival at 2 times or more, got " + survival.length);
        }
        double[] at = survival.clone();
        int steps = at.length - 1;
        AbsorbingSchedule schedule = new AbsorbingSchedule("table of " + steps + " steps", u -> {
            double nearest = Math.rint(u * steps);
            if (nearest / steps == u) {
                return at[(int) nearest];
            }
            int before = (int) Math.min(steps - 1.0, Math.floor(u * steps));
            double share = Math.max(0, Math.min(1, Math.fma(u, steps, -before)));
            return Math.fma(share, at[before + 1] - at[before], at[before]);
        });
        checkFalling(at, schedule.name);
        return schedule;
    }

    /** alpha(u), the probability that a variable has not fallen by time u in [0, 1]. */
    public double survival(double time) {
        if (!(time >= 0 && time <= 1)) {
            throw new IllegalArgumentException("time must be in [0, 1], got " + time);
        }
        double alpha = survival.applyAsDouble(time);
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "survival of the schedule " + name + " at time " + time + " is " + alpha + ", not in [0, 1]");
        }
        return alpha;
    }

    /**
     * alpha(t/T) for t = 0..T.
     *
     * @param steps T, at least 1
     * @throws IllegalArgumentException if the schedule rises between them
     */
    public double[] survivals(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a diffusion needs at least one step, got " + steps);
        }
        double[] alpha = new double[steps + 1];
        Arrays.setAll(alpha, t -> survival((double) t / steps));
        checkFalling(alpha, name);
        return alpha;
    }

    private static void checkFalling(double[] alpha, String name) {
        for (int t = 1; t < alpha.length; t++) {
            if (!(alpha[t] <= alpha[t - 1])) {
                throw new IllegalArgumentException("survival of the schedule " + name + " rises from " + alpha[t - 1]
                        + " to " + alpha[t] + " in step " + t + " of " + (alpha.length - 1));
            }
        }
    }

    /**
     * Draws when each variable falls, which is the order and grouping of one reverse generation.
     *
     * @param dimensions number of variables, at least 1
     * @param steps T, at least 1
     */
    public AbsorbingDraw draw(RandomStream random, int dimensions, int steps) {
        return AbsorbingDraw.of(survivals(steps), dimensions, random);
    }

    @Override
    public String toString() {
        return name;
    }
}
