package dev.ardm.app.archive;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.core.archive.IntegrityReport;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemSet;
import dev.ardm.data.items.ItemSets;
import dev.ardm.exact.Kernels;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Stands in for somebody else's machine: a JVM of its own that decodes an archive with plain Java loops and another number
 * of threads, and compares every item with the original.
 */
public final class SecondMachine {
    private SecondMachine() {}

    /** Arguments: model, archive, originals as an NPY file, threads. Exit code 0 if all items are the same. */
    public static void main(String[] args) {
        int code;
        try {
            code = compare(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3])) ? 0 : 1;
        } catch (IOException | RuntimeException e) {
            System.err.println("ardm: the second Java process failed: " + e);
            code = 1;
        }
        System.exit(code);
    }

    private static boolean compare(Path model, Path archive, Path originals, int threads) throws IOException {
        LikelihoodModel likelihood = Models.open(model, threads);
        ItemSet expected = ItemSets.open(originals, likelihood.space());
        int[] same = {0};
        try (ItemArchive items = ItemArchive.open(archive, likelihood)) {
            int size = items.size();
            IntegrityReport report = items.read(
                    ItemRanges.of(0, size),
                    (k, item) -> same[0] += Arrays.equals(item.values(), expected.item(k)) ? 1 : 0,
                    LikelihoodModel.NO_PROGRESS);
            boolean all = size == expected.size() && same[0] == size && report.good();
            System.out.printf(
                    "A second Java process (%s kernels, %s) decoded %s and compared: %s%n",
                    Kernels.best().name(),
                    Text.count(threads, "thread"),
                    archive,
                    all
                            ? "all " + Text.count(size, "item") + " came back exactly"
                            : same[0] + " OF " + Text.count(expected.size(), "item") + " CAME BACK");
            return all;
        }
    }

    /**
     * Has a new JVM decode and compare; what it says are results.
     *
     * @param threads of this JVM; the other uses another number
     * @return whether all items came back exactly
     */
    public static boolean run(Path model, Path archive, Path originals, int threads, Listener listener)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Djava.awt.headless=true",
                "-Dardm.kernels=plain",
                "-cp",
                classPath(),
                SecondMachine.class.getName(),
                model.toString(),
                archive.toString(),
                originals.toString(),
                Integer.toString(otherThreads(threads)));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        Thread hook = new Thread(process::destroy, "ardm-second-machine");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            process.getOutputStream().close();
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(listener::result);
            boolean good = process.waitFor() == 0;
            Runtime.getRuntime().removeShutdownHook(hook);
            return good;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    public static int otherThreads(int threads) {
        return threads > 1 ? threads - 1 : 2;
    }

    /** This JVM's class path, with absolute paths. */
    private static String classPath() {
        List<String> entries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
        return String.join(File.pathSeparator, entries);
    }
}
