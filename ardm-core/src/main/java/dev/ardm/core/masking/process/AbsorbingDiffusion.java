package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;

/**
 * Absorbing diffusion in T steps (D3PM with an absorbing state: Austin et al. 2021, "Structured denoising diffusion models in
 * discrete state-spaces") and what it costs compared with order-agnostic generation (Hoogeboom et al. 2022, appendix C).
 *
 * <p>In step t each of the D variables that is left falls into the masked state, independently of the others; the reverse
 * step reveals the variables that fell, each by its own distribution conditional on those that had not fallen. All of the bound's other terms
 * vanish: times and prior are the same under both processes. What remains depends on the network only through its loss
 * curve L_n, its mean cross entropy of a masked variable given a random set of n known ones.
 */
public final class AbsorbingDiffusion {
    private final int dimensions;
    private final AbsorbingSchedule schedule;
    private final double[] survival;

    /**
     * @param schedule how fast variables fall
     * @param dimensions D, number of variables of an item, at least 1
     * @param steps T, at least 1
     * @throws IllegalArgumentException if one of them is out of range or the schedule rises somewhere
     */
    public AbsorbingDiffusion(AbsorbingSchedule schedule, int dimensions, int steps) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("an item needs at least one variable, got " + dimensions);
        }
        this.dimensions = dimensions;
        this.schedule = schedule;
        this.survival = schedule.survivals(steps);
    }

    /** D, the number of variables. */
    public int dimensions() {
        return dimensions;
    }

    /** T, the number of steps. */
    public int steps() {
        return survival.length - 1;
    }

    /** alpha_t, the probability that a variable has not fallen by the end of step t of 0..T. */
    public double survival(int step) {
        checkStep(step, 0);
        return survival[step];
    }

    /** Probability that a variable falls in step t of 1..T. */
    public double fallProbability(int step) {
        checkStep(step, 1);
        return survival[step - 1] - survival[step];
    }

    /** beta_t, the probability that a variable falls in step t of 1..T if it has not fallen before; 1 if all have. */
    public double maskRate(int step) {
        double fall = fallProbability(step);
        return survival[step - 1] > 0 ? fall / survival[step - 1] : 1;
    }

    private void checkStep(int step, int first) {
        if (step < first || step > steps()) {
            throw new IllegalArgumentException("step " + step + " is not in [" + first + ", " + steps() + "]");
        }
    }

    /** Distribution of the number of variables that fall in step t of 1..T, which is the number that reverse step t reveals: probabilities of 0..D. */
    public double[] fallDistribution(int step) {
        return Binomial.distribution(dimensions, fallProbability(step));
    }

    /** Distribution of the number of variables known to reverse step t of 0..T, those not fallen by its end: probabilities of 0..D. */
    public double[] knownDistribution(int step) {
        checkStep(step, 0);
        return Binomial.distribution(dimensions, survival[step]);
    }

    /**
     * Distribution of the number of variables that reverse step t of 1..T reveals if {@code known} are known: probabilities of 0..D -
     * known.
     */
    public double[] revealDistribution(int step, int known) {
        double fall = fallProbability(step);
        if (known < 0 || known > dimensions) {
            throw new IllegalArgumentException("cannot know " + known + " of " + dimensions + " variables");
        }
        return Binomial.distribution(dimensions - known, survival[step] < 1 ? fall / (1 - survival[step]) : 0);
    }

    /** Expected number of steps that reveal something: the network calls of a generation that skips all others. */
    public double expectedCalls() {
        double calls = 0;
        for (int t = 1; t <= steps(); t++) {
            calls += 1 - StrictMath.exp(dimensions * StrictMath.log1p(-fallProbability(t)));
        }
        return calls;
    }

    /**
     * The bound on the negative log-likelihood of an item that T steps reach: the sum over reverse steps of the expected
     * number revealed times L at the number known, by the binomial distributions. A right Riemann sum of {@link #costDensity} over
     * alpha: at least {@link #continuousBoundBits} where the curve never rises.
     *
     * @param lossCurve L_n in bits per variable for n = 0..D-1 known ones
     * @return expected bits of an item
     */
    public double boundBits(double[] lossCurve) {
        checkCurve(lossCurve);
        double bits = 0;
        for (int t = 1; t <= steps(); t++) {
            double fall = fallProbability(t);
            bits = fall > 0 ? Math.fma(fall, costDensity(lossCurve, survival[t]), bits) : bits;
        }
        return bits;
    }

    private void checkCurve(double[] lossCurve) {
        if (lossCurve.length != dimensions) {
            throw new IllegalArgumentException(
                    "a loss curve of " + lossCurve.length + " values for " + dimensions + " variables");
        }
    }

    /**
     * The bound in continuous time, T to infinity: the sum of the curve, for any schedule. Times of a continuous distribution are
     * all different, so that one variable is revealed after another in a uniform order: the order-agnostic bound.
     *
     * @param lossCurve L_n in bits per variable for n = 0..D-1 known ones
     * @return expected bits of an item
     */
    public static double continuousBoundBits(double[] lossCurve) {
        double bits = 0;
        for (double value : lossCurve) {
            bits += value;
        }
        return bits;
    }

    /**
     * Expected bits per unit of survival probability when a share alpha of the variables is known: D times the mean of L
     * over a binomial number of the other D - 1 variables, which is the Bernstein polynomial of the curve. Its integral over
     * alpha from 0 to 1 is the sum of the curve; in time the integrand is {@code -alpha'(u) costDensity(alpha(u))}, the
     * weighted loss of masked diffusion.
     *
     * @param lossCurve L_n in bits per variable for n = 0..D-1 known ones, not empty
     * @param alpha in [0, 1]
     */
    public static double costDensity(double[] lossCurve, double alpha) {
        if (lossCurve.length == 0 || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "need a loss curve and alpha in [0, 1], got " + lossCurve.length + " values and alpha " + alpha);
        }
        double[] others = Binomial.distribution(lossCurve.length - 1, alpha);
        double mean = 0;
        for (int n = 0; n < others.length; n++) {
            // A curve may be infinite where the model rules out what occurs; 0 x infinity counts nothing.
            mean = others[n] > 0 ? Math.fma(others[n], lossCurve[n], mean) : mean;
        }
        return lossCurve.length * mean;
    }

    /** Draws the order and grouping of one reverse generation. */
    public AbsorbingDraw draw(RandomStream random) {
        return AbsorbingDraw.of(survival, dimensions, random);
    }

    /**
     * Bits of an item in one drawn generation: each group by its own distributions given all groups before, one call each. The mean
     * over drawn generations and items is {@link #boundBits} of the distributions' loss curve.
     *
     * @param item all values
     * @return positive infinity if a distribution rules out a value
     */
    public static double itemBits(int[] item, ConditionalDistributions distributions, AbsorbingDraw draw) {
        double[] nats = new double[1];
        walk(item.clone(), distributions, draw, (position, distribution) -> {
            nats[0] -= StrictMath.log(distribution[item[position]]);
            return item[position];
        });
        return nats[0] / StrictMath.log(2);
    }

    /** Generates an item by one drawn generation: ancestral sampling of the T-step model. */
    public static int[] sample(ConditionalDistributions distributions, AbsorbingDraw draw, RandomStream random) {
        int[] item = new int[draw.positions().length];
        walk(item, distributions, draw, (position, distribution) -> index(distribution, random.nextDouble()));
        return item;
    }

    /** The first index at which the cumulated distribution exceeds a number of [0, 1); the last possible one if rounding leaves none. */
    private static int index(double[] distribution, double uniform) {
        double rest = uniform;
        int last = 0;
        for (int k = 0; k < distribution.length; k++) {
            if (distribution[k] > 0) {
                last = k;
                rest -= distribution[k];
                if (rest < 0) {
                    return k;
                }
            }
        }
        return last;
    }

    private interface Visitor {
        int visit(int position, double[] distribution);
    }

    private static void walk(int[] item, ConditionalDistributions distributions, AbsorbingDraw draw, Visitor visitor) {
        int[] positions = draw.positions();
        if (item.length != positions.length) {
            throw new IllegalArgumentException(
                    "a generation of " + positions.length + " variables for an item of " + item.length);
        }
        boolean[] known = new boolean[item.length];
        int first = 0;
        for (int size : draw.groupSizes()) {
            double[][] now = distributions.conditionals(item, known);
            for (int step = first; step < first + size; step++) {
                item[positions[step]] = visitor.visit(positions[step], now[positions[step]]);
            }
            for (int step = first; step < first + size; step++) {
                known[positions[step]] = true;
            }
            first += size;
        }
    }

    @Override
    public String toString() {
        return "absorbing diffusion, " + schedule + ", " + steps() + " steps";
    }
}
