package dev.ardm.train;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import dev.ardm.core.weights.WeightsWriter;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.runtime.NativeWork;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Rounds weights to multiples of steps, one for each tensor, so that they take few bytes and the loss hardly grows.
 *
 * <p>Rounding a weight to a step d adds about h d<sup>2</sup>/24 to the loss, with h its second derivative; a weight takes one bit less whenever d
 * doubles. So for every loss the fewest bytes come from steps in proportion to 1/sqrt(h), with h averaged over a tensor. Of a log-likelihood the
 * second derivatives are the mean squares of the gradient of a single prediction (Y. LeCun, J. Denker and S. Solla, "Optimal Brain Damage",
 * NeurIPS 1989; H. Gish and J. Pierce, "Asymptotically efficient quantizing", 1968). What the loss really is then is measured.
 */
public final class WeightRounding {
    private static final int EXAMPLES = 64;
    private static final int BATCH = 32;
    private static final int SEARCHED = 12;
    private static final int FINEST = 64;
    private static final int COARSEST = 4;

    /** What training with rounded weights leaves of what rounding loses, about; measured: a third at 3 bits a weight, a fifth at 1.5. */
    private static final double LEFT = 1.0 / 3;

    private static final double CLOSE = 1.15; // Between steps, where searching ends: a fifth of a bit.

    private final Objective<?> objective;
    private final Weights weights;
    private final Splits.Split split;
    private final ItemSet judging;
    private final Map<String, Double> curvatures = new LinkedHashMap<>();
    private final int batches;
    private final double exact;
    private final double left;

    /**
     * Measures the loss.
     *
     * @param objective that the weights were trained for
     * @param split items that the weights were trained on, to take gradients of, and others to measure the loss on
     * @param judged how many of these are used at most
     * @param tuned whether {@link #tune} comes next, so that rounding may lose more
     */
    public WeightRounding(Objective<?> objective, Weights weights, Splits.Split split, int judged, boolean tuned) {
        this.objective = objective;
        this.weights = weights;
        this.split = split;
        this.judging = split.validation();
        this.left = tuned ? LEFT : 1;
        this.batches = Math.max(1, Math.min(judged, judging.size()) / Math.min(BATCH, judging.size()));
        this.exact = bits(weights);
    }

    /** Mean second derivatives of the loss by the weights of each tensor, in nats per dimension; measured when they are first needed. */
    private Map<String, Double> curvatures() {
        if (curvatures.isEmpty()) {
            measureCurvatures(split.training());
        }
        return curvatures;
    }

    private TorchParameters parameters(Weights of, boolean requiresGradient) {
        try (NativeWork work = NativeWork.begin()) {
            return new TorchParameters(objective.layers(), objective.preciseLayers(), of, requiresGradient);
        }
    }

    private void measureCurvatures(ItemSet items) {
        TorchParameters parameters = parameters(weights, true);
        for (int k = 0; k < EXAMPLES; k++) {
            try (NativeWork work = NativeWork.begin();
                    PointerScope scope = new PointerScope()) {
                int[] index = {(int) ((long) k * items.size() / EXAMPLES)};
                double weight = gradient(objective, new TorchOps(parameters, false), items, index, k);
                Weights gradients = parameters.gradients();
                for (Parameter parameter : parameters.parameters()) {
                    double squares = 0;
                    for (float each : gradients.get(parameter.name())) {
                        squares += each * (double) each;
                    }
                    curvatures.merge(parameter.name(), squares / parameter.size() / weight / EXAMPLES, Double::sum);
                }
            }
        }
    }

    /**
     * Adds the gradient of the loss of one item to the parameters'.
     *
     * @return what a prediction counts in the loss: one whose gradient is g counts w g<sup>2</sup> there, and w<sup>2</sup> g<sup>2</sup> in
     *     the square of the gradient
     */
    private static <B> double gradient(Objective<B> of, TorchOps ops, ItemSet items, int[] index, long number) {
        B batch = of.draw(items, index, Purpose.EVALUATION, number);
        Tensor loss = of.loss(ops, batch);
        NativeWork.check();
        loss.backward();
        return of.weight(batch);
    }

    private static <B> Tensor loss(Objective<B> of, TorchOps ops, ItemSet items, int[] indices, long number) {
        return of.loss(ops, of.draw(items, indices, Purpose.EVALUATION, number));
    }

    /** The loss of weights on the items for judging, in bits per dimension; all weights see the same draws. */
    public double bits(Weights of) {
        TorchParameters parameters = parameters(of, false);
        int size = Math.min(BATCH, judging.size());
        double sum = 0;
        for (int b = 0; b < batches; b++) {
            int from = b * size;
            int[] indices = IntStream.range(from, from + size).toArray();
            try (NativeWork work = NativeWork.begin();
                    PointerScope scope = new PointerScope()) {
                NoGradGuard guard = new NoGradGuard();
                sum += loss(objective, new TorchOps(parameters, false), judging, indices, b)
                        .item_double();
                guard.close();
            }
        }
        return sum / batches / Math.log(2);
    }

