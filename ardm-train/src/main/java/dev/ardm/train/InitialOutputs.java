package dev.ardm.train;

import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.Categorical;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.process.Process;
import dev.ardm.data.ItemSet;
import java.util.Arrays;

/** Where a network's outputs start: at what fits the frequencies of the values, which saves the first hundreds of steps. */
final class InitialOutputs {
    private static final int ITEMS = 1000;
    private static final int VALUES = 100_000;

    private InitialOutputs() {}

    /** The initial values of {@link Network#logitBias}. */
    static float[] of(Network network, ItemSet items) {
        if (network.output() instanceof LogisticMixture mixture) {
            if (network.contrasts()) {
                return aroundPrediction(network, mixture);
            }
            return network.interpolates() ? aroundInterpolation(network, mixture) : quantiles(network, mixture, items);
        }
        // What counts say of a value is all that is known at first.
        return network.counts() ? new float[network.output().outputs()] : logFrequencies(network, items);
    }

    private static float[] logFrequencies(Network network, ItemSet items) {
        Process process = network.process();
        int outputs = network.output().outputs();
        int perPlace = network.unitsPerPlace();
        double[] counts = new double[perPlace * outputs];
        int[] block = new int[counts.length];
        Arrays.fill(counts, 1);
        for (int position = 0; position < process.space().dimensions(); position++) {
            for (int stage = 0; stage < process.stages(); stage++) {
                int[] range = range(network, position, stage);
                int base = position % perPlace * outputs;
                Arrays.fill(block, base + range[0], base + range[0] + range[1], base + range[0]);
            }
        }
        for (int i = 0; i < Math.min(items.size(), ITEMS); i++) {
            int[] item = network.anyLength() ? items.present(i) : items.item(i);
            for (int position = 0; position < item.length; position++) {
                int base = position % perPlace * outputs;
                int leaf = process.leaf(item[position]);
                if (network.output() instanceof Digits digits) {
                    for (int stage = 0; stage < digits.stages(); stage++) {
                        int digit = (leaf - process.coarse(item[position], stage)) / process.width(stage + 1);
                        counts[base + digits.first(position, stage, 0) + digit]++;
                    }
                } else {
                    counts[base + ((Categorical) network.output()).first(position, 0, leaf)]++;
                }
            }
        }
        double[] totals = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            totals[block[i]] += counts[i];
        }
        float[] bias = new float[counts.length];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) StrictMath.log(counts[i] / totals[block[i]]);
        }
        return bias;
    }

    /** First logit and number of logits that share a softmax with it, at a position and stage. */
    private static int[] range(Network network, int position, int stage) {
        if (network.output() instanceof Digits digits) {
            return new int[] {digits.first(position, stage, 0), digits.branching()};
        }
        return new int[] {
            ((Categorical) network.output()).first(position, 0, 0),
            network.space().categories(position)
        };
    }

    /**
     * Components of scales from a fiftieth of the range (of a few values, where a value is far less than that) to the whole of it, all
     * where the known neighbours point.
     */
    private static float[] aroundInterpolation(Network network, LogisticMixture mixture) {
        float[] bias = new float[network.unitsPerPlace() * mixture.outputs()];
        double narrowest = StrictMath.log(Math.max(50, network.space().maxCategories() / 32.0));
        for (int unit = 0; unit < network.unitsPerPlace(); unit++) {
            for (int c = 0; c < mixture.channels(); c++) {
                for (int m = 0; m < mixture.components(); m++) {
                    int at = unit * mixture.outputs();
                    double place = (m + 0.5) / mixture.components();
                    bias[at + mixture.mean(c) + m] = (float) (0.1 * (2 * place - 1) / LogisticMixture.UNIT);
                    bias[at + mixture.logInverseScale(c) + m] = (float) (narrowest * place);
                    if (c > 0) {
                        // Channels of photographs deviate together.
                        bias[at + mixture.coupling(c, c - 1) + m] = 0.9f / LogisticMixture.UNIT;
                    }
                }
            }
        }
        return bias;
    }

    /** Components of scales from a seventh of the contrast to all of it, next to the prediction. */
    private static float[] aroundPrediction(Network network, LogisticMixture mixture) {
        float[] bias = new float[network.unitsPerPlace() * mixture.outputs()];
        for (int at = 0; at < bias.length; at += mixture.outputs()) {
            for (int c = 0; c < mixture.channels(); c++) {
                for (int m = 0; m < mixture.components(); m++) {
                    float place = 2 * (m + 0.5f) / mixture.components() - 1;
                    bias[at + mixture.mean(c) + m] = 0.3f * place;
                    bias[at + mixture.logInverseScale(c) + m] = place;
                    if (c > 0) {
                        bias[at + mixture.coupling(c, c - 1) + m] = 0.9f;
                    }
                }
            }
        }
        return bias;
    }

    /** Means at quantiles of the values, scales that make neighbouring components meet. */
    private static float[] quantiles(Network network, LogisticMixture mixture, ItemSet items) {
        int perPlace = network.unitsPerPlace();
        int channels = mixture.channels();
        int components = mixture.components();
        int categories = network.space().maxCategories();
        float[] bias = new float[perPlace * mixture.outputs()];
        for (int place = 0; place < perPlace; place++) {
            for (int c = 0; c < channels; c++) {
                int[] values = values(items, network.anyLength(), place * channels + c, perPlace * channels);
                for (int m = 0; m < components; m++) {
                    int at = place * mixture.outputs();
                    int value = values[(int) ((m + 0.5) / components * values.length)];
                    bias[at + mixture.mean(c) + m] =
                            (2 * value - (categories - 1)) / (float) (categories - 1) / LogisticMixture.UNIT;
                    double spacing = spacing(values, m, components) * 2.0 / (categories - 1);
                    bias[at + mixture.logInverseScale(c) + m] =
                            (float) -StrictMath.log(Math.max(spacing, 2.0 / (categories - 1)));
                }
            }
        }
        return bias;
    }

    /** Half the distance of the quantiles around the m-th. */
    private static double spacing(int[] values, int m, int components) {
        int low = values[(int) ((double) m / components * values.length)];
        int high = values[Math.min(values.length - 1, (int) ((m + 1.0) / components * values.length))];
        return (high - low) / 2.0;
    }

    private static int[] values(ItemSet items, boolean ends, int first, int step) {
        int[] values = new int[VALUES];
        int count = 0;
        int perItem = items.space().dimensions() / step;
        int stride = Math.max(1, (int) ((long) Math.min(items.size(), ITEMS) * perItem / VALUES));
        int seen = 0;
        for (int i = 0; i < Math.min(items.size(), ITEMS); i++) {
            int[] item = ends ? items.present(i) : items.item(i);
            for (int position = first; position < item.length; position += step) {
                if (seen++ % stride == 0 && count < VALUES) {
                    values[count++] = item[position];
                }
            }
        }
        int[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
