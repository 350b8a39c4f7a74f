package dev.ardm.core.model;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.Law;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/**
 * What coders in windows have in common: how the windows' plans and symbols are counted, the network calls of windows that
 * are known, and popping from a stream of a length that is only claimed. Safe for use by several threads.
 */
final class WindowCalls {
    /** Windows in memory at a time while encoding, at most. */
    private static final int MOST_WINDOWS = 256;

    /** Values of all windows in memory at a time, unless one alone has more. */
    private static final int MOST_VALUES = 1 << 22;

    /** Symbols of a stream: they lie in arrays. */
    private static final int MOST_SYMBOLS = 1 << 30;

    private static final long LEAST_HEAD = 1L << CheckedStream.MIN_CHECK_BITS;

    private final ArdmModel model;
    private final Process process;
    private final Plan plan;
    private final Order order;
    private final int symbolsPerUnit;

    /**
     * @param plan for whole windows
     * @throws IllegalArgumentException if the plan does not fit, the resting value is none of the space, or the model is
     *     conditional
     */
    WindowCalls(ArdmModel model, Plan plan, int restingValue) {
        this.model = model;
        this.process = model.process();
        this.plan = plan;
        this.order = plan.order(process);
        model.requireUnconditional();
        if (restingValue < 0 || restingValue >= process.space().maxCategories()) {
            throw new IllegalArgumentException("resting value " + restingValue + " is outside [0, "
                    + process.space().maxCategories() + ")");
        }
        try (Generation sizes = model.generation(1)) {
            this.symbolsPerUnit = symbolsBefore(sizes.laws(), 1, process.stages());
        }
    }

    Plan plan() {
        return plan;
    }

    Order order() {
        return order;
    }

    int symbolsPerUnit() {
        return symbolsPerUnit;
    }

    /** Windows whose calls are run together, at most. */
    int mostWindows() {
        return Math.max(1, Math.min(MOST_WINDOWS, MOST_VALUES / process.space().dimensions()));
    }

    /** Whether a stream can hold so many units, not negative. */
    boolean holds(long units) {
        return units <= MOST_SYMBOLS / symbolsPerUnit;
    }

    /**
     * The number of symbols of so many units.
     *
     * @param what they belong to, for the message
     * @throws IllegalArgumentException if they are too many
     */
    int symbols(long units, String what) {
        if (!holds(units)) {
            throw new IllegalArgumentException(
                    what + " of " + units + " units; at most " + MOST_SYMBOLS / symbolsPerUnit + " can be coded");
        }
        return (int) units * symbolsPerUnit;
    }

    /** Number of symbols that a window takes before a step. */
    static int symbolsBefore(UnitLaws laws, int units, int step) {
        int symbols = 0;
        for (int stage = 0; stage * units < step; stage++) {
            symbols += laws.symbols(stage) * Math.min(units, step - stage * units);
        }
        return symbols;
    }

    /** A window, all of whose values are known, to be evaluated. */
    interface Part {
        DocumentWindow.Task task();
    }

    /** Does what is done at each network call of a window that is known. */
    interface CallTask<P extends Part> {
        void run(Generation generation, P part, int call) throws Exception;
    }

    /**
     * Runs a task for each network call of each of some windows, in any order.
     *
     * @param progress hears how many windows are done
     * @param done how many were done before; counted on
     */
    <P extends Part> void run(List<P> parts, IntConsumer progress, AtomicInteger done, CallTask<P> task) {
        int[] ends = new int[parts.size()];
        int calls = 0;
        for (int p = 0; p < ends.length; p++) {
            calls += parts.get(p).task().schedule().calls();
            ends[p] = calls;
        }
        AtomicIntegerArray run = new AtomicIntegerArray(ends.length);
        model.parallel(calls, (generation, index) -> {
            int found = Arrays.binarySearch(ends, index + 1);
            int p = found >= 0 ? found : -found - 1;
            P part = parts.get(p);
            int all = part.task().schedule().calls();
            task.run(generation, part, index - (ends[p] - all));
            if (run.incrementAndGet(p) == all) {
                progress.accept(done.incrementAndGet());
            }
            return index;
        });
    }

    /** Bits of units, from the nats of each of their stages. */
    static double[] unitBits(double[] nats, int stages) {
        double[] bits = new double[nats.length / stages];
        for (int i = 0; i < nats.length; i++) {
            bits[i / stages] += nats[i] / UnitNats.LN2;
        }
        return bits;
    }

    /** Pops a symbol, unless the stack is at its end too early: a claimed length could keep a decoder busy for years. */
    static int pop(AnsStack stack, Law law) throws DamagedException {
        if (stack.words() == 0 && stack.head() < LEAST_HEAD) {
            throw damaged("its stream ends too early");
        }
        return stack.pop(law);
    }

    static DamagedException damaged(String reason) {
        return new DamagedException(DamagedException.STREAM, -1, 0, reason, "");
    }
}
