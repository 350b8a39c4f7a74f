package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Distribution;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.core.Item;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.call.SymbolIntervals;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Process;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * The common part of coders in windows: checks, counts of plans and symbols, network calls of known windows, and
 * decoding of streams whose length is only claimed. Thread-safe.
 */
final class WindowCalls {
    /** Windows in memory at a time while encoding, at most. */
    private static final int MOST_WINDOWS = 256;

    /** The most values of windows in memory at a time, except for a single larger window. */
    private static final int MOST_VALUES = 1 << 22;

    /** Symbols of a stream: they are in arrays. */
    private static final int MOST_SYMBOLS = 1 << 30;

    private static final long LEAST_HEAD = 1L << CheckedStream.MIN_CHECK_BITS;

    private final Evaluator evaluator;
    private final Process process;
    private final MaskingPlan plan;
    private final Order order;
    private final int[] symbols;
    private final int symbolsPerUnit;

    /**
     * @param plan for whole windows
     * @throws IllegalArgumentException if the plan does not fit, the padding value is outside the space, or the model is
     *     conditional
     */
    WindowCalls(Evaluator evaluator, MaskingPlan plan, int paddingValue) {
        this.evaluator = evaluator;
        this.process = evaluator.process();
        this.plan = plan;
        this.order = plan.order(process);
        if (paddingValue < 0 || paddingValue >= process.space().maxCategories()) {
            throw new IllegalArgumentException("padding value " + paddingValue + " is outside [0, "
                    + process.space().maxCategories() + ")");
        }
        this.symbols = new int[process.stages()];
        try (Generation sizes = evaluator.generation(1)) {
            Arrays.setAll(symbols, sizes::symbols);
        }
        this.symbolsPerUnit = Arrays.stream(symbols).sum();
    }

    /**
     * Checks a context.
     *
     * @param windowExtent of a window along the axis on which windows overlap
     * @throws IllegalArgumentException if it is outside [0, windowExtent)
     */
    static int checkedContext(int context, int windowExtent) {
        if (context < 0 || context >= windowExtent) {
            throw new IllegalArgumentException("context " + context + " is outside [0, " + windowExtent + ")");
        }
        return context;
    }

    MaskingPlan plan() {
        return plan;
    }

    Order order() {
        return order;
    }

    /** Whether a stream can hold that many units, not negative. */
    boolean holds(long units) {
        return units <= MOST_SYMBOLS / symbolsPerUnit;
    }

    /**
     * The number of symbols of that many units.
     *
     * @throws IllegalArgumentException if they are too many
     */
    int symbols(long units) {
        if (!holds(units)) {
            throw new IllegalArgumentException(
                    "an item of " + units + " units; at most " + MOST_SYMBOLS / symbolsPerUnit + " can be coded");
        }
        return (int) units * symbolsPerUnit;
    }

    /** Number of symbols that a call of a window takes. */
    int symbols(FixedPolicy policy, int call) {
        return symbols[policy.stage(call)] * policy.size(call);
    }

    /**
     * A window of one of several items, all of whose values are known, to be evaluated.
     *
     * @param index which of the items
     * @param item the values of the window
     * @param symbols where in the item's stream the symbols of each call begin
     * @param place which unit of the item a unit of the window is
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(int index, int[] item, FixedPolicy policy, int[] symbols, IntUnaryOperator place) {}

    /** Takes items apart. */
    interface Parts {
        /** Gives all windows of all items to a receiver. */
        void of(List<Item> items, Consumer<Part> receiver);
    }

    /**
     * The streams of items: whatever thread evaluates a call notes the intervals of its symbols in their places; a stream is
     * written, last symbol first, when all are there.
     */
    List<byte[]> encode(List<Item> items, IntConsumer progress, Parts parts) {
        SymbolIntervals[] intervals = intervals(items, progress, parts);
        List<byte[]> streams = new ArrayList<>();
        for (int n = 0; n < intervals.length; n++) {
            Item item = items.get(n);
            streams.add(intervals[n].encode(CheckedStream.checkOf(item.side(), item.shape(), item.values())));
        }
        return streams;
    }

    /** The intervals of the symbols of items. */
    SymbolIntervals[] intervals(List<Item> items, IntConsumer progress, Parts parts) {
        SymbolIntervals[] intervals = new SymbolIntervals[items.size()];
        Arrays.setAll(intervals, n -> new SymbolIntervals(symbols(units(items.get(n)))));
        forEachCall(items, progress, parts, (call, part, symbol) -> {
            int[] coded = part.item.clone(); // Coding a symbol writes its value, and other threads read the item.
            call.code(coded, intervals[part.index].from(symbol));
        });
        return intervals;
    }

