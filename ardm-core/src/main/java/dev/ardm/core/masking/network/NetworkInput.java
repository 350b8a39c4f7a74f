package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch of partly known items, as a network sees it. Of each variable only the known interval remains, so a network cannot
 * depend on more. A separate absorbing id marks unknown variables; it differs from all data values.
 */
public final class NetworkInput {
    /** Replaces the label of an item without one, or of an item to generate with any label. */
    public static final int UNLABELLED = -1;

    private final Process process;
    private final int batch;
    private final int[] stages;
    private final int[] least;
    private final boolean[] known;
    private final int @Nullable [] @Nullable [] orders;
    private final int[] labels;
    private final int @Nullable [] lengths;
    private final float @Nullable [] countLogs;

    /**
     * Items in the order-agnostic process without anything given.
     *
     * @param values {@code batch x D} values; those not known are ignored
     * @param known {@code batch x D}, true = known
     */
    public NetworkInput(Space space, int batch, int[] values, boolean[] known) {
        this(new OrderAgnostic(space), batch, values, known, new int[batch], null);
    }

    /** Items without a label, as {@link #NetworkInput(Process, int, int[], boolean[], int[], int[][], int[], int[])}. */
    public NetworkInput(
            Process process,
            int batch,
            int[] values,
            boolean[] known,
            int[] stages,
            int @Nullable [] @Nullable [] orders) {
        this(process, batch, values, known, stages, orders, unlabelled(batch), null);
    }

    private static int[] unlabelled(int batch) {
        int[] labels = new int[batch];
        Arrays.fill(labels, UNLABELLED);
        return labels;
    }

    /**
     * @param values {@code batch x D} values; of each only what is known at its item's stage is used
     * @param known {@code batch x D}, true = generated in this stage already (or given)
     * @param stages the stage of each item
     * @param orders for each item its units in the order of generation, or null if that is the natural one, or none
     * @param labels the class of each item, in [0, classes of the process), or {@link #UNLABELLED}
     * @param lengths how many values each item has, in [1, D]: the others are absent, which is neither known nor unknown; null if all
     *     have D
     * @throws IllegalArgumentException if lengths do not fit, or a value or a label does not exist
     */
    public NetworkInput(
            Process process,
            int batch,
            int[] values,
            boolean[] known,
            int[] stages,
            int @Nullable [] @Nullable [] orders,
            int[] labels,
            int @Nullable [] lengths) {
        Space space = process.space();
        int dimensions = space.dimensions();
        int size = Math.multiplyExact(batch, dimensions);
        if (values.length != size || known.length != size || stages.length != batch) {
            throw new IllegalArgumentException("expected " + size + " values and flags and " + batch + " stages, got "
                    + values.length + ", " + known.length + " and " + stages.length);
        }
        if (labels.length != batch) {
            throw new IllegalArgumentException("expected " + batch + " labels, got " + labels.length);
        }
        for (int label : labels) {
            if (label != UNLABELLED && (label < 0 || label >= process.classes())) {
                throw new IllegalArgumentException("label " + label + " is outside [0, " + process.classes() + ")");
            }
        }
        this.labels = labels.clone();
        this.lengths = checked(lengths, process, batch);
        this.countLogs = null;
        this.process = process;
        this.batch = batch;
        this.stages = stages.clone();
        this.known = known.clone();
        this.orders = orders;
        this.least = new int[size];
        for (int i = 0; i < size; i++) {
            int done = stages[i / dimensions] + (known[i] ? 1 : 0);
            if (done > 0 && present(i)) {
                int k = space.categories(i % dimensions);
                if (values[i] < 0 || values[i] >= k) {
                    throw new IllegalArgumentException(
                            "value " + values[i] + " at " + i + " is outside [0, " + k + ")");
                }
                least[i] = process.coarse(values[i], done);
            }
        }
    }

    private static int @Nullable [] checked(int @Nullable [] lengths, Process process, int batch) {
        if (lengths == null) {
            return null;
        }
        int dimensions = process.space().dimensions();
        if (lengths.length != batch) {
            throw new IllegalArgumentException("expected " + batch + " lengths, got " + lengths.length);
        }
        for (int length : lengths) {
            if (length < 1 || length > dimensions || length < dimensions && !process.anyLength()) {
                throw new IllegalArgumentException("an item of " + length + " values is not of " + process.space());
            }
        }
        return Arrays.stream(lengths).allMatch(length -> length == dimensions) ? null : lengths.clone();
    }

    private NetworkInput(
            Process process,
            int[] stages,
            int[] least,
            boolean[] known,
            int @Nullable [] @Nullable [] orders,
            int[] labels,
            int @Nullable [] lengths,
            float @Nullable [] countLogs) {
        this.process = process;
        this.batch = stages.length;
        this.stages = stages;
        this.least = least;
        this.known = known;
        this.orders = orders;
        this.labels = labels;
        this.lengths = lengths;
        this.countLogs = countLogs;
    }

