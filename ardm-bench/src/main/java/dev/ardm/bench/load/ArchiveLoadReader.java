package dev.ardm.bench.load;

import static dev.ardm.bench.load.ArchiveLoadWriter.row;
import static dev.ardm.bench.load.NoisyItems.name;

import dev.ardm.bench.PeakMemory;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Opens an archive that {@link ArchiveLoadWriter} wrote and reads items of it, each of which it compares. */
public final class ArchiveLoadReader {
    private static final int OPENINGS = 30;
    private static final int COLD = 200;
    private static final int READS = 5000;
    private static final int READERS = 16;

    private final Path file;
    private final LikelihoodModel model;
    private final NoisyItems items;

    private ArchiveLoadReader(Path file, LikelihoodModel model, NoisyItems items) {
        this.file = file;
        this.model = model;
        this.items = items;
    }

    /** Arguments: model, data, archive. Prints Markdown. */
    public static void main(String[] args) throws Exception {
        LikelihoodModel model = MaskingModel.of(Models.read(Path.of(args[0]))).open(1);
        new ArchiveLoadReader(Path.of(args[2]), model, new NoisyItems(Path.of(args[1]))).measure();
    }

    private interface Step {
        void run(int number) throws IOException;
    }

    /** Nanoseconds of each of many runs, in order of size. */
    private static long[] times(int count, int among, int seed, Step step) throws IOException {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(among);
            long start = System.nanoTime();
            step.run(number);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times;
    }

    private static void quantiles(String what, long[] times) {
        row(what, "%.3f / %.3f ms", times[times.length / 2] / 1e6, times[times.length * 99 / 100] / 1e6);
    }

    private void measure() throws Exception {
        long start = System.nanoTime();
        ItemArchive first = ItemArchive.open(file, model);
        long opened = System.nanoTime();
        int size = first.size();
        require(first, size / 3);
        long read = System.nanoTime();
        if (first.indexOf(name(size / 2)).orElse(-1) != size / 2) {
            throw new IOException(file + ": a name was not found");
        }
        long found = System.nanoTime();
        first.close();
        row("first opening in a new process", "%.1f ms", (opened - start) / 1e6);
        row("first item of a new process", "%.1f ms", (read - opened) / 1e6);
        row("first search for a name (reads all names)", "%.0f ms", (found - read) / 1e6);
        quantiles("opening, median / 99th percentile", times(OPENINGS, size, 1, k -> ItemArchive.open(file, model)
                .close()));
        quantiles("one item by number, archive just opened (opening not counted)", afterOpening(size));
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            times(READS, size, 2, k -> require(archive, k)); // warms up
            quantiles("one item by number", times(READS, size, 3, k -> require(archive, k)));
            archive.indexOf(name(0));
            times(READS, size, 4, k -> archive.indexOf(name(k)));
            quantiles("one number by name", times(READS, size, 5, k -> requireNumber(archive, k)));
            quantiles(
                    "one item by name",
                    times(
                            READS,
                            size,
                            6,
                            k -> requireEqual(k, archive.get(name(k)).orElseThrow())));
            concurrent(archive);
        }
        row(
                "most memory of the reading process (heap at most %d MiB)"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20),
                "%d MiB",
                PeakMemory.kibibytes() >> 10);
    }

    private long[] afterOpening(int size) throws IOException {
        RandomStream random = RandomStream.of(7, Purpose.TEST, 0);
        long[] times = new long[COLD];
        for (int i = 0; i < COLD; i++) {
            try (ItemArchive archive = ItemArchive.open(file, model)) {
                int number = random.nextInt(size);
                long start = System.nanoTime();
                require(archive, number);
                times[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private void concurrent(ItemArchive archive) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Callable<Integer>> readers = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
            for (int t = 0; t < READERS; t++) {
                RandomStream random = RandomStream.of(8, Purpose.TEST, t);
                readers.add(() -> {
                    int read = 0;
                    for (; System.nanoTime() < end; read++) {
                        require(archive, random.nextInt(archive.size()));
                    }
                    return read;
                });
            }
            Stopwatch watch = new Stopwatch();
            long read = 0;
            for (Future<Integer> reader : threads.invokeAll(readers)) {
                read += reader.get();
            }
            row(READERS + " readers of one archive together, all checked", "%s", watch.rate(read));
        } finally {
            threads.shutdownNow();
        }
    }

    private void require(ItemArchive archive, int number) throws IOException {
        requireEqual(number, archive.get(number));
    }

    private void requireEqual(int number, int[] got) throws IOException {
        if (!Arrays.equals(got, items.item(number))) {
            throw new IOException(file + ": item " + number + " is not what was stored");
        }
    }

    private void requireNumber(ItemArchive archive, int number) throws IOException {
        if (archive.indexOf(name(number)).orElse(-1) != number) {
            throw new IOException(file + ": item " + number + " is not found by its name");
        }
    }
}
