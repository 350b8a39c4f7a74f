package dev.ardm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final int threads() {
        return threads.count();
    }

    /** The arguments of this command as given. */
    final List<String> arguments() {
        return spec.commandLine().getParseResult().originalArgs();
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