    /**
     * The same items with what a model of counts says of them.
     *
     * @param logs {@code batch x D x K}: the natural logarithm of the probability of each of the K categories of each value, given the values
     *     before it; anything where items have no values
     */
    public NetworkInput withCountLogs(float[] logs) {
        int size = Math.multiplyExact(least.length, space().maxCategories());
        if (logs.length != size) {
            throw new IllegalArgumentException("expected " + size + " logarithms, got " + logs.length);
        }
        return new NetworkInput(process, stages, least, known, orders, labels, lengths, logs);
    }

    /** Places of each item up to the last one that is wanted. */
    int[] shown(int[] wanted) {
        int[] shown = new int[batch];
        for (int place : wanted) {
            int item = place / space().dimensions();
            shown[item] = Math.max(shown[item], place % space().dimensions() + 1);
        }
        return shown;
    }

    /** What {@link #withCountLogs} was given, not copied; null if nothing. */
    float @Nullable [] countLogs() {
        return countLogs;
    }

    /** One item of the batch, in a space of its length. */
    public NetworkInput item(int index) {
        int from = index * space().dimensions();
        int to = from + length(index);
        int categories = space().maxCategories();
        return new NetworkInput(
                process.ofLength(length(index)),
                new int[] {stages[index]},
                Arrays.copyOfRange(least, from, to),
                Arrays.copyOfRange(known, from, to),
                orders == null ? null : new int[][] {orders[index]},
                new int[] {labels[index]},
                null,
                countLogs == null ? null : Arrays.copyOfRange(countLogs, from * categories, to * categories));
    }

    /** The least leaf that a variable can have, which is that of its value after the last stage; -1 if nothing is known of it. */
    int least(int i) {
        return done(i) > 0 ? least[i] : -1;
    }

    /** Number of items. */
    public int batch() {
        return batch;
    }

    /** How many values an item has; those after them are absent. */
    public int length(int item) {
        return lengths == null ? space().dimensions() : lengths[item];
    }

    /** How many values each item has, or null if all have those of the space. */
    int @Nullable [] lengths() {
        return lengths == null ? null : lengths.clone();
    }

    private boolean present(int i) {
        return lengths == null || i % space().dimensions() < lengths[i / space().dimensions()];
    }

    /** The space of the items. */
    public Space space() {
        return process.space();
    }

    /** The process of the items. */
    public Process process() {
        return process;
    }

    /** The stage of each item. */
    public int[] stages() {
        return stages.clone();
    }

    /**
     * The row of each item in a table of {@code classes + 1} labels: its class, or the last row if it has none.
     *
     * @param classes of the network; those of the process, unless no item has a label
     */
    public int[] labels(int classes) {
        int[] rows = new int[batch];
        Arrays.setAll(rows, n -> labels[n] == UNLABELLED ? classes : labels[n]);
        return rows;
    }

    /** The units of an item in the order of generation; the natural order if none was given. */
    public int[] order(int item) {
        int[] order = orders == null ? null : orders[item];
        return order == null
                ? java.util.stream.IntStream.range(0, process.units()).toArray()
                : order.clone();
    }

