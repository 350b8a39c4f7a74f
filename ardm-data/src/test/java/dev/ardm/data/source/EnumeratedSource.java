package dev.ardm.data.source;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;

/** A source over a space so small that the probability of every item is in a table. */
final class EnumeratedSource implements KnownSource {
    private static final int MAX_ITEMS = 1 << 20;

    private final Space space;
    private final double[] distribution;
    private final double[] cumulative;
    private final double entropy;

    private EnumeratedSource(Space space, double[] distribution) {
        this.space = space;
        this.distribution = distribution;
        this.cumulative = new double[distribution.length];
        double sum = 0;
        for (int i = 0; i < distribution.length; i++) {
            sum += distribution[i];
            cumulative[i] = sum;
        }
        this.entropy = Probabilities.entropy(distribution);
    }

    static EnumeratedSource ising4x4(double coupling, double field) {
        Space space = Space.image(4, 4, 1, 2);
        double[] distribution = new double[1 << 16];
        double[] energy = new double[distribution.length];
        double top = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < distribution.length; index++) {
            int[] item = item(space, index);
            int pairs = 0;
            int spins = 0;
            for (int p = 0; p < 16; p++) {
                int s = 2 * item[p] - 1;
                spins += s;
                pairs += p % 4 < 3 ? s * (2 * item[p + 1] - 1) : 0;
                pairs += p < 12 ? s * (2 * item[p + 4] - 1) : 0;
            }
            energy[index] = coupling * pairs + field * spins;
            top = Math.max(top, energy[index]);
        }
        double sum = 0;
        for (int index = 0; index < distribution.length; index++) {
            distribution[index] = StrictMath.exp(energy[index] - top);
            sum += distribution[index];
        }
        for (int index = 0; index < distribution.length; index++) {
            distribution[index] /= sum;
        }
        return new EnumeratedSource(space, distribution);
    }

    static EnumeratedSource mixture(double[] weights, KnownSource[] sources) {
        double[] checked = Probabilities.checked(weights);
        if (sources.length != checked.length) {
            throw new IllegalArgumentException(sources.length + " sources but " + checked.length + " weights");
        }
        Space space = sources[0].space();
        for (KnownSource source : sources) {
            if (!source.space().equals(space)) {
                throw new IllegalArgumentException("sources of different spaces: " + space + " and " + source.space());
            }
        }
        double[] distribution = new double[count(space)];
        for (int index = 0; index < distribution.length; index++) {
            int[] item = item(space, index);
            for (int s = 0; s < sources.length; s++) {
                distribution[index] += checked[s] * StrictMath.pow(2, sources[s].logProb(item));
            }
        }
        return new EnumeratedSource(space, distribution);
    }

    /** Whether the probability of every item of a space fits the table. */
    static boolean feasible(Space space) {
        long count = 1;
        for (int p = 0; p < space.dimensions() && count <= MAX_ITEMS; p++) {
            count *= space.categories(p);
        }
        return count <= MAX_ITEMS;
    }

    private static int count(Space space) {
        if (!feasible(space)) {
            throw new IllegalArgumentException("a space of " + space + " has too many items to enumerate");
        }
        int count = 1;
        for (int p = 0; p < space.dimensions(); p++) {
            count *= space.categories(p);
        }
        return count;
    }

    /** The item of an index: its digits, the last position changing fastest. */
    private static int[] item(Space space, int index) {
        int[] item = new int[space.dimensions()];
        for (int p = item.length - 1; p >= 0; p--) {
            item[p] = index % space.categories(p);
            index /= space.categories(p);
        }
        return item;
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public double entropyBits() {
        return entropy;
    }

    @Override
    public int[] draw(RandomStream random) {
        double u = random.nextDouble() * cumulative[cumulative.length - 1];
        int at = Arrays.binarySearch(cumulative, u);
        int index = at >= 0 ? at + 1 : -at - 1;
        while (index < distribution.length - 1 && distribution[index] == 0) {
            index++;
        }
        return item(space, index);
    }

    @Override
    public double logProb(int[] item) {
        space.check(item);
        int index = 0;
        for (int p = 0; p < item.length; p++) {
            index = index * space.categories(p) + item[p];
        }
        return Probabilities.log2(distribution[index]);
    }

    /** Sums over all items that have the known values. */
    @Override
    public double[][] conditionals(int[] values, boolean[] known) {
        Probabilities.checkKnown(space, values, known);
        int dimensions = space.dimensions();
        double[][] out = new double[dimensions][];
        int[] item = new int[dimensions];
        int[] strides = new int[dimensions];
        int stride = 1;
        int index = 0;
        for (int p = dimensions - 1; p >= 0; p--) {
            out[p] = new double[space.categories(p)];
            item[p] = known[p] ? values[p] : 0;
            strides[p] = stride;
            index += stride * item[p];
            stride *= space.categories(p);
        }
        int at = 0;
        while (at >= 0) {
            for (int p = 0; p < dimensions; p++) {
                out[p][item[p]] += distribution[index];
            }
            // The next item: count up in the unknown digits.
            at = dimensions - 1;
            while (at >= 0 && (known[at] || item[at] == out[at].length - 1)) {
                if (!known[at]) {
                    index -= strides[at] * item[at];
                    item[at] = 0;
                }
                at--;
            }
            if (at >= 0) {
                item[at]++;
                index += strides[at];
            }
        }
        for (double[] row : out) {
            Probabilities.normalise(row);
        }
        return out;
    }

    @Override
    public double[] lossCurve() {
        return SubsetEntropies.lossCurve(space, distribution);
    }
}
