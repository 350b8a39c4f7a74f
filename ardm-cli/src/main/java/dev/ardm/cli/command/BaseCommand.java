package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.cli.console.ConsoleListener;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.console.Versions;
import dev.ardm.cli.option.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands share that use a finished model or archive: streams, threads, and errors of usage. */
@Command(mixinStandardHelpOptions = true, versionProvider = Versions.class)
abstract class BaseCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private Threads threads = new Threads();

    /** Does the work and returns the exit code. */
    abstract int run() throws IOException;

    @Override
    public final Integer call() throws IOException {
        threads.count();
        int code = run();
        out().flush();
        if (code == 0 || !StandardStreams.isReaderGone()) {
            StandardStreams.requireWritten(out().checkError() || System.out.checkError());
        }
        return code;
    }

    /** Results. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Warnings. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Shows progress and warnings on standard error, and results on standard output. */
    final Listener listener() {
        return new ConsoleListener(out(), err());
    }

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final int threads() {
        return threads.count();
    }

    /** The command as given, for the provenance of what it makes. */
    final String commandText() {
        return "ardm " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    /** An error in how the command was called: exit code 2. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Refuses a number outside of its range. */
    final void requireRange(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw usage(option + " must be in " + least + ".." + most + ", got " + value);
        }
    }
}
