package dev.ardm.bench;

import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.train.TorchEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Times whole networks on the exact engine and on LibTorch (fp32, channels-last), in turns in one process with as many threads each, and prints
 * the ratios as Markdown. Both compute the logits of every place and hand them over as Java arrays.
 */
public final class EngineComparison {
    private static final List<String> NETWORKS = List.of("mnist", "unet64", "transformer");
    private static final int[] BATCHES = {1, 8, 32};
    private static final int ROUNDS = 9;
    private static final double WARM_UP_SECONDS = 3;
    private static final double ROUND_SECONDS = 0.4;

    private EngineComparison() {}

    /**
     * Arguments: the MNIST model's file, and then, if wanted, names of networks. With {@code --child THREADS} in front it measures and prints
     * rows; without, it starts such a process for one thread and for all.
     */
    public static void main(String[] args) throws Exception {
        if (args.length >= 2 && args[0].equals("--child")) {
            child(
                    Integer.parseInt(args[1]),
                    Path.of(args[2]),
                    Arrays.asList(args).subList(3, args.length));
            System.exit(0); // LibTorch's threads
        }
        if (args.length < 1) {
            System.err.println("usage: bench/run engines MODEL [NETWORK ...]");
            System.exit(2);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                "%s, %d processors, Java %s.%n%n", Machine.processor(), processors, System.getProperty("java.version"));
        System.out.println(
                "| network | kernels | threads | batch | exact, ms | LibTorch, ms | ratio | lower and upper quartile |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String kernels : List.of("vector", "plain")) {
            for (int threads : new TreeSet<>(List.of(1, processors))) {
                start(kernels, threads, args);
            }
        }
        System.out.println();
        System.out.println("Milliseconds are the medians of " + ROUNDS
                + " rounds in turns, for the whole batch; the ratio is LibTorch's time divided by the exact engine's, above 1 where"
                + " the exact engine is faster.");
    }

    private static void start(String kernels, int threads, String[] args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseParallelGC", "-Djava.awt.headless=true", "-Dorg.bytedeco.openblas.load=mkl"));
        command.add("--add-modules=jdk.incubator.vector");
        command.add("-Dardm.kernels=" + kernels);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineComparison.class.getName()));
        command.addAll(List.of("--child", Integer.toString(threads)));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        for (String name : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
            builder.environment().put(name, Integer.toString(threads));
        }
        // Else the C library gives large blocks back after each call, and LibTorch spends up to half of its time on
        // getting them again.
        for (String name : List.of("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")) {
            builder.environment().put(name, Long.toString(1L << 32));
        }
        Process process = builder.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("| ")) {
                    System.out.println(line);
                }
            }
        }
        if (process.waitFor() != 0) {
            System.out.println("| failed: " + String.join(" ", command) + " |");
        }
    }

    private static void child(int threads, Path mnist, List<String> chosen) throws IOException {
        for (String name : chosen.isEmpty() ? NETWORKS : chosen) {
            MaskingModel model =
                    switch (name) {
                        case "mnist" -> MaskingModel.of(Models.read(mnist));
                        case "unet64" -> Networks.unet64();
                        case "transformer" -> Networks.transformer();
                        default -> throw new IllegalArgumentException("no network named " + name);
                    };
            ItemEngine engine = new ItemEngine(model.network(), model.weights());
            TorchEngine torch = new TorchEngine(model.network(), model.weights());
            try (ItemEngine.Worker worker = engine.worker(threads)) {
                for (int batch : BATCHES) {
                    System.out.println(row(name, model, engine.kernels().name(), worker, torch, batch));
                }
            }
        }
    }

    private static String row(
            String name, MaskingModel model, String kernels, ItemEngine.Worker worker, TorchEngine torch, int batch) {
        int[] items = Networks.items(model.space(), batch);
        boolean[] known = new boolean[items.length];
        for (int i = 0; i < known.length; i++) {
            known[i] = i * 31 % 64 < 32;
        }
        NetworkInput input = new NetworkInput(model.space(), batch, items, known);
        int[] positions = IntStream.range(0, items.length).toArray();
        int[] places = IntStream.range(0, items.length / model.network().unitsPerPlace())
                .toArray();
        check(worker.logits(input, positions), torch.logits(input, places));
        milliseconds(WARM_UP_SECONDS, () -> worker.logits(input, positions));
        milliseconds(WARM_UP_SECONDS / 3, () -> torch.logits(input, places));
        double[] exact = new double[ROUNDS];
        double[] other = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            exact[round] = milliseconds(ROUND_SECONDS, () -> worker.logits(input, positions));
            other[round] = milliseconds(ROUND_SECONDS, () -> torch.logits(input, places));
            ratio[round] = other[round] / exact[round];
        }
        Arrays.sort(exact);
        Arrays.sort(other);
        Arrays.sort(ratio);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.2f | %.2f | **%.2f** | %.2f, %.2f |",
                name,
                kernels,
                worker.threads(),
                batch,
                exact[ROUNDS / 2],
                other[ROUNDS / 2],
                other[ROUNDS / 2] / exact[ROUNDS / 2],
                ratio[ROUNDS / 4],
                ratio[ROUNDS - 1 - ROUNDS / 4]);
    }

    /** That they compute the same network. */
    private static void check(float[] exact, float[] torch) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < exact.length; i++) {
            largest = Math.max(largest, Math.abs(exact[i]));
            difference = Math.max(difference, Math.abs(exact[i] - torch[i]));
        }
        if (exact.length != torch.length || !(difference <= 1e-3 * Math.max(largest, 1))) {
            throw new IllegalStateException("the engines differ by " + difference + " of " + largest);
        }
    }

    /** Milliseconds of one call, from as many as take so long. */
    static double milliseconds(double seconds, Runnable call) {
        long start = System.nanoTime();
        long count = 0;
        long now;
        do {
            call.run();
            count++;
            now = System.nanoTime();
        } while (now - start < seconds * 1e9);
        return (now - start) / 1e6 / count;
    }
}
