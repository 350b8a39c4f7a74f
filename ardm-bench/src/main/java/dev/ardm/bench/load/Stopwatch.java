package dev.ardm.bench.load;

import java.time.Duration;
import java.util.Locale;

/** Measures time by the clock and by the processor: the second says what work costs where others want the processor too. */
final class Stopwatch {
    private final long clock = System.nanoTime();
    private final Duration processor = processor();

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Seconds by the clock. */
    double seconds() {
        return (System.nanoTime() - clock) / 1e9;
    }

    /** Seconds of processors, of all threads together, the compiler's and the collector's included. */
    double processorSeconds() {
        return processor().minus(processor).toNanos() / 1e9;
    }

    /** How many of something a second, by both. */
    String rate(long count) {
        return String.format(
                Locale.ROOT,
                "%,.0f items a second (%,.0f a second of processor)",
                count / seconds(),
                count / Math.max(0.01, processorSeconds()));
    }
}
