package dev.ardm.train;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Corruption;
import dev.ardm.core.masking.process.Process;
import dev.ardm.data.ItemSet;
import dev.ardm.train.step.CodingOrder;
import dev.ardm.train.step.Shifts;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch of corrupted examples and what the loss looks at. The loss is the sum over the targets of weight times information
 * content: an unbiased estimate of the bound in nats per dimension, averaged over the dimensions of the batch's items. Of a network
 * that takes items of any length, items have the values only that are their own.
 *
 * @param input the partly known items
 * @param sites places whose features are needed, as indices into batch x places
 * @param rows for each target its unit: index into sites x units per place
 * @param units for each target its unit, in its item
 * @param stages for each target the stage of its item
 * @param targets the true values: for each target as many as a unit has variables
 * @param weights weight of each target; they sum to the number of stages divided by the variables of a unit
 */
record TrainingBatch(
        NetworkInput input, int[] sites, int[] rows, int[] units, int[] stages, int[] targets, float[] weights) {
    /**
     * The part of the examples that a network of classes learns from without their labels, so that it is a model of unlabelled
     * items as well (Ho and Salimans 2022, "Classifier-free diffusion guidance", algorithm 1: p_uncond).
     */
    static final double UNLABELLED_PART = 0.1;

    /** The part of the batches of which an infilling process knows something; from the others it learns to code. */
    private static final double INFILLED_PART = 0.3;

    /**
     * The part of the examples that a causal transformer of any order sees in the natural one, which lowers its loss in the others too (Xue
     * et al. 2025, "Any-order GPT as masked diffusion model", finding 3).
     */
    static final double NATURAL_PART = 0.1;

    /** The batch of given items, with corruptions drawn for (seed, purpose, number of the batch). */
    static TrainingBatch of(
            ItemSet items, int[] indices, Network network, TrainingSettings settings, Purpose purpose, long number) {
        int batch = indices.length;
        long seed = settings.seed();
        double codingOrder = settings.codingOrder();
        // The features of a causal network are at all places anyway, and its outputs cost little.
        boolean everywhere = purpose == Purpose.EVALUATION
                || network.slope() > 0
                || network.process().naturalOrder();
        int lossSites = everywhere ? Integer.MAX_VALUE : settings.lossSites();
        boolean ends = network.anyLength();
        int[] lengths = IntStream.of(indices)
                .map(index -> ends ? items.length(index) : items.space().dimensions())
                .toArray();
        // What no item of the batch has is no work.
        Process process = network.process().ofLength(IntStream.of(lengths).max().orElseThrow());
        int dimensions = process.space().dimensions();
        // Examples are keyed by their global index, the batch's own draws by negative numbers.
        RandomStream common = RandomStream.of(seed, purpose, -1 - number);
        int[] strata = common.permutation(batch);
        // All of a batch or none: it has as many rows as the example with the most copies.
        boolean infilled = process.infills() && purpose == Purpose.CORRUPTION && common.nextDouble() < INFILLED_PART;
        int[] values = new int[batch * dimensions];
        boolean[] known = new boolean[batch * dimensions];
        int[] stages = new int[batch];
        int[][] orders = new int[batch][];
        int[] labels = new int[batch];
        int[] learnt = lengths.clone();
        for (int i = 0; i < batch; i++) {
            learnt[i] -= items.context(indices[i]);
        }
        Builder builder = new Builder(network.unitsPerPlace(), process, learnt, lossSites);
        Shifts shifts = new Shifts(items.space(), purpose == Purpose.CORRUPTION ? settings.shifts() : 0);
        @Nullable CodingOrder order = codingOrder > 0 ? new CodingOrder(network.process()) : null;
        for (int i = 0; i < batch; i++) {
            RandomStream random = RandomStream.of(seed, purpose, number * batch + i);
            int[] item = shifts.draw(Arrays.copyOf(items.item(indices[i]), lengths[i]), random);
            Process own = process.ofLength(lengths[i]);
            double place = Math.min((strata[i] + random.nextDouble()) / batch, Math.nextDown(1.0));
            // Every place is met equally often in both kinds: a kind is chosen without looking at it.
            Corruption corruption;
            if (infilled && own instanceof Autoregressive gaps) {
                corruption = gaps.infilled(random);
            } else if (order != null && random.nextDouble() < codingOrder) {
                corruption = order.of(own).at(place);
            } else {
                corruption = drawn(network, own, purpose, random).corrupt(place, random);
            }
            corruption = corruption.after(lengths[i] - learnt[i]);
            System.arraycopy(item, 0, values, i * dimensions, item.length);
            System.arraycopy(corruption.known(), 0, known, i * dimensions, item.length);
            stages[i] = corruption.stage();
            orders[i] = corruption.order();
            builder.add(i, item, corruption, random);
            labels[i] = label(items.label(indices[i]), process, purpose, random);
        }
        NetworkInput input = new NetworkInput(process, batch, values, known, stages, orders, labels, lengths);
        return builder.build(network.counts() ? input.withCountLogs(logs(items, indices, lengths, values)) : input);
    }

    /** The process that an example is drawn from. */
    private static Process drawn(Network network, Process process, Purpose purpose, RandomStream random) {
        boolean learns = purpose == Purpose.CORRUPTION && network.stepwise();
        return learns && process instanceof Autoregressive any && any.permuted() && random.nextDouble() < NATURAL_PART
                ? any.inNaturalOrder()
                : process;
    }

    private static float[] logs(ItemSet items, int[] indices, int[] lengths, int[] values) {
        if (items instanceof CountedItems counted) {
            return counted.logs(indices, lengths, values);
        }
        throw new IllegalArgumentException("a network that is told what counts say learns from items with counts");
    }

    /** What the network receives of an example's label. Draws nothing where there are no classes. */
    private static int label(int label, Process process, Purpose purpose, RandomStream random) {
        if (process.classes() == 0) {
            return NetworkInput.UNLABELLED;
        }
        boolean learns = purpose == Purpose.CORRUPTION;
        return learns && random.nextDouble() < UNLABELLED_PART ? NetworkInput.UNLABELLED : label;
    }

    /** Collects the targets. */
    private static final class Builder {
        private final Process process;
        private final int unitsPerPlace;
        private final int lossSites;
        /** How many items of the size of each would have as many dimensions as all have together. */
        private final double[] shares;

        private final int[] sites;
        private final int[] rows;
        private final int[] units;
        private final int[] stages;
        private final int[] targets;
        private final float[] weights;
        private int siteCount;
        private int targetCount;

        /**
         * @param process of items of the largest length
         * @param lengths how many values of each item are learnt
         */
        Builder(int unitsPerPlace, Process process, int[] lengths, int lossSites) {
            this.process = process;
            this.unitsPerPlace = unitsPerPlace;
            this.lossSites = lossSites;
            int batch = lengths.length;
            double all = IntStream.of(lengths).asLongStream().sum();
            shares = IntStream.of(lengths).mapToDouble(length -> all / length).toArray();
            int maxSites = batch * Math.min(lossSites, process.units() / unitsPerPlace);
            int maxTargets = maxSites * unitsPerPlace;
            sites = new int[maxSites];
            rows = new int[maxTargets];
            units = new int[maxTargets];
            stages = new int[maxTargets];
            targets = new int[maxTargets * process.unitSize()];
            weights = new float[maxTargets];
        }

        void add(int example, int[] item, Corruption corruption, RandomStream random) {
            int places = process.units() / unitsPerPlace;
            int[] candidates = new int[corruption.predicted().length / unitsPerPlace];
            int count = 0;
            for (int place = 0; place < candidates.length; place++) {
                boolean any = false;
                for (int u = 0; u < unitsPerPlace; u++) {
                    any |= corruption.predicted()[place * unitsPerPlace + u];
                }
                if (any) {
                    candidates[count++] = place;
                }
            }
            int chosen = Math.min(lossSites, count);
            int size = process.unitSize();
            // Each place is looked at with probability chosen / count.
            float weight = (float) (count
                    * (double) process.stages()
                    / ((double) chosen * corruption.count() * shares[example] * size));
            for (int i = 0; i < chosen; i++) {
                if (chosen < count) {
                    int j = i + random.nextInt(count - i);
                    int swap = candidates[i];
                    candidates[i] = candidates[j];
                    candidates[j] = swap;
                }
                for (int u = 0; u < unitsPerPlace; u++) {
                    int unit = candidates[i] * unitsPerPlace + u;
                    if (corruption.predicted()[unit]) {
                        rows[targetCount] = siteCount * unitsPerPlace + u;
                        units[targetCount] = unit;
                        stages[targetCount] = corruption.stage();
                        System.arraycopy(item, unit * size, targets, targetCount * size, size);
                        weights[targetCount++] = weight;
                    }
                }
                sites[siteCount++] = example * places + candidates[i];
            }
        }

        TrainingBatch build(NetworkInput input) {
            return new TrainingBatch(
                    input,
                    Arrays.copyOf(sites, siteCount),
                    Arrays.copyOf(rows, targetCount),
                    Arrays.copyOf(units, targetCount),
                    Arrays.copyOf(stages, targetCount),
                    Arrays.copyOf(targets, targetCount * process.unitSize()),
                    Arrays.copyOf(weights, targetCount));
        }
    }
}
