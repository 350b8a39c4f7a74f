package dev.ardm.cli.option;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --threads}. */
public final class Threads {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private picocli.CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Number of threads. Changes no result, except those of training. Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    public int count() {
        if (threads < 1 || threads > 4096) {
            throw new ParameterException(spec.commandLine(), "--threads must be in 1..4096, got " + threads);
        }
        return threads;
    }
}
