package dev.ardm.data;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;

/** Independent values, each of its own law. */
final class IndependentSource implements KnownSource {
    private final Space space;
    private final double[][] laws;
    private final double entropy;

    IndependentSource(Space space, double[][] probabilities) {
        if (probabilities.length != space.dimensions()) {
            throw new IllegalArgumentException(probabilities.length + " laws for a space of " + space);
        }
        this.space = space;
        this.laws = new double[probabilities.length][];
        double bits = 0;
        for (int i = 0; i < laws.length; i++) {
            if (probabilities[i].length != space.categories(i)) {
                throw new IllegalArgumentException("the law of position " + i + " has " + probabilities[i].length
                        + " categories, the space " + space.categories(i));
            }
            laws[i] = i > 0 && probabilities[i] == probabilities[i - 1] ? laws[i - 1] : Law.checked(probabilities[i]);
            bits += Law.entropy(laws[i]);
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
        int[] item = new int[laws.length];
        for (int i = 0; i < item.length; i++) {
            item[i] = Law.draw(laws[i], random);
        }
        return item;
    }

    @Override
    public double logProb(int[] item) {
        space.check(item);
        double bits = 0;
        for (int i = 0; i < item.length; i++) {
            bits += Law.log2(laws[i][item[i]]);
        }
        return bits;
    }

    @Override
    public double[][] conditionals(int[] values, boolean[] known) {
        Law.checkKnown(space, values, known);
        double[][] out = new double[laws.length][];
        for (int i = 0; i < laws.length; i++) {
            if (known[i]) {
                out[i] = new double[laws[i].length];
                out[i][values[i]] = laws[i][values[i]];
                Law.normalise(out[i]);
            } else {
                out[i] = laws[i].clone();
            }
        }
        return out;
    }

    /** The same at every step: what is known does not help. */
    @Override
    public double[] lossCurve() {
        double[] curve = new double[laws.length];
        Arrays.fill(curve, entropy / laws.length);
        return curve;
    }
}