    /**
     * Weights rounded to steps.
     *
     * @param coarseness the step of a tensor, times the root of its curvature
     */
    public RoundedWeights rounded(double coarseness) {
        Map<String, float[]> rounded = new LinkedHashMap<>();
        Map<String, WeightGrid> grids = new LinkedHashMap<>();
        curvatures().forEach((name, curvature) -> {
            float[] values = weights.get(name);
            WeightGrid grid = grid(values, coarseness / Math.sqrt(curvature));
            grids.put(name, grid);
            rounded.put(name, grid.round(values));
        });
        return new RoundedWeights(new Weights(rounded), grids);
    }

    /**
     * Goes on training with weights that are rounded wherever the network uses them. Their steps stay what they are.
     *
     * @param length of the training
     * @param stop asked before every step
     * @return the better ones: these, or those that were given
     */
    public RoundedWeights tune(
            RoundedWeights rounded, TrainingSettings length, TrainingListener listener, BooleanSupplier stop)
            throws IOException {
        Trainer trainer = new Trainer(rounding(objective, rounded), split, length);
        trainer.train(null, listener, stop);
        Map<String, float[]> tuned = new LinkedHashMap<>();
        Weights averaged = trainer.averagedWeights();
        curvatures()
                .forEach((name, curvature) -> tuned.put(
                        name,
                        Objects.requireNonNull(rounded.grids().get(name), name).round(averaged.get(name))));
        RoundedWeights result = new RoundedWeights(new Weights(tuned), rounded.grids());
        return bits(result.weights()) < bits(rounded.weights()) ? result : rounded;
    }

    private <B> Objective<B> rounding(Objective<B> of, RoundedWeights rounded) {
        return new RoundedObjective<>(of, weights, rounded.grids());
    }

    /** A grid with a step that is no coarser than leaves the largest value as it is, and no finer than a grid can be. */
    private static WeightGrid grid(float[] values, double step) {
        double most = 0;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        return most == 0
                ? new WeightGrid(1, 0)
                : WeightGrid.near(Math.max(Math.min(step, most), 2 * most / WeightGrid.MOST));
    }

    /** Bytes of coded weights. */
    public long bytes(RoundedWeights of) {
        WeightsWriter writer = new WeightsWriter();
        objective.layers().forEach(layer -> layer.parameters()
                .forEach(parameter -> writer.add(
                        parameter.name(), parameter.shape(), of.weights().get(parameter.name()))));
        return writer.toBytes().length;
    }

    /** The loss of the weights that are not rounded, in bits per dimension. */
    public double exactBits() {
        return exact;
    }

    /** The loss of rounded weights once they are tuned, if they will be, in bits per dimension. */
    public double expectedBits(RoundedWeights of) {
        return exact + left * (bits(of.weights()) - exact);
    }

    /** Number of weights. */
    public long parameters() {
        return objective.layers().stream()
                .map(Layer::parameters)
                .flatMap(List::stream)
                .mapToLong(Parameter::size)
                .sum();
    }

    /** The coarseness that should make the loss larger by some bits per dimension. */
    double expected(double bits) {
        return Math.sqrt(24 * bits * Math.log(2) / parameters());
    }

    /**
     * The coarsest rounding that was found to lose at most a part of the bits of items.
     *
     * @param part by which the loss may grow, above 0
     */
    public RoundedWeights losing(double part) {
        double most = part * exact;
        double coarseness = expected(most / left);
        double kept = 0;
        double refused = Double.POSITIVE_INFINITY;
        RoundedWeights best = rounded(coarseness / FINEST);
        for (int k = 0; k < SEARCHED && refused / kept > CLOSE; k++) {
            RoundedWeights tried = rounded(coarseness);
            if (left * (bits(tried.weights()) - exact) <= most) {
                kept = coarseness;
                best = tried;
            } else {
                refused = coarseness;
            }
            coarseness = kept == 0
                    ? coarseness / 2
                    : refused == Double.POSITIVE_INFINITY ? 2 * kept : Math.sqrt(kept * refused);
        }
        return best;
    }

    /**
     * The rounding by which weights and items take the fewest bytes together.
     *
     * @param items number of items that the model is for
     */
    public RoundedWeights forItems(long items) {
        double values = items * judging.meanLength();
        double middle = Math.sqrt(12 / left / values); // Where one bit less of a weight costs one bit of items.
        RoundedWeights best = rounded(middle / FINEST);
        double least = Double.POSITIVE_INFINITY;
        double chosen = middle;
        // The curvature says little of steps as coarse as few items allow, so it is tried.
        for (double coarseness = COARSEST * middle; coarseness >= middle / FINEST; coarseness /= 2) {
            RoundedWeights tried = rounded(coarseness);
            double bytes = total(tried, values);
            if (bytes < least) {
                least = bytes;
                best = tried;
                chosen = coarseness;
            } else if (coarseness < chosen / 2 && coarseness < middle) {
                break; // Twice as fine, twice in a row, is no better.
            }
        }
        for (double factor : new double[] {Math.sqrt(0.5), Math.sqrt(2)}) {
            RoundedWeights tried = rounded(factor * chosen);
            double bytes = total(tried, values);
            if (bytes < least) {
                least = bytes;
                best = tried;
            }
        }
        return best;
    }

    private double total(RoundedWeights of, double values) {
        return bytes(of) + values * expectedBits(of) / 8;
    }
}
