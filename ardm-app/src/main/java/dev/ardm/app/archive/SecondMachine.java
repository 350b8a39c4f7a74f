package dev.ardm.app.archive;

import dev.ardm.app.Listener;
import dev.ardm.app.ScratchFolder;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Stands in for somebody else's machine: a JVM of its own that decodes an archive with plain Java loops and another number
 * of threads, and compares every item with the original. It gets no model file if the model is in the archive.
 */
public final class SecondMachine {
    private SecondMachine() {}

    /**
     * Arguments: threads, archive, and the originals as an NPY file and the model; or, if the model is inside, the file that the
     * lines of the archive are from. Exit code 0 if all items are the same.
     */
    public static void main(String[] args) {
        int code;
        try {
            int threads = Integer.parseInt(args[0]);
            Path archive = Path.of(args[1]);
            Path originals = Path.of(args[2]);
            boolean same = args.length > 3
                    ? compare(Path.of(args[3]), archive, originals, threads)
                    : compare(archive, originals, threads);
            code = same ? 0 : 1;
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
                    (k, item) -> same[0] += Arrays.equals(item.intact(), expected.item(k)) ? 1 : 0,
                    LikelihoodModel.NO_PROGRESS);
            boolean all = size == expected.size() && same[0] == size && report.good();
            say(
                    threads,
                    archive,
                    all
                            ? "all " + Text.count(size, "item") + " came back exactly"
                            : same[0] + " OF " + Text.count(expected.size(), "item") + " CAME BACK");
            return all;
        }
    }

    private static boolean compare(Path archive, Path original, int threads) throws IOException {
        OpenedArchive.Place place = new OpenedArchive.Place(archive, archive, archive.toString());
        try (ScratchFolder scratch = ScratchFolder.create();
                OpenedArchive opened =
                        OpenedArchive.open(place, new ArchiveModels(null, threads), true, Listener.NONE)) {
            if (!opened.model().inside()) {
                say(threads, archive, "THE MODEL IS NOT INSIDE");
                return false;
            }
            Path restored = scratch.file(String.valueOf(original.getFileName()));
            Restoration restoration = new Restoration(opened, Attributes.NONE, Listener.NONE);
            Restoration.Result result =
                    new Extraction(restoration, ItemRanges.of(0, opened.size()), false).togetherTo(restored);
            boolean all = result.exact() && Files.mismatch(restored, original) < 0;
            say(
                    threads,
                    archive,
                    all ? "all " + Text.count(result.items(), "line") + " came back byte by byte" : "THE LINES DIFFER");
            return all;
        }
    }

    private static void say(int threads, Path archive, String outcome) {
        System.out.printf(
                "A second Java process (%s kernels, %s) decoded %s and compared: %s%n",
                Kernels.best().name(), Text.count(threads, "thread"), archive, outcome);
    }

    /**
     * Has a new JVM decode and compare; what it says are results.
     *
     * @param threads of this JVM; the other uses another number
     * @return whether all items came back exactly
     */
    public static boolean run(Path model, Path archive, Path originals, int threads, Listener listener)
            throws IOException {
        return run(threads, listener, archive, originals, model);
    }

    /**
     * The same of an archive of the lines of a file with the model inside.
     *
     * @param file that the lines are from
     */
    public static boolean restore(Path archive, Path file, int threads, Listener listener) throws IOException {
        return run(threads, listener, archive, file);
    }

    private static boolean run(int threads, Listener listener, Path... files) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Djava.awt.headless=true",
                "-Dardm.kernels=plain",
                "-cp",
                classPath(),
                SecondMachine.class.getName(),
                Integer.toString(otherThreads(threads))));
        Arrays.stream(files).map(Path::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
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
