package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.cli.console.ConsoleListener;
import dev.ardm.cli.console.Failures;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.console.Versions;
import dev.ardm.cli.option.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
        requireKnownOptions();
        threads.count();
        int code;
        try {
            code = run();
        } catch (LinkageError | OutOfMemoryError e) {
            return Failures.report(e, commandLine());
        }
        out().flush();
        if (code == 0 || !StandardStreams.isReaderGone()) {
            StandardStreams.requireWritten(out().checkError() || System.out.checkError());
        }
        return code;
    }

    /** Refuses what looks like an option and would be taken for the name of a file, such as {@code -0}. */
    private void requireKnownOptions() {
        ParseResult parsed = spec.commandLine().getParseResult();
        List<String> words = parsed.originalArgs();
        int end = words.indexOf("--");
        List<String> names = end < 0 ? List.of() : words.subList(end, words.size());
        for (ArgSpec argument : parsed.matchedArgs()) {
            for (String value : argument.isPositional() ? argument.originalStringValues() : List.<String>of()) {
                if (value.startsWith("-") && value.length() > 1 && !names.contains(value)) {
                    throw usage("Unknown option: '" + value + "'; a file of that name is ./" + value);
                }
            }
        }
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

    /** Threads with another default than all processors, if it is not 0. */
    final int threads(int otherwise) {
        return otherwise == 0 ? threads.count() : threads.count(otherwise);
    }

    /** The command as given, for the provenance of what it makes. */
    final String commandText() {
        return "ardm " + Text.command(spec.commandLine().getParseResult().originalArgs());
    }

    /** A command for the user to enter next, under the name that the launcher was started by. */
    static String advised(Object... words) {
        List<String> line = new ArrayList<>(List.of(System.getProperty("ardm.program", "ardm")));
        for (Object word : words) {
            line.add(word.toString());
        }
        return Text.command(line);
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
