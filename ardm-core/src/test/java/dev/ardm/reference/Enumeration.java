package dev.ardm.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model of a few variables, by enumeration: one distribution for each set of known variables and their values, from the second
 * network, and sums over all items, sets and orders. Everything is in bits.
 */
final class Enumeration {
    private final int variables;
    private final int categories;
    /** By set of known variables (a bit for each), by number of the item with zeros elsewhere, by variable. */
    private final double[][][][] probabilities;

    Enumeration(ReferenceModel model) {
        this.variables = model.definition().units();
        this.categories = model.definition().categories();
        ReferenceNetwork network = new ReferenceNetwork(model);
        probabilities = new double[1 << variables][items().size()][][];
        for (int known = 0; known < probabilities.length - 1; known++) {
            boolean[] flags = new boolean[variables];
            for (int i = 0; i < variables; i++) {
                flags[i] = isIn(known, i);
            }
            for (int[] item : items()) {
                if (number(item, known) == number(item, -1)) {
                    float[] logits = network.outputs(item, flags, 0);
                    probabilities[known][number(item, known)] = distributions(logits);
                }
            }
        }
    }

    private double[][] distributions(float[] logits) {
        double[][] distributions = new double[variables][categories];
        for (int i = 0; i < variables; i++) {
            double sum = 0;
            for (int value = 0; value < categories; value++) {
                distributions[i][value] = Math.exp(logits[i * categories + value]);
                sum += distributions[i][value];
            }
            for (int value = 0; value < categories; value++) {
                distributions[i][value] /= sum;
            }
        }
        return distributions;
    }

    static boolean isIn(int set, int variable) {
        return (set >> variable & 1) == 1;
    }

    /** The number of an item among all, with zeros in place of what is not in a set. */
    private int number(int[] item, int set) {
        int number = 0;
        for (int i = 0; i < variables; i++) {
            number = number * categories + (isIn(set, i) ? item[i] : 0);
        }
        return number;
    }

    /** All items, by their numbers. */
    List<int[]> items() {
        int count = (int) Math.pow(categories, variables);
        List<int[]> items = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int[] item = new int[variables];
            int rest = number;
            for (int i = variables - 1; i >= 0; i--) {
                item[i] = rest % categories;
                rest /= categories;
            }
            items.add(item);
        }
        return items;
    }

    /** Sets of a size. */
    List<Integer> sets(int size) {
        List<Integer> sets = new ArrayList<>();
        for (int set = 0; set < 1 << variables; set++) {
            if (Integer.bitCount(set) == size) {
                sets.add(set);
            }
        }
        return sets;
    }

    /** The starts of all ways to cut that many steps into groups. */
    static List<int[]> schedules(int steps) {
        List<int[]> schedules = new ArrayList<>();
        for (int set = 1; set < 1 << steps; set += 2) {
            List<Integer> starts = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                if (isIn(set, step)) {
                    starts.add(step);
                }
            }
            schedules.add(starts.stream().mapToInt(Integer::intValue).toArray());
        }
        return schedules;
    }

    /** The distribution of a variable, given those in a set. */
    double[] conditional(int[] item, int known, int variable) {
        return probabilities[known][number(item, known)][variable];
    }

    double bits(int[] item, int known, int variable) {
        return -Math.log(conditional(item, known, variable)[item[variable]]) / Math.log(2);
    }

    /**
     * What the variables from some place of an order on cost, group by group.
     *
     * @param starts of the groups, and at the end the number of variables; the first is the number of those known before
     */
    double bits(int[] item, int[] order, int[] starts) {
        double bits = 0;
        for (int group = 0; group + 1 < starts.length; group++) {
            int known = 0;
            for (int step = 0; step < starts[group]; step++) {
                known |= 1 << order[step];
            }
            for (int step = starts[group]; step < starts[group + 1]; step++) {
                bits += bits(item, known, order[step]);
            }
        }
        return bits;
    }

    /** The mean cost of a variable that is not in a set, given those in it. */
    double meanBits(int[] item, int known) {
        double bits = 0;
        for (int i = 0; i < variables; i++) {
            bits += isIn(known, i) ? 0 : bits(item, known, i);
        }
        return bits / (variables - Integer.bitCount(known));
    }

    /** L_n of an item: the mean over all sets of n known ones. */
    double lossComponent(int[] item, int n) {
        return sets(n).stream()
                .mapToDouble(known -> meanBits(item, known))
                .average()
                .orElseThrow();
    }

    /** The bound on the bits of an item: the mean over all orders, one variable a call. */
    double bound(int[] item) {
        double sum = 0;
        List<int[]> orders = orders();
        int[] starts = new int[variables + 1];
        Arrays.setAll(starts, step -> step);
        for (int[] order : orders) {
            sum += bits(item, order, starts);
        }
        return sum / orders.size();
    }

    List<int[]> orders() {
        List<int[]> orders = new ArrayList<>();
        extend(new int[variables], 0, 0, orders);
        return orders;
    }

    private void extend(int[] order, int length, int used, List<int[]> orders) {
        if (length == variables) {
            orders.add(order.clone());
        }
        for (int i = 0; i < variables; i++) {
            if (!isIn(used, i)) {
                order[length] = i;
                extend(order, length + 1, used | 1 << i, orders);
            }
        }
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1.0) / values.length);
    }

    /** How far counts are from what was expected. */
    static double chiSquared(int[] counts, double[] expected) {
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
            sum += (counts[k] - expected[k]) * (counts[k] - expected[k]) / expected[k];
        }
        return sum;
    }
}
