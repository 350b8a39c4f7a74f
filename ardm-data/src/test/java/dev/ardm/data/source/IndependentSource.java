package dev.ardm.data.source;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;

/** Independent values, each of its own distribution. */
final class IndependentSource implements KnownSource {
    private final Space space;
    private final double[][] distributions;
    private final double entropy;

    IndependentSource(Space space, double[][] probabilities) {
        if (probabilities.length != space.dimensions()) {
            throw new IllegalArgumentException(probabilities.length + " distributions for a space of " + space);
        }
        this.space = space;
        this.distributions = new double[probabilities.length][];
        double bits = 0;
        for (int i = 0; i < distributions.length; i++) {
            if (probabilities[i].length != space.categories(i)) {
                throw new IllegalArgumentException("the distribution of position " + i + " has "
                        + probabilities[i].length + " categories, the space " + space.categories(i));
            }
            distributions[i] = i > 0 && probabilities[i] == probabilities[i - 1]
                    ? distributions[i - 1]
                    : Probabilities.checked(probabilities[i]);
            bits += Probabilities.entropy(distributions[i]);
        }
        this.entropy = bits;
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
        int[] item = new int[distributions.length];
        for (int i = 0; i < item.length; i++) {
            item[i] = Probabilities.draw(distributions[i], random);
        }
        return item;
    }

    @Override
    public double logProb(int[] item) {
        space.check(item);
        double bits = 0;
        for (int i = 0; i < item.length; i++) {
            bits += Probabilities.log2(distributions[i][item[i]]);
        }
        return bits;
    }

    @Override
    public double[][] conditionals(int[] values, boolean[] known) {
        Probabilities.checkKnown(space, values, known);
        double[][] out = new double[distributions.length][];
        for (int i = 0; i < distributions.length; i++) {
            if (known[i]) {
                out[i] = new double[distributions[i].length];
                out[i][values[i]] = distributions[i][values[i]];
                Probabilities.normalise(out[i]);
            } else {
                out[i] = distributions[i].clone();
            }
        }
        return out;
    }

    /** The same at every step: what is known does not help. */
    @Override
    public double[] lossCurve() {
        double[] curve = new double[distributions.length];
        Arrays.fill(curve, entropy / distributions.length);
        return curve;
    }
}
