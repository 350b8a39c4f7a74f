package dev.ardm.train;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.process.Process;
import dev.ardm.data.ItemSet;
import java.util.Arrays;

/**
 * A batch of corrupted examples and what the loss looks at. The loss is the sum over the targets of weight times cross
 * entropy: an unbiased estimate of the bound in nats per dimension, averaged over the batch.
 *
 * @param input the partly known items
 * @param sites places whose features are needed, as indices into batch x places
 * @param rows for each target its variable: index into sites x variables per place
 * @param targets the true values
 * @param weights weight of each target; they sum to 1
 */
record TrainingBatch(NetworkInput input, int[] sites, int[] rows, int[] targets, float[] weights) {
    /**
     * The batch of a training step; a pure function of the data, the seed and the step.
     */
    static TrainingBatch draw(
            ItemSet items, Process process, int variablesPerPlace, TrainingSettings settings, long step) {
        int batch = settings.batch();
        int[] indices = new int[batch];
        long epoch = -1;
        int[] shuffled = new int[0];
        for (int i = 0; i < batch; i++) {
            long global = step * batch + i;
            if (global / items.size() != epoch) {
                epoch = global / items.size();
                shuffled =
                        RandomStream.of(settings.seed(), Purpose.SHUFFLE, epoch).permutation(items.size());
            }
            indices[i] = shuffled[(int) (global % items.size())];
        }
        return of(
                items,
                indices,
                process,
                variablesPerPlace,
                settings.lossSites(),
                settings.seed(),
                Purpose.CORRUPTION,
                step);
    }

    /** The batch of given items, with corruptions drawn for (seed, purpose, number of the batch). */
    static TrainingBatch of(
            ItemSet items,
            int[] indices,
            Process process,
            int variablesPerPlace,
            int lossSites,
            long seed,
            Purpose purpose,
            long number) {
        int batch = indices.length;
        int dimensions = items.space().dimensions();
        // Examples are keyed by their global index, the batch's own draws by negative numbers.
        RandomStream common = RandomStream.of(seed, purpose, -1 - number);
        int[] strata = common.permutation(batch);
        int[] values = new int[batch * dimensions];
        boolean[] known = new boolean[batch * dimensions];
        Builder builder = new Builder(batch * Math.min(lossSites, dimensions / variablesPerPlace), variablesPerPlace);
        for (int i = 0; i < batch; i++) {
            RandomStream random = RandomStream.of(seed, purpose, number * batch + i);
            int[] item = items.item(indices[i]);
            double place = Math.min((strata[i] + random.nextDouble()) / batch, Math.nextDown(1.0));
            boolean[] mask = process.corrupt(place, random);
            System.arraycopy(item, 0, values, i * dimensions, dimensions);
            System.arraycopy(mask, 0, known, i * dimensions, dimensions);
            builder.add(i, item, mask, lossSites, random, batch);
        }
        return builder.build(new NetworkInput(items.space(), batch, values, known));
    }

    /** Collects the targets. */
    private static final class Builder {
        private final int variablesPerPlace;
        private final int[] sites;
        private final int[] rows;
        private final int[] targets;
        private final float[] weights;
        private int siteCount;
        private int targetCount;

        Builder(int maxSites, int variablesPerPlace) {
            this.variablesPerPlace = variablesPerPlace;
            sites = new int[maxSites];
            rows = new int[maxSites * variablesPerPlace];
            targets = new int[maxSites * variablesPerPlace];
            weights = new float[maxSites * variablesPerPlace];
        }

        void add(int example, int[] item, boolean[] known, int lossSites, RandomStream random, int batch) {
            int places = item.length / variablesPerPlace;
            int[] candidates = new int[places];
            int count = 0;
            int masked = 0;
            for (int place = 0; place < places; place++) {
                boolean any = false;
                for (int v = 0; v < variablesPerPlace; v++) {
                    if (!known[place * variablesPerPlace + v]) {
                        any = true;
                        masked++;
                    }
                }
                if (any) {
                    candidates[count++] = place;
                }
            }
            int chosen = Math.min(lossSites, count);
            // Each place is looked at with probability chosen / count.
            float weight = (float) (count / ((double) chosen * masked * batch));
            for (int i = 0; i < chosen; i++) {
                if (chosen < count) {
                    int j = i + random.nextInt(count - i);
                    int swap = candidates[i];
                    candidates[i] = candidates[j];
                    candidates[j] = swap;
                }
                for (int v = 0; v < variablesPerPlace; v++) {
                    int position = candidates[i] * variablesPerPlace + v;
                    if (!known[position]) {
                        rows[targetCount] = siteCount * variablesPerPlace + v;
                        targets[targetCount] = item[position];
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
                    Arrays.copyOf(targets, targetCount),
                    Arrays.copyOf(weights, targetCount));
        }
    }
}
