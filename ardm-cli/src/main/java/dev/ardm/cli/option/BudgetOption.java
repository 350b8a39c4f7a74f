package dev.ardm.cli.option;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.layer.ImageInput;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many network calls an item may take: {@code --calls}, or a level as other compressors have. */
public final class BudgetOption {
    /** Network calls of the levels 1 to 8; level 9 takes a call for each step. */
    private static final List<Integer> CALLS = List.of(4, 8, 12, 16, 24, 32, 64, 128);

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

    private int level;

    @Option(
            names = "-1",
            order = 1,
            description =
                    "Levels: -1 to -9 mean 4, 8, 12, 16, 24, 32, 64, 128 and all calls. Default: " + "see --calls.")
    private void level1(boolean chosen) {
        choose(1, chosen);
    }

    @Option(names = "-2", hidden = true)
    private void level2(boolean chosen) {
        choose(2, chosen);
    }

    @Option(names = "-3", hidden = true)
    private void level3(boolean chosen) {
        choose(3, chosen);
    }

    @Option(names = "-4", hidden = true)
    private void level4(boolean chosen) {
        choose(4, chosen);
    }

    @Option(names = "-5", hidden = true)
    private void level5(boolean chosen) {
        choose(5, chosen);
    }

    @Option(names = "-6", hidden = true)
    private void level6(boolean chosen) {
        choose(6, chosen);
    }

    @Option(names = "-7", hidden = true)
    private void level7(boolean chosen) {
        choose(7, chosen);
    }

    @Option(names = "-8", hidden = true)
    private void level8(boolean chosen) {
        choose(8, chosen);
    }

    @Option(names = "-9", hidden = true)
    private void level9(boolean chosen) {
        choose(9, chosen);
    }

    private void choose(int which, boolean chosen) {
        if (chosen) {
            level = which;
        }
    }

    /** Refuses an invalid number of calls; call it before anything is read. */
    public void check() {
        if (calls != null && level > 0) {
            throw new ParameterException(spec.commandLine(), "--calls and -" + level + " exclude each other");
        }
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
        int usual = given.orElse(model.usualCalls().orElse(DEFAULT));
        check();
        int budget = level == 0 ? usual : level <= CALLS.size() ? CALLS.get(level - 1) : Integer.MAX_VALUE;
        return model.plan(calls != null ? calls : budget);
    }
}
