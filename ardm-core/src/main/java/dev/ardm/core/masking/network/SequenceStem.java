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
import dev.ardm.core.network.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values before each place of a sequence or another item: an embedding of the last one, and one of the last two together, whose
 * table pairs share by a hash. Not where the sequence ends, and where a place is only if places have embeddings. If the order is not the
 * natural one but given, the embedding of a place stands beside that of its value, and the blocks are told which place is predicted. With
 * counts, also the logarithms of the probabilities that a model of counts gives the place's values: as input, and to be corrected by the
 * network's outputs ({@link Stem.Expert}).
 *
 * <p>Of an infilling process there are first copies of what is known beyond the first gap: the embedding of the value itself, and a vector
 * that all copies have in place of the one of a pair. Each row may be shown at once the
 * values just after its place of which there are copies.
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

    private final boolean infills;
    private final int bigrams;
    private final Embedding embedding;
    private final @Nullable Embedding position;
    private final @Nullable Embedding target;
    private final @Nullable Embedding bigram;
    private final List<Embedding> ahead = new ArrayList<>();
    private final @Nullable Linear countsIn;
    private final @Nullable Linear strength;

    /** @param process of single variables in the natural order */
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
        infills = process.infills();
        // Copies have a row after those of pairs.
        bigrams = Math.max(infills ? 1 : 0, config.bigrams());
        bigram = bigrams > 0 ? new Embedding("in.bigram", bigrams + (infills ? 1 : 0), width) : null;
        for (int distance = 1; distance <= config.ahead(); distance++) {
            ahead.add(new Embedding("in.ahead" + distance, ids.rows(), width));
        }
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
        layers.addAll(ahead);
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
        int dimensions = input.space().dimensions();
        int[] shifted = order.shiftedIds();
        int[] known = input.absorbedIds();
        int[] targets = order.targets();
        int[] inputs = order.inputs();
        int[][] copies = new int[input.batch()][];
        Arrays.setAll(copies, n -> infills ? input.ahead(n) : new int[0]);
        int front = Arrays.stream(copies).mapToInt(each -> each.length).max().orElse(0);
        Shown rows = new Shown(input.batch(), front + shown);
        for (int n = 0; n < input.batch(); n++) {
            rows.begin(n * rows.width);
            int first = n * dimensions;
            int[] own = copies[n];
            for (int place : own) {
                rows.copy(known[first + place], place);
            }
            for (int slot = 0; slot < shown; slot++) {
                int at = n * shown + slot;
                int before = slot == 0 ? ids.absorbing(0) : shifted[at - 1];
                rows.place(shifted[at], before, target == null ? targets[at] : inputs[at], targets[at]);
            }
            rows.ahead(own.length + shown, own, place -> known[first + place]);
            rows.logs(input.countLogs(), n * dimensions, shown);
        }
        int[] sites = order.sites();
        for (int i = 0; i < sites.length; i++) {
            int n = sites[i] / shown;
            sites[i] = n * rows.width + copies[n].length + sites[i] % shown;
        }
        if (front == 0 && target == null) {
            return features(ops, rows, sites, Rows.ALL);
        }
        int[] counts = Arrays.stream(copies).mapToInt(each -> each.length).toArray();
        return features(ops, rows, sites, new Rows(null, rows.places, counts));
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, StepInput step) {
        Shown rows = new Shown(1, step.rows());
        int[] counts = new int[step.items().size()];
        for (int n = 0; n < counts.length; n++) {
            StepInput.Item item = step.items().get(n);
            counts[n] = item.copies().length;
            for (int i = 0; i < item.copiesNow(); i++) {
                rows.copy(id(item, item.copies()[i]), item.copies()[i]);
            }
            for (int place : item.places()) {
                int unit = item.unit(place);
                int from = target == null ? place : place == 0 ? space.dimensions() : item.unit(place - 1);
                int last = place == 0 ? ids.absorbing(unit) : id(item, place - 1);
                int before =
                        place == 0 ? ids.absorbing(0) : place == 1 ? ids.absorbing(item.unit(0)) : id(item, place - 2);
                rows.place(last, before, from, unit);
            }
            rows.ahead(item.rows(), item.copies(), place -> id(item, place));
            rows.logs(item.countLogs(), 0, item.places().length);
        }
        return features(ops, rows, step.wanted(), new Rows(null, rows.places, counts));
    }

    private int id(StepInput.Item item, int place) {
        int unit = item.unit(place);
        return ids.of(unit, item.values()[unit]);
    }

    /** What is shown at some rows. Those that an item does not have show nothing. */
    private final class Shown {
        final int batch;
        final int width;
        /** Rows of the table of values. */
        final int[] last;
        /** Rows of the table of pairs and copies. */
        final int[] pairs;

        /** Rows of the table of places: of what is shown where orders are given, else of what is predicted. */
        final int[] from;
        /** What is predicted. */
        final int[] places;
        /** For each distance rows of its table. */
        final int[][] coming = new int[ahead.size()][];
        /** What counts say, where the logits of the values are; zeros where those of other columns are. */
        final float[] logs;
        /** These between -1, which stands for everything unlikely, and 1. */
        final float[] scaled;

        private int next;

        Shown(int batch, int width) {
            this.batch = batch;
            this.width = width;
            last = new int[batch * width];
            Arrays.fill(last, ids.absorbing(0));
            pairs = new int[batch * width];
            from = new int[batch * width];
            places = new int[batch * width];
            logs = new float[counts() ? Math.multiplyExact(batch * width, logits.outputs()) : 0];
            scaled = new float[logs.length];
            for (int distance = 0; distance < coming.length; distance++) {
                coming[distance] = last.clone();
            }
        }

        /** Goes on at a row. */
        void begin(int row) {
            next = row;
        }

        void copy(int value, int place) {
            last[next] = value;
            pairs[next] = bigrams;
            from[next] = place;
            places[next++] = place;
        }

        void place(int value, int before, int shownAt, int place) {
            last[next] = value;
            from[next] = shownAt;
            pairs[next] = bigrams == 0 ? 0 : pair(value, before);
            places[next++] = place;
        }

        /** The values after each of the last rows of which there are copies. */
        void ahead(int count, int[] copies, IntUnaryOperator idAt) {
            for (int distance = 0; distance < coming.length; distance++) {
                for (int row = next - count; row < next; row++) {
                    int place = places[row] + distance + 1;
                    if (Arrays.binarySearch(copies, place) >= 0) {
                        coming[distance][row] = idAt.applyAsInt(place);
                    }
                }
            }
        }

        /** What counts say of the last rows: of each as many numbers as any place has values, from place {@code from} on. */
        void logs(float @Nullable [] told, int from, int count) {
            if (!counts()) {
                return;
            }
            if (told == null) {
                throw new IllegalArgumentException("this network needs to be told what a model of counts says");
            }
            for (int i = 0; i < count; i++) {
                int row = next - count + i;
                int at = row * logits.outputs() + logits.first(places[row], 0, 0);
                for (int value = 0; value < space.categories(places[row]); value++) {
                    float log = told[(from + i) * space.maxCategories() + value];
                    logs[at + value] = log;
                    scaled[at + value] = Math.max(log, UNLIKELY) * (2 / -UNLIKELY) + 1;
                }
            }
        }

        /** The row of the last two values: each pair has its own if there are enough of them. */
        private int pair(int value, int before) {
            long pair = (long) value * ids.rows() + before;
            if ((long) ids.rows() * ids.rows() <= bigrams) {
                return (int) pair;
            }
            long hash = pair * GOLDEN & 0xFFFFFFFFL;
            return (int) (hash * bigrams >>> 32);
        }
    }

    private <T> Features<T> features(Ops<T> ops, Shown shown, int[] sites, Rows rows) {
        T x = ops.embedding(shown.last, embedding, shown.batch, 1, shown.width, 1);
        if (position != null) {
            x = ops.add(x, ops.embedding(shown.from, position, shown.batch, 1, shown.width, 1));
        }
        if (bigram != null) {
            x = ops.add(x, ops.embedding(shown.pairs, bigram, shown.batch, 1, shown.width, 1));
        }
        for (int distance = 0; distance < ahead.size(); distance++) {
            x = ops.add(x, ops.embedding(shown.coming[distance], ahead.get(distance), shown.batch, 1, shown.width, 1));
        }
        if (countsIn == null || strength == null) {
            T vectors = target == null ? null : ops.embedding(shown.places, target, shown.batch, 1, shown.width, 1);
            return new Features<>(x, vectors, sites, null, rows, null);
        }
        x = ops.linearAdd(ops.input(shown.scaled, shown.batch, 1, shown.width, logits.outputs()), countsIn, x);
        T logs = ops.sites(ops.input(shown.logs, shown.batch, 1, shown.width, logits.outputs()), sites);
        return new Features<>(x, null, sites, null, rows, new Expert<>(logs, strength));
    }
}
