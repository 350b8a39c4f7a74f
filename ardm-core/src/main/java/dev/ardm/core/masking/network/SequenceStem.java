package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.Categorical;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values before each place of a sequence or another item: an embedding of the last one, and one of the last two
 * together, whose table pairs share by a hash. Not where the sequence ends, and where a place is only if places have embeddings. If the
 * order is not the natural one but given, the embedding of a place stands beside that of its value, and the blocks are told which place is
 * predicted. With counts, also the logarithms of the probabilities that a model of counts
 * gives the place's values: as input, and to be corrected by the network's outputs ({@link Stem.Expert}).
 */
final class SequenceStem implements Stem {
    /** 2^32 over the golden ratio: the multiplier of Fibonacci hashing (Knuth, volume 3, section 6.4). */
    private static final long GOLDEN = 0x9E3779B1L;

    /** The logarithm of a probability below which it does not matter how small it is. */
    private static final float UNLIKELY = -8;

    private final Space space;
    private final ValueIds ids;
    /** Where the logits of each place are, which are the inputs of what counts say, too. */
    private final Categorical logits;

    private final Embedding embedding;
    private final @Nullable Embedding position;
    private final @Nullable Embedding target;
    private final @Nullable Embedding bigram;
    private final @Nullable Linear countsIn;
    private final @Nullable Linear strength;

    /** @param process of single variables */
    SequenceStem(Process process, CausalTransformerConfig config) {
        space = process.space();
        ids = new ValueIds(space);
        logits = new Categorical(space.categories());
        int width = config.width();
        embedding = new Embedding("in.embedding", ids.rows(), width);
        boolean permuted = process instanceof Autoregressive order && order.permuted();
        int places = space.dimensions();
        // The last row: before the first value there is none.
        position = config.places() ? new Embedding("in.position", permuted ? places + 1 : places, width) : null;
        target = permuted ? new Embedding("in.target", places, width / 2) : null;
        bigram = config.bigrams() > 0 ? new Embedding("in.bigram", config.bigrams(), width) : null;
        countsIn = config.counts() ? new Linear("in.counts", logits.outputs(), width, Init.ZERO) : null;
        strength = config.counts() ? new Linear("in.strength", width, 1, Init.ZERO) : null;
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(List.of(embedding));
        if (position != null) {
            layers.add(position);
        }
        if (target != null) {
            layers.add(target);
        }
        if (bigram != null) {
            layers.add(bigram);
        }
        if (countsIn != null && strength != null) {
            layers.add(countsIn);
            layers.add(strength);
        }
        return layers;
    }

    @Override
    public int variables() {
        return 1;
    }

    @Override
    public List<Embedding> positionTables() {
        return Stream.of(position, target).filter(Objects::nonNull).toList();
    }

    /** Width of the vector of each place that blocks are told; 0 for none. */
    int told() {
        return target == null ? 0 : target.width();
    }

    @Override
    public List<Embedding> valueTables() {
        return List.of(embedding);
    }

    @Override
    public boolean counts() {
        return countsIn != null;
    }

    @Override
    public boolean stepwise() {
        return true;
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places) {
        GenerationOrder order = new GenerationOrder(input, places);
        int shown = order.slots();
        int[] last = order.shiftedIds();
        int[] before = new int[last.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = i % shown == 0 ? ids.absorbing(0) : last[i - 1];
        }
        float[] all = input.countLogs();
        float[] logs = null;
        if (counts() && all != null) {
            int each = shown * space.maxCategories();
            int from = input.space().dimensions() * space.maxCategories();
            logs = new float[input.batch() * each];
            for (int n = 0; n < input.batch(); n++) {
                System.arraycopy(all, n * from, logs, n * each, each);
            }
        }
        int[] targets = order.targets();
        int[] from = target == null ? targets : order.inputs();
        Shown what = new Shown(input.batch(), shown, last, before, from, targets, logs);
        return features(ops, what, order.sites(), target == null ? null : targets);
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, StepInput step) {
        int rows = step.rows();
        int[] last = new int[rows];
        int[] before = new int[rows];
        int[] from = new int[rows];
        int[] targets = new int[rows];
        int categories = space.maxCategories();
        float[] logs = counts() ? new float[rows * categories] : null;
        int row = 0;
        for (StepInput.Item item : step.items()) {
            if (logs != null) {
                float[] own = told(item.countLogs());
                System.arraycopy(own, 0, logs, row * categories, item.places().length * categories);
            }
            for (int place : item.places()) {
                int unit = item.unit(place);
                last[row] = place == 0 ? ids.absorbing(unit) : id(item, place - 1);
                before[row] = place < 2 ? ids.absorbing(0) : id(item, place - 2);
                from[row] = target == null ? place : place == 0 ? space.dimensions() : item.unit(place - 1);
                targets[row++] = unit;
            }
        }
        return features(ops, new Shown(1, rows, last, before, from, targets, logs), step.wanted(), targets);
    }

