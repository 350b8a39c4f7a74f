package dev.ardm.bench.chart;

import dev.ardm.coding.AtomicFile;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Measures loss components of a model on items, as the table that {@link LossCurve} draws. */
public final class LossProfile {
    private static final double LN2 = Math.log(2);

    private LossProfile() {}

    /** Arguments: model file, data, the table to write, how many steps to look at, and how many items at each. */
    public static void main(String[] args) throws IOException {
        if (args.length != 5) {
            System.err.println("usage: loss-profile.sh MODEL DATA OUT.tsv POINTS ITEMS");
            System.exit(2);
        }
        Model model = ModelFile.read(Path.of(args[0]));
        ItemSet data = ItemSets.open(Path.of(args[1]), model.space());
        String table = measure(model, data, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        AtomicFile.write(Path.of(args[2]), true, stream -> stream.write(table.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Mean cross entropy over the masked variables, in bits, at steps spread evenly from 0 to D - 1, each on items of its own choice (seed 0),
     * every set of known variables of that size equally likely.
     */
    static String measure(Model model, ItemSet data, int points, int items) {
        Space space = model.space();
        int dimensions = space.dimensions();
        if (points < 2 || points > dimensions || items < 2) {
            throw new IllegalArgumentException(
                    "from 2 to " + dimensions + " steps and at least 2 items at each are needed");
        }
        StringBuilder lines = new StringBuilder("t\tL_t\tstandard_error\tstage\n");
        try (ExactEngine.Worker worker = new ExactEngine(model.network(), model.weights())
                .worker(Runtime.getRuntime().availableProcessors())) {
            for (int point = 0; point < points; point++) {
                int t = (int) ((long) point * (dimensions - 1) / (points - 1));
                double[] each = new double[items];
                for (int i = 0; i < items; i++) {
                    RandomStream random = RandomStream.of(0, Purpose.EVALUATION, (long) point * items + i);
                    int[] item = data.item(random.nextInt(data.size()));
                    boolean[] known = OrderAgnostic.known(dimensions, t, random);
                    each[i] = bits(space, worker, item, known, dimensions - t);
                }
                double mean = 0;
                double squares = 0;
                for (double value : each) {
                    mean += value / items;
                }
                for (double value : each) {
                    squares += (value - mean) * (value - mean);
                }
                lines.append(String.format(
                        Locale.ROOT, "%d\t%.6f\t%.6f\t0%n", t, mean, Math.sqrt(squares / (items - 1) / items)));
            }
        }
        return lines.toString();
    }

    private static double bits(Space space, ExactEngine.Worker worker, int[] item, boolean[] known, int masked) {
        int[] positions = new int[masked];
        int n = 0;
        for (int i = 0; i < known.length; i++) {
            if (!known[i]) {
                positions[n++] = i;
            }
        }
        float[] logits = worker.logits(item, known, positions);
        double nats = 0;
        for (int i = 0; i < masked; i++) {
            int offset = i * space.maxCategories();
            nats += nats(logits, offset, space.categories(positions[i]), item[positions[i]]);
        }
        return nats / masked / LN2;
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
