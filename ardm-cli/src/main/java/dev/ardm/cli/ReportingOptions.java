package dev.ardm.cli;

import dev.ardm.app.Listener;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options for how much a command prints. Errors are always printed. */
final class ReportingOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Also print which model and plan are used.")
    private boolean verbose;

    @Option(names = "--no-progress", description = "Hide the progress bar. It appears only on a terminal.")
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
