package dev.ardm.bench;

import dev.ardm.app.data.TrainingData;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.process.Process;
import dev.ardm.data.ItemSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the unknown values of sequences cost given the known ones, by a masking model of single values: exact, each value given those that
 * are known and those that were decided before it, from left to right or in a random order, as the model generates.
 */
public final class FilledBits {
    private static final int BLOCK = 16;

    private FilledBits() {}

    /** Arguments: model file, data of its kind, number of items. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: bench/run filled MODEL DATA ITEMS");
            System.exit(2);
        }
        MaskingModel model = MaskingModel.of(Models.read(Path.of(args[0])));
        ItemSet data = TrainingData.formatOf(model).evaluationItems(List.of(Path.of(args[1])));
        int count = Math.min(Integer.parseInt(args[2]), data.size());
        System.out.println("| known | bits of an unknown value |\n|---|---|");
        for (Mask mask : Mask.values()) {
            System.out.println(line(model, data, count, mask));
        }
    }

    /** What is known. */
    enum Mask {
        HALF,
        BLOCKS,
        AROUND_A_GAP;

        boolean[] of(int length, int number) {
            boolean[] known = new boolean[length];
            RandomStream random = RandomStream.of(0, Purpose.TEST, number);
            for (int i = 0; i < length; i++) {
                known[i] = switch (this) {
                    case HALF -> random.nextInt(2) == 0;
                    case BLOCKS -> i / BLOCK % 2 == number % 2;
                    case AROUND_A_GAP -> i < 3 * length / 8 || i >= 5 * length / 8;
                };
            }
            return known;
        }
    }

    private static String line(MaskingModel model, ItemSet data, int count, Mask mask) {
        double sum = 0;
        double squares = 0;
        try (ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights())
                .told(model.definition().countLogs())
                .worker()) {
            for (int k = 0; k < count; k++) {
                int[] item = data.item((int) ((long) k * data.size() / count));
                double bits = bits(model.process(), worker, item, mask.of(item.length, k), k);
                sum += bits;
                squares += bits * bits;
            }
        }
        double mean = sum / count;
        double error = Math.sqrt((squares / count - mean * mean) / (count - 1));
        return String.format(
                Locale.ROOT,
                "| %s | %.4f ± %.4f (%d items) |",
                mask.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                mean,
                error,
                count);
    }

    private static double bits(Process process, ItemEngine.Worker worker, int[] item, boolean[] known, int number) {
        int[] unknown = IntStream.range(0, item.length).filter(i -> !known[i]).toArray();
        double nats = 0;
        if (process.infills()) {
            int[] order = IntStream.concat(
                            IntStream.range(0, item.length).filter(i -> known[i]), Arrays.stream(unknown))
                    .toArray();
            boolean[] all = new boolean[item.length];
            Arrays.fill(all, true);
            float[] logits =
                    worker.logits(new NetworkInput(process, 1, item, all, new int[1], new int[][] {order}), unknown);
            int categories = logits.length / unknown.length;
            for (int i = 0; i < unknown.length; i++) {
                nats += nats(logits, i * categories, categories, item[unknown[i]]);
            }
        } else {
            int[] order = RandomStream.of(1, Purpose.TEST, number).permutation(unknown.length);
            for (int next : order) {
                float[] logits = worker.logits(item, known, new int[] {unknown[next]});
                nats += nats(logits, 0, logits.length, item[unknown[next]]);
                known[unknown[next]] = true;
            }
        }
        return nats / Math.log(2) / unknown.length;
    }

    private static double nats(float[] logits, int from, int categories, int value) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = from; k < from + categories; k++) {
            largest = Math.max(largest, logits[k]);
        }
        double sum = 0;
        for (int k = from; k < from + categories; k++) {
            sum += Math.exp(logits[k] - largest);
        }
        return Math.log(sum) + largest - logits[from + value];
    }
}
