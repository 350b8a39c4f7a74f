package dev.ardm.cli.console;

import dev.ardm.app.Listener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, on a terminal only. */
final class Progress implements Listener.Task {
    private static final int WIDTH = 79;

    private final @Nullable ProgressBar bar;

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
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build()
                : null;
    }

    /** Whether a person is watching standard error; the launcher finds out, Java 17 cannot. */
    static boolean onTerminal() {
        return Boolean.getBoolean("ardm.stderr.terminal") && System.getenv("CI") == null;
    }

    @Override
    public void accept(int done) {
        if (bar != null) {
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
