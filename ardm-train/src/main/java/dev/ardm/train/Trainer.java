package dev.ardm.train;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.runtime.NativeWork;
import dev.ardm.train.runtime.TrainingRuntime;
import dev.ardm.train.step.ThreadChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Minimises an {@link Objective} on LibTorch with AdamW or Muon, linear warm-up and cosine decay, gradient clipping and averaged weights. Not
 * safe for use by several threads.
 */
public final class Trainer {
    /** How often at most a run of so many steps looks for its best weights, and at least how many steps lie between. */
    private static final int JUDGED = 16;

    private static final int LEAST_BETWEEN = 50;

    private final Objective<?> objective;
    private final ItemSet training;
    private final ItemSet validation;
    private final TrainingSettings settings;
    private final boolean bf16;
    private final TorchParameters parameters;
    private final TorchParameters averaged;
    private final TensorVector parameterVector;
    private final Optimization optimization;
    private long step;
    private double secondsBefore;
    private @Nullable BestWeights best;

    /**
     * @param split items to learn from, and others to report the bound on
     */
    public Trainer(Objective<?> objective, Splits.Split split, TrainingSettings settings) {
        this(objective, split, settings, null);
    }

    private Trainer(
            Objective<?> objective, Splits.Split split, TrainingSettings settings, @Nullable Checkpoint checkpoint) {
        this.objective = objective;
        this.training = split.training();
        this.validation = split.validation();
        this.settings = settings;
        if (training.size() == 0 || validation.size() == 0) {
            throw new IllegalArgumentException("training needs at least one item to learn from and one to validate on");
        }
        bf16 = TorchRuntime.usesBf16(settings.precision());
        Weights weights = checkpoint == null ? objective.initial(training) : checkpoint.weights();
        try (NativeWork work = NativeWork.begin()) {
            parameters = new TorchParameters(objective.layers(), objective.preciseLayers(), weights, true);
            averaged = new TorchParameters(
                    objective.layers(),
                    objective.preciseLayers(),
                    checkpoint == null ? weights : checkpoint.averaged(),
                    false);
            parameterVector = parameters.vector();
            optimization = new Optimization(parameters, objective.outerLayers(), settings);
        }
        if (checkpoint != null) {
            step = checkpoint.step();
            secondsBefore = checkpoint.seconds();
            BestWeights before = checkpoint.best();
            // The end of a shorter run is none of the steps at which this one looks.
            best = before != null && (settings.steps() == 0 || before.step() % between() == 0) ? before : null;
        }
    }

    /** Whether a folder has a checkpoint to resume from. */
    public static boolean canResume(Path folder) throws IOException {
        return Checkpoint.exists(folder);
    }

    /**
     * A trainer that continues where a checkpoint left off, to the same weights as if it had never stopped, if its length is in steps
     * and with the same number of threads.
     *
     * @throws IOException if the folder has no usable checkpoint
     */
    public static Trainer resume(Objective<?> objective, Splits.Split split, TrainingSettings settings, Path folder)
            throws IOException {
        Checkpoint checkpoint = Checkpoint.read(folder, objective.layers());
        Trainer trainer = new Trainer(objective, split, settings, checkpoint);
        try (NativeWork work = NativeWork.begin()) {
            checkpoint.restore(trainer.optimization);
        }
        return trainer;
    }

    /** Optimiser steps taken so far. */
    public long step() {
        return step;
    }

    /** The averaged weights. */
    public Weights averagedWeights() {
        try (NativeWork work = NativeWork.begin()) {
            return averaged.weights();
        }
    }

    /**
     * The averaged weights of the step at which the validation bound was lowest, which are what ships: a network that sees few items
     * many times learns them by heart in the end. A run of minutes looks at each report, one of steps at fixed steps, so that it can be
     * repeated.
     */
    public BestWeights bestWeights() {
        return best != null ? best : new BestWeights(averagedWeights(), Double.NaN, step);
    }

    private boolean judges() {
        return settings.steps() == 0 || step % between() == 0 || step >= settings.steps();
    }

    private long between() {
        return Math.max(LEAST_BETWEEN, settings.steps() / JUDGED);
    }

    private double[] judged() throws DivergedException {
        double[] bound = validationBound();
        if (!Double.isFinite(bound[0])) {
            throw new DivergedException(step);
        }
        if (judges() && (best == null || bound[0] < best.bits())) {
            best = new BestWeights(averagedWeights(), bound[0], step);
        }
        return bound;
    }

    /**
     * Writes a checkpoint, replacing an older one when complete.
     *
     * @param seconds wall-clock seconds of training so far
     */
    private void checkpoint(@Nullable Path folder, double seconds) throws IOException {
        if (folder == null) {
            return;
        }
        try (NativeWork work = NativeWork.begin()) {
            Checkpoint.write(folder, parameters.weights(), averaged.weights(), best, optimization, step, seconds);
        }
    }

    /**
     * Trains until the settings' length is reached or {@code stop} returns true; writes checkpoints at reports and at the end.
     *
     * @param checkpoints folder for checkpoints, or null for none
     * @param stop asked before every step
     * @throws DivergedException if the loss, its gradient or the bound is not finite; no checkpoint has such weights
     */
    public void train(@Nullable Path checkpoints, TrainingListener listener, BooleanSupplier stop) throws IOException {
        // Steps that are to be the same each time are so with one number of threads only.
        int most = settings.steps() > 0 ? 1 : TrainingRuntime.threads();
        ThreadChoice threads = new ThreadChoice(most, TrainingRuntime::setThreads);
        try {
            train(checkpoints, listener, stop, threads);
        } finally {
            if (most > 1) {
                TrainingRuntime.setThreads(most);
            }
        }
    }

