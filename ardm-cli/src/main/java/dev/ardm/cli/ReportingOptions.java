package dev.ardm.cli;

import dev.ardm.app.Listener;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options for how much a command prints. Errors are always printed. */
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

    /** Whether results and warnings are printed. */
    boolean normal() {
        return !quiet;
    }

    boolean verbose() {
        return verbose && !quiet;
    }

    /** Shows progress, notices and warnings on standard error, as far as these options allow. */
    Listener listener(PrintWriter err) {
        return new ConsoleListener(err, !noProgress && !quiet, normal());
    }
}