    /**
     * The units of an item that are generated before one that they follow in the natural order, in ascending order: what is known beyond the
     * first gap, if known units come first.
     */
    int[] ahead(int item) {
        int[] order = order(item);
        int least = Integer.MAX_VALUE;
        int count = 0;
        int[] ahead = new int[order.length];
        for (int i = order.length - 1; i >= 0; i--) {
            if (order[i] > least) {
                ahead[count++] = order[i];
            }
            least = Math.min(least, order[i]);
        }
        int[] sorted = Arrays.copyOf(ahead, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Whether anything at all is known of a value: number of stages it has gone through. */
    private int done(int i) {
        return stages[i / space().dimensions()] + (known[i] ? 1 : 0);
    }

    /**
     * Ids {@code [batch, D]} for an embedding with one row more than categories (of each column of the last axis, if they differ;
     * their rows one after the other): the least leaf a variable can have, or the last row, the absorbing state, if nothing is
     * known of it.
     */
    public int[] absorbedIds() {
        ValueIds rows = new ValueIds(space());
        int[] ids = new int[least.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = done(i) > 0 ? rows.of(i, least[i]) : rows.absorbing(i);
        }
        return ids;
    }

    /**
     * Interleaves, for every place of {@code channels} variables, the middles of the intervals scaled to [-1, 1] (0 where
     * nothing is known) and then the flags (1 = known): {@code [batch, D / channels, 2 * channels]}; with several stages
     * followed by as many flags, 1 for the item's stage: {@code [batch, D / channels, 2 * channels + stages]}. All are 0 where the
     * item is absent.
     */
    public float[] valuesAndMask(int channels) {
        int dimensions = space().dimensions();
        int width = valuesAndMaskWidth(process, channels);
        float[] out = new float[least.length / channels * width];
        for (int i = 0; i < least.length; i++) {
            if (!present(i)) {
                continue;
            }
            int at = i / channels * width;
            int channel = i % channels;
            if (done(i) > 0) {
                out[at + channel] = middle(i, space().categories(i % dimensions));
            }
            if (known[i]) {
                out[at + channels + channel] = 1;
            }
            if (channel == 0 && process.stages() > 1) {
                out[at + 2 * channels + stages[i / dimensions]] = 1;
            }
        }
        return out;
    }

    /**
     * The predictions from the known values around each value of an image: {@code [batch, h, w, 2 * channels]}, see {@link Interpolation}. From the
     * second stage on all values are partly known, and each prediction is clamped to the known interval of its value.
     */
    public float[] interpolated() {
        Space space = space();
        int channels = space.extent(2);
        int dimensions = space.dimensions();
        float[] numbers = numbers();
        boolean[] shown = new boolean[known.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = done(i) > 0;
        }
        float[] out = new float[2 * least.length];
        Interpolation interpolation = new Interpolation(space.extent(0), space.extent(1));
        for (int n = 0; n < batch; n++) {
            interpolation.apply(numbers, shown, n * dimensions, channels, out, 2 * n * dimensions);
        }
        for (int i = 0; i < least.length; i++) {
            int at = i / channels * 2 * channels + i % channels;
            out[at] = held(out[at], i);
        }
        return out;
    }

    /**
     * The predictions from the known values around each value of a sequence: {@code [batch, places, 7 * variables]}, see
     * {@link LineInterpolation}; held as {@link #interpolated} is. All are 0 where the item is absent.
     */
    public float[] lines(int variables) {
        int dimensions = space().dimensions();
        float[] numbers = numbers();
        float[] out = new float[LineInterpolation.WIDTH * least.length];
        for (int n = 0; n < batch; n++) {
            LineInterpolation.apply(
                    numbers,
                    known,
                    n * dimensions,
                    length(n) / variables,
                    variables,
                    this::held,
                    out,
                    LineInterpolation.WIDTH * n * dimensions);
        }
        return out;
    }

    /** A number within the interval of a value, if earlier stages have narrowed it. */
    private float held(float number, int i) {
        if (stages[i / space().dimensions()] == 0) {
            return number;
        }
        int k = space().categories(i % space().dimensions());
        int most = Math.min(least[i] + process.width(done(i)), k) - 1;
        float low = (2 * least[i] - (k - 1)) / (float) (k - 1);
        float high = (2 * most - (k - 1)) / (float) (k - 1);
        return Math.max(low, Math.min(high, number));
    }

    /** The middle of the interval that each value is known to be in, scaled to [-1, 1]; 0 where nothing is known. */
    private float[] numbers() {
        Space space = space();
        int dimensions = space.dimensions();
        float[] numbers = new float[least.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = done(i) > 0 ? middle(i, space.categories(i % dimensions)) : 0;
        }
        return numbers;
    }

    /** A known value of k categories on the scale from -1 to 1. */
    static float scaled(int value, int k) {
        return (2 * value - (k - 1)) / (float) (k - 1);
    }

    /** The place of an index along an axis, scaled to [-1, 1]; 0 if it is the only one. */
    static float coordinate(int index, int extent) {
        return extent == 1 ? 0 : scaled(index, extent);
    }

    private float middle(int i, int k) {
        int most = Math.min(least[i] + process.width(done(i)), k) - 1;
        return (least[i] + most - (k - 1)) / (float) (k - 1);
    }

    /** Number of inputs at each place of {@link #valuesAndMask}. */
    public static int valuesAndMaskWidth(Process process, int channels) {
        return 2 * channels + (process.stages() > 1 ? process.stages() : 0);
    }

    /** Progress of the generation of each item, in [0, 1]: the fraction of the variables known, over all stages. */
    public float[] progress() {
        int dimensions = space().dimensions();
        float[] progress = new float[batch];
        for (int n = 0; n < batch; n++) {
            int count = 0;
            for (int i = 0; i < length(n); i++) {
                count += known[n * dimensions + i] ? 1 : 0;
            }
            float fraction = count / (float) length(n);
            progress[n] = process.stages() == 1 ? fraction : (stages[n] + fraction) / process.stages();
        }
        return progress;
    }
}