    private void train(
            @Nullable Path checkpoints, TrainingListener listener, BooleanSupplier stop, ThreadChoice threads)
            throws IOException {
        long begun = System.nanoTime();
        double lastReport = secondsBefore;
        long lastStep = step;
        double bits = 0;
        double norms = 0;
        double seconds = secondsBefore;
        while (fraction(seconds) < 1 && !stop.getAsBoolean()) {
            double rate = learningRate(fraction(seconds));
            long before = System.nanoTime();
            double[] outcome = takeStep(rate);
            if (threads.stepTook((System.nanoTime() - before) / 1e9)) {
                listener.onThreads(threads.threads(), threads.most());
            }
            bits += outcome[0];
            norms += outcome[1];
            step++;
            seconds = secondsBefore + (System.nanoTime() - begun) / 1e9;
            double fraction = fraction(seconds);
            listener.onStep(step, fraction, outcome[0]);
            if (!Double.isFinite(outcome[0] + outcome[1])) {
                throw new DivergedException(step);
            }
            if (seconds - lastReport >= settings.reportSeconds() || fraction >= 1) {
                long count = step - lastStep;
                double[] bound = judged();
                listener.onReport(
                        new TrainingReport(
                                step,
                                seconds,
                                step * (double) settings.batch() / training.size(),
                                rate,
                                bits / count,
                                bound[0],
                                bound[1],
                                norms / count,
                                count * settings.batch() / (seconds - lastReport)),
                        averagedWeights());
                checkpoint(checkpoints, seconds);
                lastReport = secondsBefore + (System.nanoTime() - begun) / 1e9;
                lastStep = step;
                bits = 0;
                norms = 0;
            } else if (settings.steps() > 0 && judges()) {
                judged();
            }
        }
        if (step > lastStep) {
            checkpoint(checkpoints, seconds);
        }
        secondsBefore = seconds;
    }

    private double fraction(double seconds) {
        return settings.steps() > 0
                ? Math.min(1, step / (double) settings.steps())
                : Math.min(1, seconds / (60 * settings.minutes()));
    }

    private double learningRate(double fraction) {
        double warmup = Math.min(1, (step + 1) / (double) Math.max(1, settings.warmupSteps()));
        return settings.learningRate() * warmup * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * fraction)));
    }

    /** One step; returns the loss in bits per dimension and the norm of the gradient. */
    private double[] takeStep(double rate) {
        int[] indices = indices(training.size(), settings, step);
        try (NativeWork work = NativeWork.begin();
                PointerScope scope = new PointerScope()) {
            torch.manual_seed(settings.seed() * 1_000_003 + step); // dropout resumes as it would have gone on
            optimization.zeroGradients();
            Tensor loss = loss(objective, parameters, training, indices, Purpose.CORRUPTION, step);
            NativeWork.check();
            loss.backward();
            NativeWork.check();
            double norm = torch.clip_grad_norm_(parameterVector, settings.clip());
            optimization.step(rate);
            average();
            return new double[] {loss.item_double() / Math.log(2), norm};
        }
    }

    private <B> Tensor loss(
            Objective<B> of, TorchParameters at, ItemSet items, int[] indices, Purpose purpose, long number) {
        B batch = of.draw(items, indices, purpose, number);
        return of.loss(new TorchOps(at, purpose == Purpose.CORRUPTION, bf16), batch);
    }

    /** The items of a step: every epoch has all of them once, in an order of its own. */
    static int[] indices(int items, TrainingSettings settings, long step) {
        int[] indices = new int[settings.batch()];
        long epoch = -1;
        int[] shuffled = new int[0];
        for (int i = 0; i < indices.length; i++) {
            long global = step * indices.length + i;
            if (global / items != epoch) {
                epoch = global / items;
                shuffled =
                        RandomStream.of(settings.seed(), Purpose.SHUFFLE, epoch).permutation(items);
            }
            indices[i] = shuffled[(int) (global % items)];
        }
        return indices;
    }

    /** Moves the averaged weights, faster in the beginning. */
    private void average() {
        double decay = Math.min(settings.ema(), (1.0 + step) / (10.0 + step));
        NoGradGuard guard = new NoGradGuard();
        for (var parameter : parameters.parameters()) {
            averaged.get(parameter.name()).lerp_(parameters.get(parameter.name()), new Scalar(1 - decay));
        }
        guard.close();
    }

    /** Monte-Carlo bound on (at most 1,024 items of) the validation split: mean and standard error. */
    private double[] validationBound() {
        int batch = Math.max(1, Math.min(128, validation.size() / 8)); // several batches, for the standard error
        int batches = Math.min(8, validation.size() / batch);
        double sum = 0;
        double squares = 0;
        for (int b = 0; b < batches; b++) {
            int[] indices = new int[batch];
            for (int i = 0; i < batch; i++) {
                indices[i] = b * batch + i;
            }
            try (NativeWork work = NativeWork.begin();
                    PointerScope scope = new PointerScope()) {
                NoGradGuard guard = new NoGradGuard();
                double bits = loss(objective, averaged, validation, indices, Purpose.EVALUATION, b)
                                .item_double()
                        / Math.log(2);
                guard.close();
                sum += bits;
                squares += bits * bits;
            }
        }
        double mean = sum / batches;
        double variance = batches < 2 ? Double.NaN : (squares - sum * mean) / (batches - 1);
        return new double[] {mean, Math.sqrt(Math.max(0, variance) / batches)};
    }
}
