package dev.ardm.cli.option;

import dev.ardm.app.Listener;
import dev.ardm.cli.console.ConsoleListener;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options for how much a command prints. Errors are always printed. */
public final class ReportingOptions {
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
    public boolean normal() {
        return !quiet;
    }

    public boolean verbose() {
        return verbose && !quiet;
    }

    /** Shows progress, notices and warnings on standard error, as far as these options allow. */
    public Listener listener(PrintWriter out, PrintWriter err) {
        return new ConsoleListener(out, err, !noProgress && !quiet, normal());
    }
}
