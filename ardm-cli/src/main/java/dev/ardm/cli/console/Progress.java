package dev.ardm.cli.console;

import dev.ardm.app.Listener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, on a terminal only. */
final class Progress implements Listener.Task {
    /** Where the launcher does not know it. */
    private static final int USUAL_COLUMNS = 80;

    private static final int LEAST_COLUMNS = 20;

    private final @Nullable ProgressBar bar;
    private final TimeLeft timeLeft = new TimeLeft();

    private final PrintWriter out;

    /**
     * @param wanted whether it may show at all
     * @param out receives log lines when no bar is shown
     */
    Progress(String task, long total, boolean wanted, PrintWriter out) {
        this.out = out;
        bar = wanted && onTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        // The usual consumer asks a terminal library for the width, which takes SIGINT away from us.
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, width()))
                        .setEtaFunction(timeLeft::of)
                        .build()
                : null;
    }

    /** Whether a person is watching standard error, where a line can be drawn again; the launcher finds out, Java 17 cannot. */
    static boolean onTerminal() {
        return Boolean.getBoolean("ardm.stderr.terminal")
                && System.getenv("CI") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** One column less than the terminal has, since the cursor comes after the bar. */
    private static int width() {
        return Math.max(LEAST_COLUMNS, Integer.getInteger("ardm.columns", USUAL_COLUMNS)) - 1;
    }

    /**
     * The time left, from the speed since the first step was done: loading and warming up come before it. Unknown until some steps and
     * seconds have passed.
     */
    static final class TimeLeft {
        private static final long LEAST_NANOS = 3_000_000_000L;
        private static final int LEAST_STEPS = 10;

        private long firstDone = -1;
        private long firstNanos;

        synchronized void begin(long done, long nanos) {
            if (firstDone < 0) {
                firstDone = done;
                firstNanos = nanos;
            }
        }

        private Optional<Duration> of(ProgressState state) {
            return of(state.getCurrent(), state.getMax(), System.nanoTime());
        }

        synchronized Optional<Duration> of(long done, long total, long nanos) {
            long steps = done - firstDone;
            long taken = nanos - firstNanos;
            return firstDone < 0 || steps < Math.max(1, Math.min(LEAST_STEPS, total / 10)) || taken < LEAST_NANOS
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos((long) ((double) taken / steps * (total - done))));
        }
    }

    @Override
    public void accept(int done) {
        if (bar != null) {
            timeLeft.begin(done, System.nanoTime());
            bar.stepTo(Math.max(done, bar.getCurrent()));
        }
    }

    @Override
    public void note(String text) {
        if (bar != null) {
            bar.setExtraMessage(text);
        }
    }

    @Override
    public void log(String line) {
        if (!onTerminal()) {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
