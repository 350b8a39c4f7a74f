package dev.ardm.core.masking;

import dev.ardm.core.engine.Parallel;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.MaskingPlan.OrderKind;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/** Evaluates a masking model, given a label or none, on so many threads: what coders, generators and estimators run on. */
final class Evaluator {
    private final GenerationPool pool;
    private final int threads;

    /** @param threads how many threads long calls use; changes no result */
    Evaluator(GenerationPool pool, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, got " + threads);
        }
        this.pool = pool;
        this.threads = threads;
    }

    Evaluator on(int wanted) {
        return new Evaluator(pool, wanted);
    }

    /** @param label a class, or {@link NetworkInput#UNLABELLED} */
    Evaluator given(int label) {
        return new Evaluator(pool.given(label), threads);
    }

    /** See {@link GenerationPool#withoutEnd}. */
    Evaluator withoutEnd() {
        return new Evaluator(pool.withoutEnd(), threads);
    }

    int threads() {
        return threads;
    }

    MaskingModel model() {
        return pool.model();
    }

    /** How items are generated. */
    Process process() {
        return pool.seen().process();
    }

    /**
     * A plan of the model.
     *
     * @throws IllegalArgumentException if it is one of another kind of model, its wavefronts are too steep for the network, or its calls
     *     decide several units that the network sees one after the other
     */
    MaskingPlan plan(Plan plan) {
        MaskingPlan masking = MaskingPlan.of(plan);
        int slope = model().network().slope();
        if (masking.kind() == OrderKind.WAVEFRONT && (slope == 0 || masking.seed() < slope)) {
            throw new IllegalArgumentException(
                    "wavefronts of slope " + masking.seed() + " for a network whose places depend on others"
                            + (slope == 0 ? " in any way" : " up to slope " + slope));
        }
        if (model().network().stepwise()
                && masking.kind() != OrderKind.WAVEFRONT
                && masking.calls() < process().steps()) {
            throw new IllegalArgumentException("a network that keeps what it computed generates one value a call, so "
                    + process().steps() + " calls, not " + masking.calls());
        }
        return masking;
    }

    /** Whether items may be shorter than the model's. */
    boolean ends() {
        return pool.seen().ends();
    }

    /**
     * How an item is generated.
     *
     * @throws IllegalArgumentException if its values are not of the model's space, or it is shorter and items must not be
     */
    Process process(int[] item) {
        if (!ends() || item.length == 0 || item.length >= process().space().dimensions()) {
            process().space().check(item);
            return process();
        }
        process().space().checkValues(item);
        return process().ofLength(item.length);
    }

    /** Whether everything is given a label. */
    boolean hasLabel() {
        return pool.label() != NetworkInput.UNLABELLED;
    }

    /** A generation that evaluates on so many threads. */
    Generation generation(int evaluating) {
        return pool.take(evaluating);
    }

    /** Runs independent tasks, each on a generation. */
    <R> List<R> parallel(int count, Parallel.Task<Generation, R> task) {
        return Parallel.map(threads, count, this::generation, task);
    }

    /** What is done with items side by side. */
    interface GroupTask<R> {
        /** The results of items {@code from} to {@code to - 1}. */
        List<R> run(Generation generation, int from, int to) throws Exception;
    }

    /**
     * Runs a task for groups of items: single ones, unless the network keeps what it computed, and so has little work for each item and
     * call.
     */
    <R> List<R> inGroups(int count, GroupTask<R> task) {
        int each = Math.max(1, Math.min(model().network().together(), (count + threads - 1) / threads));
        return parallel(
                        (count + each - 1) / each,
                        (generation, index) -> task.run(generation, index * each, Math.min(count, (index + 1) * each)))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Runs a task for each item, on a generation.
     *
     * @param progress receives how many are done
     */
    <R> List<R> map(int count, IntConsumer progress, Parallel.Task<Generation, R> task) {
        AtomicInteger done = new AtomicInteger();
        return parallel(count, (generation, index) -> {
            R result = task.run(generation, index);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }

    /** What is done in each network call of an item that is known. */
    interface CallTask {
        void run(Generation generation, int item, int call) throws Exception;
    }

    /**
     * Runs a task for each network call of each item. No call waits for those before, since the items are known; so one item alone
     * has work for all threads.
     *
     * @param calls of each item
     */
    void forEachCall(int[] calls, IntConsumer progress, CallTask task) {
        int[] ends = new int[calls.length];
        int all = 0;
        for (int item = 0; item < ends.length; item++) {
            all = Math.addExact(all, calls[item]);
            ends[item] = all;
        }
        AtomicIntegerArray run = new AtomicIntegerArray(calls.length);
        AtomicInteger done = new AtomicInteger();
        parallel(all, (generation, index) -> {
            int found = Arrays.binarySearch(ends, index + 1);
            int item = found >= 0 ? found : -found - 1;
            task.run(generation, item, index - (ends[item] - calls[item]));
            if (run.incrementAndGet(item) == calls[item]) {
                progress.accept(done.incrementAndGet());
            }
            return index;
        });
    }
}
