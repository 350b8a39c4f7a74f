package dev.ardm.cli;

import dev.ardm.app.Listener;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options that say how much a command says. Errors are always said. */
final class ReportingOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Say errors only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say which model and plan are used as well.")
    private boolean verbose;

    @Option(names = "--no-progress", description = "Show no progress. It shows on a terminal only in any case.")
    private boolean noProgress;

    /** Whether results and warnings are said. */
    boolean normal() {
        return !quiet;
    }

    boolean verbose() {
        return verbose && !quiet;
    }

    /** Shows progress, and notices and warnings on standard error. */
    Listener listener(PrintWriter err) {
        return new Listener() {
            @Override
            public Task begin(String task, long total) {
                return progress(task, total);
            }

            @Override
            public void notice(String line) {
                if (normal()) {
                    warn(line);
                }
            }

            @Override
            public void warn(String line) {
                err.println("ardm: " + line);
                err.flush();
            }
        };
    }

    Progress progress(String task, long total) {
        return new Progress(task, total, !noProgress && !quiet);
    }
}
