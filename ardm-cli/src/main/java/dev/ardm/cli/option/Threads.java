package dev.ardm.cli.option;

import org.jspecify.annotations.Nullable;
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
    private @Nullable Integer given;

    /** How many, by default one for each processor. */
    public int count() {
        return count(Runtime.getRuntime().availableProcessors());
    }

    /** How many, with another default. */
    public int count(int otherwise) {
        if (given != null && (given < 1 || given > 4096)) {
            throw new ParameterException(spec.commandLine(), "--threads must be in 1..4096, got " + given);
        }
        return given != null ? given : otherwise;
    }
}
