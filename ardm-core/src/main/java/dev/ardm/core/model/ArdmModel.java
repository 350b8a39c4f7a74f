package dev.ardm.core.model;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.Law;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Parallel;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/** An order-agnostic autoregressive diffusion model on the exact engine. Safe for use by several threads. */
public final class ArdmModel implements LikelihoodModel {
    private static final double LN2 = StrictMath.log(2);

    private final Model model;
    private final Kernels kernels;
    private final ExactEngine engine;
    private final int threads;
    private final FirstCall firstCall = new FirstCall();

    /**
     * @param threads how many threads long calls use; changes no result
     */
    public ArdmModel(Model model, int threads) {
        this(model, threads, Kernels.best());
    }

    /** A model on given kernels; all kernels give the same bits. */
    public ArdmModel(Model model, int threads, Kernels kernels) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, got " + threads);
        }
        this.model = model;
        this.kernels = kernels;
        this.engine = new ExactEngine(model.network(), model.weights(), kernels);
        this.threads = threads;
    }

    /** The model file's content. */
    public Model model() {
        return model;
    }

    @Override
    public Space space() {
        return model.space();
    }

    @Override
    public Plan plan(int calls) {
        return Plan.spread(model.schedule(calls));
    }

    /** A generation that evaluates on so many threads. */
    private Generation generation(int evaluating) {
        return new Generation(space(), engine, kernels, evaluating, firstCall);
    }

    /** Runs a task for each item, counting. */
    private <R> List<R> map(int count, IntConsumer progress, Parallel.Task<Generation, R> task) {
        AtomicInteger done = new AtomicInteger();
        return Parallel.map(threads, count, this::generation, (generation, index) -> {
            R result = task.run(generation, index);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }

    /** What is done in each network call of an item that is known. */
    private interface CallTask {
        void run(Generation generation, int item, int call) throws Exception;
    }

    /**
     * Runs a task for each network call of each item. Nobody has to wait for the calls before, since the items are known; so also one
     * item has work for all threads.
     */
    private void forEachCall(int items, Schedule schedule, IntConsumer progress, CallTask task) {
        int calls = schedule.calls();
        AtomicIntegerArray left = new AtomicIntegerArray(items);
        AtomicInteger done = new AtomicInteger();
        Parallel.map(threads, Math.multiplyExact(items, calls), this::generation, (generation, index) -> {
            int item = index / calls;
            task.run(generation, item, index % calls);
            if (left.decrementAndGet(item) == -calls) {
                progress.accept(done.incrementAndGet());
            }
            return index;
        });
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public Estimate bound(List<int[]> items, int passes, long seed, IntConsumer progress) {
        if (passes < 1) {
            throw new IllegalArgumentException("at least one pass is needed, got " + passes);
        }
        int dimensions = space().dimensions();
        int total = Math.multiplyExact(items.size(), passes);
        // Steps are stratified over all items and passes: it lowers the variance and keeps the mean.
        int[] strata = RandomStream.of(seed, Purpose.EVALUATION, -1).permutation(total);
        List<Double> each = map(items.size(), progress, (generation, index) -> {
            double sum = 0;
            for (int pass = 0; pass < passes; pass++) {
                int draw = pass * items.size() + index;
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, draw);
                double place = Math.min((strata[draw] + random.nextDouble()) / total, Math.nextDown(1.0));
                boolean[] known = new OrderAgnostic(space()).corrupt(place, random);
                int[] masked = new int[dimensions];
                int count = 0;
                for (int i = 0; i < dimensions; i++) {
                    if (!known[i]) {
                        masked[count++] = i;
                    }
                }
                masked = Arrays.copyOf(masked, count);
                sum += nats(generation.logits(items.get(index), known, masked), masked, items.get(index)) / count;
            }
            return sum / passes / LN2;
        });
        return Estimate.of(
                "Monte-Carlo bound, " + passes + " random step" + (passes == 1 ? "" : "s") + " and order"
                        + (passes == 1 ? "" : "s") + " per item",
                doubles(each),
                passes);
    }

    private double nats(float[] logits, int[] positions, int[] item) {
        double sum = 0;
        int stride = space().maxCategories();
        for (int i = 0; i < positions.length; i++) {
            sum += LogitLaw.nats(logits, i * stride, space().categories(positions[i]), item[positions[i]]);
        }
        return sum;
    }

    @Override
    public Estimate exactForOrder(List<int[]> items, Plan order, IntConsumer progress) {
        Plan full = new Plan(order.kind(), order.seed(), fullSchedule());
        return exact("exact log-likelihood for one order (" + name(order) + ")", items, full, progress);
    }

    @Override
    public Estimate exactForPlan(List<int[]> items, Plan plan, IntConsumer progress) {
        return exact(
                "exact log-likelihood for one order and schedule (" + name(plan) + ", "
                        + plan.schedule().calls() + " calls)",
                items,
                plan,
                progress);
    }

    private static String name(Plan plan) {
        return plan.kind() == Plan.OrderKind.SPREAD ? "spread" : "random, seed " + plan.seed();
    }

    private Estimate exact(String name, List<int[]> items, Plan plan, IntConsumer progress) {
        Order order = plan.order(space());
        Schedule schedule = plan.schedule();
        double[][] nats = new double[items.size()][space().dimensions()];
        forEachCall(items.size(), schedule, progress, (generation, index, call) -> {
            int[] item = items.get(index).clone();
            int[] step = {schedule.start(call)};
            generation.call(item, order, schedule, call, (position, logits, offset, categories) -> {
                nats[index][step[0]++] = LogitLaw.nats(logits, offset, categories, item[position]);
                return item[position];
            });
        });
        List<Double> each = new ArrayList<>();
        for (double[] steps : nats) {
            double sum = 0;
            for (double step : steps) {
                sum += step;
            }
            each.add(sum / LN2 / space().dimensions());
        }
        return Estimate.of(name, doubles(each), plan.schedule().calls());
    }

    @Override
    public List<int[]> sample(int count, Plan plan, long seed, IntConsumer progress) {
        int dimensions = space().dimensions();
        Order order = plan.order(space());
        return map(
                count,
                progress,
                (generation, index) -> draw(
                        generation,
                        new int[dimensions],
                        new boolean[dimensions],
                        order,
                        0,
                        plan.schedule(),
                        RandomStream.of(seed, Purpose.SAMPLE, index)));
    }

    @Override
    public List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress) {
        if (items.size() != known.size()) {
            throw new IllegalArgumentException(items.size() + " items with " + known.size() + " masks");
        }
        Order order = plan.order(space());
        return map(items.size(), progress, (generation, index) -> {
            boolean[] mask = known.get(index).clone();
            int count = 0;
            for (boolean flag : mask) {
                count += flag ? 1 : 0;
            }
            int[] item = items.get(index).clone();
            if (count == mask.length) {
                return item;
            }
            return draw(
                    generation,
                    item,
                    mask,
                    order.knownFirst(mask),
                    count,
                    plan.schedule().scaledTo(mask.length - count),
                    RandomStream.of(seed, Purpose.SAMPLE, index));
        });
    }

    /** Decodes random bits: sampler and decoder share the laws. */
    private static int[] draw(
            Generation generation,
            int[] item,
            boolean[] known,
            Order order,
            int first,
            Schedule schedule,
            RandomStream random)
            throws Exception {
        generation.walkLaws(
                item,
                known,
                order,
                first,
                schedule,
                (position, law) -> law.symbolAt(random.nextInt() >>> 32 - law.precision()));
        return item;
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        return new ItemCodec(space(), generation(1), plan);
    }

    @Override
    public List<byte[]> encode(List<int[]> items, Plan plan, IntConsumer progress) {
        Order order = plan.order(space());
        Schedule schedule = plan.schedule();
        int dimensions = space().dimensions();
        items.forEach(space()::check);
        int[][] starts = new int[items.size()][dimensions];
        int[][] frequencies = new int[items.size()][dimensions];
        forEachCall(items.size(), schedule, progress, (generation, index, call) -> {
            int[] item = items.get(index).clone();
            int[] step = {schedule.start(call)};
            generation.callLaws(item, order, schedule, call, (position, law) -> {
                starts[index][step[0]] = law.start(item[position]);
                frequencies[index][step[0]++] = law.frequency(item[position]);
                return item[position];
            });
        });
        List<byte[]> streams = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            streams.add(CheckedStream.encode(
                    starts[i], frequencies[i], dimensions, LogitLaw.PRECISION, CheckedStream.checkOf(items.get(i))));
        }
        return streams;
    }

    @Override
    public List<Optional<int[]>> decode(List<byte[]> streams, Plan plan, IntConsumer progress) {
        Order order = plan.order(space());
        int dimensions = space().dimensions();
        return map(streams.size(), progress, (generation, index) -> {
            byte[] bytes = streams.get(index);
            try {
                AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
                int[] item = new int[dimensions];
                generation.walkLaws(
                        item, new boolean[dimensions], order, 0, plan.schedule(), (position, law) -> stack.pop(law));
                CheckedStream.close(stack, CheckedStream.checkOf(item));
                return Optional.of(item);
            } catch (DamagedException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Mean cost of generating each step of an order from calls at chosen steps, for planning.
     *
     * @param candidates steps at which the network may be called
     * @return bits: for each candidate s the mean cost of step k given the first s, for k = s, s + 1, ...
     */
    public double[][] stepCosts(List<int[]> items, Plan plan, int[] candidates, IntConsumer progress) {
        Order order = plan.order(space());
        int dimensions = space().dimensions();
        List<double[]> rows = map(candidates.length, progress, (generation, index) -> {
            int start = candidates[index];
            boolean[] known = new boolean[dimensions];
            for (int step = 0; step < start; step++) {
                known[order.position(step)] = true;
            }
            int[] rest = new int[dimensions - start];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = order.position(start + i);
            }
            double[] costs = new double[rest.length];
            int stride = space().maxCategories();
            for (int[] item : items) {
                float[] logits = generation.logits(item, known, rest);
                for (int i = 0; i < rest.length; i++) {
                    costs[i] += LogitLaw.nats(logits, i * stride, space().categories(rest[i]), item[rest[i]])
                            / LN2
                            / items.size();
                }
            }
            return costs;
        });
        return rows.toArray(new double[0][]);
    }

    /** Pushes and pops items one variable after another; the law test of the codec algebra holds for it. */
    private static final class ItemCodec implements Codec<int[]> {
        private final Space space;
        private final Generation generation;
        private final Plan plan;
        private final Order order;

        ItemCodec(Space space, Generation generation, Plan plan) {
            this.space = space;
            this.generation = generation;
            this.plan = plan;
            this.order = plan.order(space);
        }

        @Override
        public void push(AnsStack stack, int[] item) {
            space.check(item);
            Law[] laws = new Law[item.length];
            int[] count = {0};
            walk(new int[item.length], (position, law) -> {
                laws[count[0]++] = law;
                return item[position];
            });
            for (int step = item.length - 1; step >= 0; step--) {
                stack.push(laws[step], item[order.position(step)]);
            }
        }

        @Override
        public int[] pop(AnsStack stack) {
            int[] item = new int[space.dimensions()];
            walk(item, (position, law) -> stack.pop(law));
            return item;
        }

        private void walk(int[] item, Generation.LawVisitor visitor) {
            try {
                generation.walkLaws(item, new boolean[item.length], order, 0, plan.schedule(), visitor);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
