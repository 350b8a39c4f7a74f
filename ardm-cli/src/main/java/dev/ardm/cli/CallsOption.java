package dev.ardm.cli;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --calls}. */
final class CallsOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "Network calls for each item, at most one per value and stage: more are slower and better."
                    + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "64")
    private int calls;

    /** Refuses what is no number of calls; to be called before anything is read. */
    void check() {
        if (calls < 1) {
            throw new ParameterException(spec.commandLine(), "--calls must be at least 1, got " + calls);
        }
    }

    /** The model's best plan of at most so many calls. */
    Plan plan(LikelihoodModel model) {
        check();
        return model.plan(calls);
    }
}
