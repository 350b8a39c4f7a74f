package dev.ardm.cli.option;

import dev.ardm.app.Listener;
import dev.ardm.cli.console.ConsoleListener;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options that say how much a command says. Errors are always said. */
public final class ReportingOptions {
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