    /** The bits of each unit of each item, see {@link dev.ardm.core.model.ItemScorer#unitBits}. */
    List<double[]> unitBits(List<Item> items, IntConsumer progress, Parts parts) {
        int stages = process.stages();
        // Each unit and stage has a place of its own, which whatever thread evaluates it writes, so that sums have one
        // order.
        double[][] nats = new double[items.size()][];
        Arrays.setAll(nats, n -> new double[Math.multiplyExact(units(items.get(n)), stages)]);
        forEachCall(items, progress, parts, (call, part, symbol) -> {
            double[] each = call.nats(part.item);
            for (int i = 0; i < each.length; i++) {
                nats[part.index][part.place.applyAsInt(call.units()[i]) * stages + call.stage()] = each[i];
            }
        });
        List<double[]> bits = new ArrayList<>();
        for (double[] item : nats) {
            double[] sums = new double[item.length / stages];
            for (int i = 0; i < item.length; i++) {
                sums[i / stages] += item[i] / UnitLosses.LN2;
            }
            bits.add(sums);
        }
        return bits;
    }

    private int units(Item item) {
        return item.values().length / process.unitSize();
    }

    /** Does what is done with each network call of a window that is known. */
    private interface CallTask {
        /** @param symbol where in the item's stream the symbols of the call begin */
        void run(Call call, Part part, int symbol) throws Exception;
    }

    /** Evaluates each network call of each window, in any order; as many windows at a time as may be in memory. */
    private void forEachCall(List<Item> items, IntConsumer progress, Parts parts, CallTask task) {
        int most =
                Math.max(1, Math.min(MOST_WINDOWS, MOST_VALUES / process.space().dimensions()));
        List<Part> waiting = new ArrayList<>(most);
        AtomicInteger done = new AtomicInteger();
        parts.of(items, part -> {
            waiting.add(part);
            if (waiting.size() == most) {
                run(waiting, progress, done, task);
                waiting.clear();
            }
        });
        run(waiting, progress, done, task);
    }

    private void run(List<Part> parts, IntConsumer progress, AtomicInteger done, CallTask task) {
        int[] evaluations;
        try (Generation sizes = evaluator.generation(1)) {
            evaluations = parts.stream()
                    .mapToInt(part -> sizes.evaluations(part.policy))
                    .toArray();
        }
        evaluator.forEachCall(
                evaluations, windows -> progress.accept(done.incrementAndGet()), (generation, p, number) -> {
                    Part part = parts.get(p);
                    Call call = generation.evaluation(part.item, part.policy, number);
                    task.run(call, part, generation.firstSymbol(part.policy, part.symbols, number));
                });
    }

    /** Decodes the values of one item. */
    interface Decoding {
        int[] decode(Generation generation, ArchivedItem coded, Runnable windowDone) throws Exception;
    }

    /**
     * Decodes items in parallel; a damaged one gives an empty result.
     *
     * @param progress receives how many windows of all items are done
     */
    List<Optional<int[]>> decode(List<ArchivedItem> coded, IntConsumer progress, Decoding decoding) {
        AtomicInteger done = new AtomicInteger();
        Runnable windowDone = () -> progress.accept(done.incrementAndGet());
        return evaluator.parallel(coded.size(), (generation, index) -> {
            try {
                return Optional.of(decoding.decode(generation, coded.get(index), windowDone));
            } catch (DamagedException e) {
                return Optional.empty();
            }
        });
    }

    /** Decodes the values of several items side by side. */
    interface GroupDecoding {
        List<Optional<int[]>> decode(Generation generation, List<ArchivedItem> coded, Runnable windowDone)
                throws Exception;
    }

    /** Decodes items in groups, these in parallel: as many items at a time as the network gains from. */
    List<Optional<int[]>> decodeGroups(List<ArchivedItem> coded, IntConsumer progress, GroupDecoding decoding) {
        AtomicInteger done = new AtomicInteger();
        Runnable windowDone = () -> progress.accept(done.incrementAndGet());
        return evaluator.inGroups(
                coded.size(),
                (generation, from, to) -> decoding.decode(generation, coded.subList(from, to), windowDone));
    }

    /** Opens the stream of an item. */
    static AnsStack open(ArchivedItem coded) throws DamagedException {
        byte[] stream = coded.stream();
        if (stream == null) {
            throw new IllegalArgumentException("an item without a stream");
        }
        return CheckedStream.open(stream, 0, stream.length);
    }

    /** Pops a symbol. Fails if the stack ends too early; otherwise a wrong length could keep a decoder busy for years. */
    static int pop(AnsStack stack, Distribution distribution) throws DamagedException {
        if (stack.words() == 0 && stack.head() < LEAST_HEAD) {
            throw damaged("its stream ends too early");
        }
        return stack.pop(distribution);
    }

    static DamagedException damaged(String reason) {
        return new DamagedException(DamagedException.STREAM, -1, 0, reason, "");
    }
}
