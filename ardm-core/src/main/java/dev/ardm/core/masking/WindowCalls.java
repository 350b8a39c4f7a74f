package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Distribution;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.core.arithmetic.UnitDistributions;
import dev.ardm.core.model.Verb;
import dev.ardm.core.plan.MaskingPlan;
import dev.ardm.core.plan.Order;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

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

    private final ArdmModel model;
    private final Process process;
    private final MaskingPlan plan;
    private final Order order;
    private final int symbolsPerUnit;

    /**
     * @param plan for whole windows
     * @throws IllegalArgumentException if the plan does not fit, the padding value is outside the space, or the model is
     *     conditional
     */
    WindowCalls(ArdmModel model, MaskingPlan plan, int paddingValue) {
        this.model = model;
        this.process = model.process();
        this.plan = plan;
        this.order = plan.order(process);
        model.require(Verb.COMPRESS);
        if (paddingValue < 0 || paddingValue >= process.space().maxCategories()) {
            throw new IllegalArgumentException("padding value " + paddingValue + " is outside [0, "
                    + process.space().maxCategories() + ")");
        }
        try (Generation sizes = model.generation(1)) {
            this.symbolsPerUnit = symbolsBefore(sizes.distributions(), 1, process.stages());
        }
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

    int symbolsPerUnit() {
        return symbolsPerUnit;
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

    /** Number of symbols that a window takes before a step. */
    static int symbolsBefore(UnitDistributions distributions, int units, int step) {
        int symbols = 0;
        for (int stage = 0; stage * units < step; stage++) {
            symbols += distributions.symbols(stage) * Math.min(units, step - stage * units);
        }
        return symbols;
    }

    /** A window of one of several items, all of whose values are known, to be evaluated. */
    interface Part {
        /** Which of the items. */
        int index();

        /** The values of the window. */
        int[] item();

        SequenceWindow.Task task();
    }

    /** Does what is done at each network call of a window that is known. */
    interface CallTask<P extends Part> {
        void run(Generation generation, P part, int call) throws Exception;
    }

    /**
     * Runs a task for each network call of each of any number of windows, in any order; that many windows at a time as may be in
     * memory.
     */
    final class Run<P extends Part> {
        private final IntConsumer progress;
        private final CallTask<P> task;
        private final int most =
                Math.max(1, Math.min(MOST_WINDOWS, MOST_VALUES / process.space().dimensions()));
        private final List<P> waiting = new ArrayList<>(most);
        private final AtomicInteger done = new AtomicInteger();

        /**
         * @param progress receives how many windows are done
         */
        Run(IntConsumer progress, CallTask<P> task) {
            this.progress = progress;
            this.task = task;
        }

        void add(P part) {
            waiting.add(part);
            if (waiting.size() == most) {
                finish();
            }
        }

        /** Runs what has not been run yet. */
        void finish() {
            int[] ends = new int[waiting.size()];
            int calls = 0;
            for (int p = 0; p < ends.length; p++) {
                calls += waiting.get(p).task().schedule().calls();
                ends[p] = calls;
            }
            AtomicIntegerArray run = new AtomicIntegerArray(ends.length);
            model.parallel(calls, (generation, index) -> {
                int found = Arrays.binarySearch(ends, index + 1);
                int p = found >= 0 ? found : -found - 1;
                P part = waiting.get(p);
                int all = part.task().schedule().calls();
                task.run(generation, part, index - (ends[p] - all));
                if (run.incrementAndGet(p) == all) {
                    progress.accept(done.incrementAndGet());
                }
                return index;
            });
            waiting.clear();
        }
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
        return model.parallel(coded.size(), (generation, index) -> {
            try {
                return Optional.of(decoding.decode(generation, coded.get(index), windowDone));
            } catch (DamagedException e) {
                return Optional.empty();
            }
        });
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
