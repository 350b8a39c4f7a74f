package dev.ardm.bench.load;

import static dev.ardm.bench.load.ArchiveLoadWriter.row;

import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemStore;
import dev.ardm.core.archive.StoreOptions;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Threads that append to a store, each waiting until its item is on the disk, and the file that comes of it. */
public final class StoreLoad {
    private static final int THREADS = 16;

    private StoreLoad() {}

    /** Arguments: model, data, number of items, network calls, file. Prints Markdown. */
    public static void main(String[] args) throws Exception {
        LikelihoodModel model = MaskingModel.of(Models.read(Path.of(args[0]))).open(1);
        NoisyItems noisy = new NoisyItems(Path.of(args[1]));
        List<int[]> items = IntStream.range(0, Integer.parseInt(args[2]))
                .mapToObj(noisy::item)
                .toList();
        Path file = Path.of(args[4]);
        try (ItemStore store =
                ItemStore.open(file, model, model.plan(Integer.parseInt(args[3])), StoreOptions.DEFAULT)) {
            append(store, items.subList(0, items.size() / 10)); // warms up
            Stopwatch watch = new Stopwatch();
            long[] waits = append(store, items);
            row(THREADS + " threads that append and wait for the disk", "%s", watch.rate(items.size()));
            row(
                    "until an item is on the disk, median / 99th percentile",
                    "%.1f / %.1f ms",
                    waits[waits.length / 2] / 1e6,
                    waits[waits.length * 99 / 100] / 1e6);
            watch = new Stopwatch();
            for (int k = 0; k < items.size(); k++) {
                store.append(items.get(k), NoisyItems.name(k));
            }
            store.flush();
            row("one thread that does not wait for the disk", "%s", watch.rate(items.size()));
            report("the store", file, model);
            watch = new Stopwatch();
            store.compact();
            row("compaction", "%.2f s", watch.seconds());
            report("the compacted store", file, model);
        }
    }

    private static void report(String what, Path file, LikelihoodModel model) throws IOException {
        Stopwatch watch = new Stopwatch();
        try (ItemArchive archive = ItemArchive.openCommitted(file, model)) {
            double milliseconds = 1e3 * watch.seconds();
            row(what + ": items, bytes, opening", "%,d, %,d, %.1f ms", archive.size(), Files.size(file), milliseconds);
        }
    }

    /** Appends items from all threads. Nanoseconds until each was durable, in order of size. */
    private static long[] append(ItemStore store, List<int[]> items) throws Exception {
        long[] waits = new long[items.size()];
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> appenders = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t;
                appenders.add(() -> {
                    for (int k = first; k < waits.length; k += THREADS) {
                        long start = System.nanoTime();
                        store.submit(Item.of(items.get(k), NoisyItems.name(k))).join();
                        waits[k] = System.nanoTime() - start;
                    }
                    return null;
                });
            }
            for (Future<Void> appender : threads.invokeAll(appenders)) {
                appender.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Arrays.sort(waits);
        return waits;
    }
}