    private int id(StepInput.Item item, int place) {
        int unit = item.unit(place);
        return ids.of(unit, item.values()[unit]);
    }

    /**
     * What is shown of some places.
     *
     * @param last of each place the row of the value before it
     * @param before likewise of the one before that
     * @param from the row of the embedding of a place
     * @param targets the places that are predicted
     * @param logs of each place the logarithms of counts, if it has been told
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Shown(
            int batch, int rows, int[] last, int[] before, int[] from, int[] targets, float @Nullable [] logs) {}

    private <T> Features<T> features(Ops<T> ops, Shown shown, int[] sites, int @Nullable [] places) {
        T x = ops.embedding(shown.last, embedding, shown.batch, 1, shown.rows, 1);
        if (position != null) {
            x = ops.add(x, ops.embedding(shown.from, position, shown.batch, 1, shown.rows, 1));
        }
        if (bigram != null) {
            int[] pairs = new int[shown.last.length];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = pair(shown.last[i], shown.before[i], bigram.rows());
            }
            x = ops.add(x, ops.embedding(pairs, bigram, shown.batch, 1, shown.rows, 1));
        }
        if (countsIn == null || strength == null) {
            T vectors = target == null ? null : ops.embedding(shown.targets, target, shown.batch, 1, shown.rows, 1);
            return new Features<>(x, vectors, sites, null, places, null);
        }
        float[] logs = told(shown.logs);
        T expert = ops.input(atLogits(logs, shown.targets), shown.batch, 1, shown.rows, logits.outputs());
        T scaled = ops.input(atLogits(scaled(logs), shown.targets), shown.batch, 1, shown.rows, logits.outputs());
        x = ops.linearAdd(scaled, countsIn, x);
        return new Features<>(x, null, sites, null, places, new Expert<>(ops.sites(expert, sites), strength));
    }

    /** Numbers of the values of each place, put where the logits of these values are; zeros where those of other columns are. */
    private float[] atLogits(float[] numbers, int[] places) {
        int categories = space.maxCategories();
        int outputs = logits.outputs();
        if (outputs == categories) {
            return numbers;
        }
        float[] out = new float[places.length * outputs];
        for (int row = 0; row < places.length; row++) {
            int to = row * outputs + logits.first(places[row], 0, 0);
            System.arraycopy(numbers, row * categories, out, to, space.categories(places[row]));
        }
        return out;
    }

    /** Between -1, which stands for everything unlikely, and 1. */
    private static float[] scaled(float[] logs) {
        float[] out = new float[logs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(logs[i], UNLIKELY) * (2 / -UNLIKELY) + 1;
        }
        return out;
    }

    private static float[] told(float @Nullable [] logs) {
        if (logs == null) {
            throw new IllegalArgumentException("this network needs to be told what a model of counts says");
        }
        return logs;
    }

    /** The row of the last two values: each pair has its own if there are enough of them. */
    private int pair(int last, int before, int rows) {
        long pair = (long) last * ids.rows() + before;
        if ((long) ids.rows() * ids.rows() <= rows) {
            return (int) pair;
        }
        long hash = pair * GOLDEN & 0xFFFFFFFFL;
        return (int) (hash * rows >>> 32);
    }
}
