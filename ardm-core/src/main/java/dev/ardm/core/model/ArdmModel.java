package dev.ardm.core.model;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.DamagedException;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Parallel;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.Corruption;
import dev.ardm.core.process.Process;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** An order-agnostic autoregressive diffusion model on the exact engine. Safe for use by several threads. */
public final class ArdmModel implements LikelihoodModel {
    static final double LN2 = StrictMath.log(2);
    private static final String GIVEN_LABELS = ", given labels";

    private final Model model;
    private final Kernels kernels;
    private final ExactEngine engine;
    private final int threads;
    private final int label;
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
        this.label = NetworkInput.UNLABELLED;
    }

    private ArdmModel(ArdmModel whole, int label) {
        this.model = whole.model;
        this.kernels = whole.kernels;
        this.engine = whole.engine;
        this.threads = whole.threads;
        this.label = label;
    }

    /**
     * This model given a label: everything it samples, fills, scores, encodes or decodes is an item of that class. What is encoded
     * so decodes with the same label only; an archive does not keep it. It shares weights and threads with this one. A model
     * that is not given a label is one of items whose class is not known.
     *
     * @param of a class, in [0, classes of the process)
     * @throws IllegalArgumentException if there is no such class
     */
    public ArdmModel labelled(int of) {
        int classes = process().classes();
        if (of < 0 || of >= classes) {
            throw new IllegalArgumentException(
                    classes == 0
                            ? "this model has no classes, so it cannot be given label " + of
                            : "there is no label " + of + ": this model has " + classes + " classes, from 0");
        }
        return new ArdmModel(this, of);
    }

    /** The name of an estimator, with what it is given. */
    private String given(String estimator) {
        return label == NetworkInput.UNLABELLED ? estimator : estimator + GIVEN_LABELS;
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
    public Process process() {
        return model.network().process();
    }

    @Override
    public Plan plan(int calls) {
        Schedule schedule = model.schedule(calls);
        return process() instanceof Autoregressive baseline && !baseline.permuted()
                ? Plan.natural(schedule)
                : Plan.spread(schedule);
    }

    /** The schedule with a call for each step. */
    public Schedule fullSchedule() {
        return Schedule.full(process().steps());
    }

    /** A generation that evaluates on so many threads. */
    Generation generation(int evaluating) {
        return new Generation(model.network(), engine, kernels, evaluating, label, firstCall);
    }

    /** Runs independent tasks, each on a generation. */
    <R> List<R> parallel(int count, Parallel.Task<Generation, R> task) {
        return Parallel.map(threads, count, this::generation, task);
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
        Process process = process();
        int total = Math.multiplyExact(items.size(), passes);
        // Steps are stratified over all items and passes: it lowers the variance and keeps the mean.
        int[] strata = RandomStream.of(seed, Purpose.EVALUATION, -1).permutation(total);
        List<Double> each = map(items.size(), progress, (generation, index) -> {
            double sum = 0;
            for (int pass = 0; pass < passes; pass++) {
                int draw = pass * items.size() + index;
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, draw);
                double place = Math.min((strata[draw] + random.nextDouble()) / total, Math.nextDown(1.0));
                sum += nats(generation, process.corrupt(place, random), items.get(index));
            }
            return sum / passes / LN2 * process.stages() / process.unitSize();
        });
        return Estimate.of(
                given("Monte-Carlo bound, " + passes + " random step" + (passes == 1 ? "" : "s") + " and order"
                        + (passes == 1 ? "" : "s") + " per item"),
                doubles(each),
                passes);
    }

    /** Mean nats of the units that a corruption asks for. */
    private double nats(Generation generation, Corruption corruption, int[] item) {
        Process process = process();
        int[] order = corruption.order();
        if (order != null) {
            double[] nats = natsInOrder(generation, item, Order.of(order));
            double sum = 0;
            for (double unit : nats) {
                sum += unit;
            }
            return sum / nats.length;
        }
        boolean[] known = new boolean[process.units()];
        int[] masked = new int[corruption.count()];
        int count = 0;
        for (int unit = 0; unit < known.length; unit++) {
            known[unit] = !corruption.predicted()[unit];
            if (!known[unit]) {
                masked[count++] = unit;
            }
        }
        return natsAt(generation, item, known, corruption.stage(), masked) / count;
    }

    /** Nats of chosen units at a stage, added up. */
    private double natsAt(Generation generation, int[] item, boolean[] known, int stage, int[] units) {
        float[] outputs = generation.outputs(item, known, stage, units);
        double sum = 0;
        for (int i = 0; i < units.length; i++) {
            sum += generation.laws().nats(outputs, i * model.network().output().outputs(), item, units[i], stage);
        }
        return sum;
    }

    /** Nats of each step of an order, all from one evaluation of a causal network. */
    private double[] natsInOrder(Generation generation, int[] item, Order order) {
        float[] outputs = generation.outputsOfWhole(item, order);
        double[] nats = new double[order.size()];
        for (int step = 0; step < nats.length; step++) {
            int unit = order.position(step);
            nats[step] = generation
                    .laws()
                    .nats(outputs, unit * model.network().output().outputs(), item, unit, 0);
        }
        return nats;
    }

    /**
     * The laws of one variable given others, for each item: any set of variables may be known, which is what an order-agnostic
     * model is trained for. In double precision, for reports and decisions.
     *
     * @param items values; those not known are ignored
     * @param known flags of the variables, the same for all items
     * @param position a variable that is not known
     * @return for each item the probabilities of all values of the variable
     * @throws IllegalArgumentException if the process has several stages, or generates several variables together
     */
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        Process process = process();
        if (process.stages() > 1 || process.unitSize() > 1 || process.causal()) {
            throw new IllegalArgumentException(
                    "conditional laws of a variable need the order-agnostic process, one variable at a time");
        }
        if (known[position]) {
            throw new IllegalArgumentException("variable " + position + " is known");
        }
        boolean[] units = knownUnits(known);
        int[] wanted = {position};
        return map(items.size(), progress, (generation, index) -> {
            int[] item = items.get(index).clone();
            float[] outputs = generation.outputs(item, units, 0, wanted);
            double[] law = new double[space().categories(position)];
            for (int value = 0; value < law.length; value++) {
                item[position] = value;
                law[value] = StrictMath.exp(-generation.laws().nats(outputs, 0, item, position, 0));
            }
            return law;
        });
    }

    /**
     * Mean cross entropy in bits of a masked unit at a step of the generation, for each item: what the loss component of that
     * step (Hoogeboom et al. 2022, section 3.1: L_t) is the mean of. The order is random, another one for each item and step.
     *
     * @param steps steps of the process, in [0, {@code process().steps()})
     * @return for each step the values of all items
     */
    public double[][] lossComponents(List<int[]> items, int[] steps, long seed, IntConsumer progress) {
        Process process = process();
        if (process.causal()) {
            throw new IllegalArgumentException(
                    "a causal model predicts one variable a call: there are no schedules to plan");
        }
        List<double[]> rows = map(steps.length, progress, (generation, index) -> {
            double[] bits = new double[items.size()];
            for (int i = 0; i < bits.length; i++) {
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, (long) steps[index] * items.size() + i);
                double place = (steps[index] + 0.5) / process.steps();
                bits[i] = nats(generation, process.corrupt(place, random), items.get(i)) / LN2;
            }
            return bits;
        });
        return rows.toArray(new double[0][]);
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
        return switch (plan.kind()) {
            case SPREAD -> "spread";
            case NATURAL -> "natural";
            case RANDOM -> "random, seed " + plan.seed();
        };
    }

    private Estimate exact(String name, List<int[]> items, Plan plan, IntConsumer progress) {
        Process process = process();
        Order order = plan.order(process);
        Schedule schedule = plan.schedule();
        boolean[] given = process.given().flags(process.units());
        double[][] nats = new double[items.size()][];
        if (process.causal() && schedule.calls() == schedule.steps()) {
            map(items.size(), progress, (generation, index) -> {
                nats[index] = natsInOrder(generation, items.get(index), order);
                return index;
            });
        } else {
            Arrays.setAll(nats, index -> new double[process.steps()]);
            forEachCall(items.size(), schedule, progress, (generation, index, call) -> {
                int[] step = {schedule.start(call)};
                int[] item = items.get(index);
                generation.call(
                        item,
                        given,
                        order,
                        schedule,
                        call,
                        (unit, stage, outputs, offset) ->
                                nats[index][step[0]++] = generation.laws().nats(outputs, offset, item, unit, stage));
            });
        }
        List<Double> each = new ArrayList<>();
        for (double[] steps : nats) {
            double sum = 0;
            for (double step : steps) {
                sum += step;
            }
            each.add(sum / LN2 / process.generatedDimensions());
        }
        return Estimate.of(given(name), doubles(each), plan.schedule().calls());
    }

    @Override
    public List<int[]> sample(int count, Plan plan, long seed, IntConsumer progress) {
        Order order = plan.order(process());
        return sample(count, index -> plan, index -> order, seed, progress);
    }

    /**
     * New items, each by a plan of its own: a D3PM-style sampler draws which variables become known in which step, see
     * {@link dev.ardm.core.process.AbsorbingSchedule}.
     *
     * @param plans the plan of each item
     */
    public List<int[]> sample(int count, IntFunction<Plan> plans, long seed, IntConsumer progress) {
        return sample(count, plans, index -> plans.apply(index).order(process()), seed, progress);
    }

    private List<int[]> sample(
            int count, IntFunction<Plan> plans, IntFunction<Order> orders, long seed, IntConsumer progress) {
        Process process = process();
        if (process.given().count() > 0) {
            throw new IllegalArgumentException(
                    "this model is conditional: it completes items of which something is given, see fill");
        }
        return map(
                count,
                progress,
                (generation, index) -> draw(
                        generation,
                        new int[space().dimensions()],
                        new boolean[process.units()],
                        orders.apply(index),
                        plans.apply(index).schedule(),
                        RandomStream.of(seed, Purpose.SAMPLE, index)));
    }

    @Override
    public List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress) {
        if (items.size() != known.size()) {
            throw new IllegalArgumentException(items.size() + " items with " + known.size() + " masks");
        }
        Process process = process();
        Order order = plan.order(process);
        List<boolean[]> units = known.stream().map(this::knownUnits).toList();
        return map(items.size(), progress, (generation, index) -> {
            boolean[] mask = units.get(index);
            int unknown = 0;
            for (boolean flag : mask) {
                unknown += flag ? 0 : 1;
            }
            int[] item = items.get(index).clone();
            if (unknown == 0) {
                return item;
            }
            return draw(
                    generation,
                    item,
                    mask,
                    order.knownFirst(mask),
                    plan.schedule().scaledTo(process.stages(), unknown),
                    RandomStream.of(seed, Purpose.SAMPLE, index));
        });
    }

    /** Which units are known, of flags of variables. */
    boolean[] knownUnits(boolean[] known) {
        Process process = process();
        int size = process.unitSize();
        boolean[] units = new boolean[process.units()];
        for (int unit = 0; unit < units.length; unit++) {
            units[unit] = known[unit * size];
            for (int i = 1; i < size; i++) {
                if (known[unit * size + i] != units[unit]) {
                    throw new IllegalArgumentException("position " + unit
                            + " is known in part only, and this model generates all its channels together");
                }
            }
        }
        if (process instanceof Autoregressive baseline && !baseline.permuted()) {
            for (int i = 1; i < units.length; i++) {
                if (units[i] && !units[i - 1]) {
                    throw new IllegalArgumentException(
                            "an autoregressive model can only continue a beginning, and variable " + i
                                    + " is known while the one before is not");
                }
            }
        }
        for (int unit : process.given().units()) {
            if (!units[unit]) {
                throw new IllegalArgumentException("this model is conditional: position " + unit + " must be known");
            }
        }
        return units;
    }

    /** Decodes random bits: sampler and decoder share the laws. */
    private static int[] draw(
            Generation generation, int[] item, boolean[] known, Order order, Schedule schedule, RandomStream random)
            throws Exception {
        generation.walk(
                item, known, order, schedule, (law, symbol) -> law.symbolAt(random.nextInt() >>> 32 - law.precision()));
        return item;
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        requireUnconditional();
        return new ItemCodec(generation(1), process(), plan);
    }

    @Override
    public List<byte[]> encode(List<int[]> items, Plan plan, IntConsumer progress) {
        Process process = process();
        requireUnconditional();
        Order order = plan.order(process);
        Schedule schedule = plan.schedule();
        items.forEach(space()::check);
        int symbols;
        try (Generation sizes = generation(1)) {
            symbols = sizes.symbolsBefore(process.steps());
        }
        boolean[] given = new boolean[process.units()];
        int[][] starts = new int[items.size()][symbols];
        int[][] frequencies = new int[items.size()][symbols];
        forEachCall(items.size(), schedule, progress, (generation, index, call) -> {
            int[] item = items.get(index).clone();
            int[] next = {generation.symbolsBefore(schedule.start(call))};
            generation.call(item, given, order, schedule, call, (unit, stage, outputs, offset) -> generation
                    .laws()
                    .code(outputs, offset, item, unit, stage, (law, symbol) -> {
                        starts[index][next[0]] = law.start(symbol);
                        frequencies[index][next[0]++] = law.frequency(symbol);
                        return symbol;
                    }));
        });
        List<byte[]> streams = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            streams.add(CheckedStream.encode(
                    starts[i], frequencies[i], symbols, LogitLaw.PRECISION, CheckedStream.checkOf(items.get(i))));
        }
        return streams;
    }

    @Override
    public DocumentCoder documentCoder(Plan plan, int context, int restingValue) {
        return new WindowedCoder(this, plan, context, restingValue);
    }

    @Override
    public ImageCoder imageCoder(Plan plan, int context, int restingValue) {
        return new TiledCoder(this, plan, context, restingValue);
    }

    void requireUnconditional() {
        if (process().given().count() > 0) {
            throw new IllegalArgumentException(
                    "this model is conditional: an archive does not keep what is given, so items could not be restored");
        }
    }

    @Override
    public List<Optional<int[]>> decode(List<byte[]> streams, Plan plan, IntConsumer progress) {
        Process process = process();
        requireUnconditional();
        Order order = plan.order(process);
        return map(streams.size(), progress, (generation, index) -> {
            byte[] bytes = streams.get(index);
            try {
                AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
                int[] item = new int[space().dimensions()];
                generation.walk(
                        item, new boolean[process.units()], order, plan.schedule(), (law, symbol) -> stack.pop(law));
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
     * @param candidates steps at which the network may be called, all of one stage
     * @param end one past the last step of that stage
     * @return bits: for each candidate s the mean cost of step k given the first s, for k = s, s + 1, ...
     */
    public double[][] stepCosts(List<int[]> items, Plan plan, int[] candidates, int end, IntConsumer progress) {
        Process process = process();
        Order order = plan.order(process);
        int units = process.generatedUnits();
        int first = process.given().count();
        List<double[]> rows = map(candidates.length, progress, (generation, index) -> {
            int start = candidates[index];
            int stage = start / units;
            boolean[] known = process.given().flags(process.units());
            for (int step = stage * units; step < start; step++) {
                known[order.position(first + step - stage * units)] = true;
            }
            int[] rest = new int[end - start];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = order.position(first + start - stage * units + i);
            }
            double[] costs = new double[rest.length];
            int stride = model.network().output().outputs();
            for (int[] item : items) {
                float[] outputs = generation.outputs(item, known, stage, rest);
                for (int i = 0; i < rest.length; i++) {
                    costs[i] += generation.laws().nats(outputs, i * stride, item, rest[i], stage) / LN2 / items.size();
                }
            }
            return costs;
        });
        return rows.toArray(new double[0][]);
    }
}
