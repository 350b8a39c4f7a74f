package dev.ardm.cli.option;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.layer.ImageInput;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --calls}. */
public final class CallsOption {
    private static final int DEFAULT = 64;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "Network calls per item, at most one per value and stage. More compress better and take "
                    + "longer. Default: as few as the model says cost hardly more than all, otherwise " + DEFAULT
                    + "; images of any size: " + ImageInput.CALLS + " a window.")
    private @Nullable Integer calls;

    /** Refuses an invalid number of calls; call it before anything is read. */
    public void check() {
        if (calls != null && calls < 1) {
            throw new ParameterException(spec.commandLine(), "--calls must be at least 1, got " + calls);
        }
    }

    /**
     * The model's best plan of at most that many calls.
     *
     * @param given number of calls where nothing was asked for, if the items have one
     */
    public Plan plan(LikelihoodModel model, OptionalInt given) {
        check();
        return model.plan(
                calls != null ? calls : given.orElse(model.usualCalls().orElse(DEFAULT)));
    }
}
