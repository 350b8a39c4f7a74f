package dev.ardm.cli;

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

    Progress progress(String task, long total) {
        return new Progress(task, total, !noProgress && !quiet);
    }
}
