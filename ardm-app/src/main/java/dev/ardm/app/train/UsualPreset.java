package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.data.Splits;
import dev.ardm.train.MaskingObjective;
import dev.ardm.train.Trainer;
import dev.ardm.train.TrainingListener;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The size of a network where none was asked for: the usual one, or the next smaller one if this machine is so slow that three minutes would
 * hold too few steps to learn anything.
 */
public final class UsualPreset {
    /** In the place of a preset: the one of this class. */
    public static final String NAME = "usual";

    private static final List<String> PRESETS = List.of("small", "tiny");
    private static final double MOST_SECONDS = 180.0 / 500;

    /** Steps that are timed; the fastest counts, since others may use the machine. */
    private static final int TIMED = 4;

    /** A first step that takes so many times as long as it may need not be timed again. */
    private static final int HOPELESS = 8;

    private UsualPreset() {}

    /** The preset of a run of so many steps: it does not depend on the machine. */
    static String reproducible() {
        return PRESETS.get(0);
    }

    /**
     * Times steps.
     *
     * @param definitions of the model by the name of the preset
     * @param stop ends it early
     */
    static String of(
            Function<String, MaskingDefinition> definitions,
            Splits.Split split,
            TrainingSettings settings,
            Listener listener,
            TrainingRun.Stop stop)
            throws IOException {
        String chosen = PRESETS.get(PRESETS.size() - 1);
        for (String preset : PRESETS.subList(0, PRESETS.size() - 1)) {
            double seconds = seconds(definitions.apply(preset), split, settings, stop);
            if (seconds <= MOST_SECONDS) {
                return preset;
            }
            listener.result(String.format(
                    Locale.ROOT,
                    "preset %s takes %.2f seconds a step on this machine; a smaller one learns more in the time (--preset %s for this one)",
                    preset,
                    seconds,
                    preset));
        }
        return chosen;
    }

    private static double seconds(
            MaskingDefinition definition, Splits.Split split, TrainingSettings settings, TrainingRun.Stop stop)
            throws IOException {
        Steps steps = new Steps();
        new Trainer(new MaskingObjective(definition.buildNetwork(), settings), split, settings)
                .train(null, steps, () -> stop.requested() || steps.enough());
        return steps.fastest;
    }

    private static final class Steps implements TrainingListener {
        private long before = System.nanoTime();
        private int count;
        private double fastest = Double.POSITIVE_INFINITY;

        @Override
        public void onStep(long step, double fraction, double bits) {
            long now = System.nanoTime();
            fastest = Math.min(fastest, (now - before) / 1e9);
            before = now;
            count++;
        }

        boolean enough() {
            return count == TIMED || count == 1 && fastest > HOPELESS * MOST_SECONDS;
        }
    }
}
