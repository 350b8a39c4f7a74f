package dev.ardm.bench;

import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.plan.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is saved by work that is not done or that need not wait, as Markdown: logits of the variables coded now against all of them, and all
 * calls of an item in parallel against in turn. In turns in one process.
 */
public final class WorkComparison {
    private static final int ROUNDS = 11;
    private static final int CALLS = 16;

    private WorkComparison() {}

    /** Argument: the MNIST model's file. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("usage: bench/run work MODEL");
            System.exit(2);
        }
        Map<String, MaskingModel> models = new LinkedHashMap<>();
        models.put("mnist", MaskingModel.of(Models.read(Path.of(args[0]))));
        models.put("unet64", Networks.unet64());
        models.put("transformer", Networks.transformer());
        System.out.printf(
                "%s, Java %s, %d calls an item.%n%n", Machine.processor(), System.getProperty("java.version"), CALLS);
        System.out.println("| network | threads | all logits, ms a call | those coded, ms a call | ratio |"
                + " calls in turn, ms an item | side by side, ms an item | ratio |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Map.Entry<String, MaskingModel> entry : models.entrySet()) {
            for (int threads : new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors()))) {
                row(entry.getKey(), entry.getValue(), threads);
            }
        }
    }

    private static void row(String name, MaskingModel model, int threads) {
        Space space = model.space();
        int dimensions = space.dimensions();
        Schedule schedule = Schedule.even(dimensions, CALLS);
        Order order = MaskingPlan.spread(schedule).order(model.process());
        int[] item = Networks.items(space, 1);
        int[] items = new int[CALLS * dimensions];
        boolean[] known = new boolean[items.length];
        int[] positions = new int[dimensions];
        NetworkInput[] each = new NetworkInput[CALLS];
        int[][] groups = new int[CALLS][];
        for (int call = 0; call < CALLS; call++) {
            System.arraycopy(item, 0, items, call * dimensions, dimensions);
            for (int step = 0; step < schedule.start(call); step++) {
                known[call * dimensions + order.position(step)] = true;
            }
            groups[call] = new int[schedule.end(call) - schedule.start(call)];
            for (int step = schedule.start(call); step < schedule.end(call); step++) {
                groups[call][step - schedule.start(call)] = order.position(step);
                positions[step] = call * dimensions + order.position(step);
            }
        }
        NetworkInput batch = new NetworkInput(space, CALLS, items, known);
        int[] all = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            all[i] = i;
        }
        for (int call = 0; call < CALLS; call++) {
            each[call] = batch.item(call);
        }
        int middle = CALLS / 2;
        try (ItemEngine.Worker worker = new ItemEngine(model.network(), model.weights()).worker(threads)) {
            double[] median = medians(
                    () -> worker.logits(each[middle], all),
                    () -> worker.logits(each[middle], groups[middle]),
                    () -> {
                        for (int call = 0; call < CALLS; call++) {
                            worker.logits(each[call], groups[call]);
                        }
                    },
                    () -> worker.logits(batch, positions));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | **%.2f** | %.1f | %.1f | **%.2f** |%n",
                    name,
                    threads,
                    median[0],
                    median[1],
                    median[0] / median[1],
                    median[2],
                    median[3],
                    median[2] / median[3]);
        }
    }

    /** Medians of rounds in turns, in milliseconds. */
    private static double[] medians(Runnable... calls) {
        double[][] times = new double[calls.length][ROUNDS];
        for (Runnable call : calls) {
            EngineComparison.milliseconds(2, call);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < calls.length; i++) {
                times[i][round] = EngineComparison.milliseconds(0.3, calls[i]);
            }
        }
        double[] medians = new double[calls.length];
        for (int i = 0; i < calls.length; i++) {
            Arrays.sort(times[i]);
            medians[i] = times[i][ROUNDS / 2];
        }
        return medians;
    }
}
