package dev.ardm.bench.chart;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.plan.LossComponentEstimator;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Measures loss components of a model on items, as the table that {@link LossCurve} draws. */
public final class LossProfile {
    private static final double LN2 = Math.log(2);

    private LossProfile() {}

    /**
     * Arguments: model file, data, the table to write, how many steps to look at, and on how many items; where the data is what the model was trained on,
     * how many items training held out (its option {@code validation}) and its seed (0), so that only these are looked at.
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 5 || args.length > 7) {
            System.err.println("usage: bench/run loss-profile MODEL DATA OUT.tsv POINTS ITEMS [HELD_OUT [SEED]]");
            System.exit(2);
        }
        MaskingModel model = MaskingModel.of(Models.read(Path.of(args[0])));
        ItemSet data = ItemSets.open(Path.of(args[1]), model.space());
        if (args.length > 5) {
            long seed = args.length > 6 ? Long.parseLong(args[6]) : 0;
            data = Splits.holdOut(data, Integer.parseInt(args[5]), seed).validation();
        }
        LossComponents curve = measure(model, data, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        System.out.printf(Locale.ROOT, "%,.2f ± %.2f bits in all%n", curve.total(), curve.totalStandardError());
        AtomicFile.write(
                Path.of(args[2]),
                true,
                stream -> stream.write(LossTable.text(curve).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Mean cross entropy over the masked variables, in bits, at steps spread evenly from 0 to D - 1. Every item is looked at at every step and has one
     * order of its own (seed 0): neighbouring steps then differ little by chance.
     *
     * @param items how many, spread evenly over the data
     * @throws IllegalArgumentException if the model is not order-agnostic with one variable a step, or steps or items are too few or too many
     */
    static LossComponents measure(MaskingModel model, ItemSet data, int points, int items) {
        Space space = model.space();
        int dimensions = space.dimensions();
        if (!model.process().equals(new OrderAgnostic(space))
                || !model.definition()
                        .output()
                        .equals(MaskingDefinition.of(space, model.config()).output())) {
            throw new IllegalArgumentException(
                    "only for order-agnostic models of single variables with a logit for each value");
        }
        if (points < 2 || points > dimensions || items < 2 || items > data.size()) {
            throw new IllegalArgumentException(
                    "from 2 to " + dimensions + " steps and from 2 to " + data.size() + " items are needed");
        }
        LossComponentEstimator estimator = new LossComponentEstimator(1, dimensions);
        try (ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights())
                .worker(Runtime.getRuntime().availableProcessors())) {
            for (int i = 0; i < items; i++) {
                int[] item = data.item((int) ((long) i * data.size() / items));
                int[] order = RandomStream.of(0, Purpose.EVALUATION, i).permutation(dimensions);
                for (int point = 0; point < points; point++) {
                    int t = (int) ((long) point * (dimensions - 1) / (points - 1));
                    estimator.observe(i, t, bits(space, worker, item, order, t));
                }
            }
        }
        return estimator.estimate();
    }

    /** Mean over the variables of an order from step t on, in bits, the earlier ones known. */
    private static double bits(Space space, ItemEngine.Worker worker, int[] item, int[] order, int t) {
        boolean[] known = new boolean[order.length];
        for (int step = 0; step < t; step++) {
            known[order[step]] = true;
        }
        int[] masked = Arrays.copyOfRange(order, t, order.length);
        Arrays.sort(masked);
        float[] logits = worker.logits(item, known, masked);
        double nats = 0;
        for (int i = 0; i < masked.length; i++) {
            nats += nats(logits, i * space.maxCategories(), space.categories(masked[i]), item[masked[i]]);
        }
        return Math.max(0, nats / masked.length / LN2);
    }

    private static double nats(float[] logits, int offset, int categories, int value) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < categories; i++) {
            largest = Math.max(largest, logits[offset + i]);
        }
        double sum = 0;
        for (int i = 0; i < categories; i++) {
            sum += Math.exp(logits[offset + i] - largest);
        }
        return Math.log(sum) + largest - logits[offset + value];
    }
}
