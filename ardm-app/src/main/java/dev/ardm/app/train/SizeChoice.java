package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.weights.StoredWeights;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.Weights;
import dev.ardm.data.Splits;
import dev.ardm.train.MaskingObjective;
import dev.ardm.train.Trainer;
import dev.ardm.train.TrainingListener;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.WeightRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the size of a network by description length: each size is trained for a small part of the time, and the one whose model and items are
 * likely to be smallest together when all time is spent goes on from there (J. Rissanen, "Modeling by shortest data description", Automatica 1978).
 */
public final class SizeChoice {
    /** In the place of a preset: the size is to be chosen. */
    public static final String AUTO = Presets.AUTO;

    private static final List<String> PRESETS = List.of("tiny", "small", "medium");

    /** Of all time, for each size. */
    private static final double PART = 0.06;

    /** What a doubling of the training gains, of what the doubling before did: assumed, not measured. */
    private static final double GAIN = 0.6;

    /** Of a model file, beside its weights. */
    private static final int HEADER = 2_000;

    /** A weight takes about 3 bits. */
    private static final double BYTES_PER_WEIGHT = 3.0 / 8;

    /** A model that takes a larger part of the items leaves too little to save. */
    private static final int LEAST_PER_MODEL = 4;

    private final RunOptions options;
    private final Splits.Split split;
    private final Function<String, MaskingDefinition> definitions;
    private final Listener listener;
    private final TrainingRun.Stop stop;

    /** @param definitions of the model by the name of the preset */
    SizeChoice(
            RunOptions options,
            Splits.Split split,
            Function<String, MaskingDefinition> definitions,
            Listener listener,
            TrainingRun.Stop stop) {
        this.options = options;
        this.split = split;
        this.definitions = definitions;
        this.listener = listener;
        this.stop = stop;
    }

    /** About how many bytes the weights of a preset's network take. */
    private static long bytes(MaskingDefinition definition) {
        return Math.round(BYTES_PER_WEIGHT * definition.buildNetwork().parameterCount());
    }

    /**
     * The preset of the largest network that is small beside the data; empty if none is.
     *
     * @param raw bytes of the items
     */
    public static Optional<String> largest(Space space, long raw) {
        return largest(preset -> MaskingDefinition.of(space, Presets.of(preset, space)), raw);
    }

    /**
     * The same.
     *
     * @param definitions of the model by the name of the preset
     */
    public static Optional<String> largest(Function<String, MaskingDefinition> definitions, long raw) {
        return fitting(definitions, raw).stream().reduce((smaller, larger) -> larger);
    }

    /** About how many bytes the smallest network takes. */
    public static long least(Function<String, MaskingDefinition> definitions) {
        return bytes(definitions.apply(PRESETS.get(0)));
    }

    private static List<String> fitting(Function<String, MaskingDefinition> definitions, long raw) {
        return PRESETS.stream()
                .filter(preset -> bytes(definitions.apply(preset)) <= raw / LEAST_PER_MODEL)
                .toList();
    }

    /**
     * A size that was tried.
     *
     * @param bytes of model and items together, as they are likely to be in the end
     */
    private record Tried(String preset, long parameters, long modelBytes, long bytes) {
        String sentence() {
            return String.format(
                    Locale.ROOT,
                    "%s (%,d weights): about %,d bytes (model %,d)",
                    preset,
                    parameters,
                    bytes,
                    modelBytes);
        }
    }

    /**
     * Tries sizes, and leaves the checkpoint of the best.
     *
     * @param folder scratch space, which is deleted
     * @param checkpoints where the checkpoint goes
     * @return options with the chosen preset and what is left of the time; empty if the user interrupted it
     */
    Optional<RunOptions> choose(Path folder, Path checkpoints) throws IOException {
        Space space = split.training().space();
        double raw = options.forItems() * split.training().meanLength() * bitsOfValue(space) / 8;
        List<String> presets = fitting(definitions, (long) raw);
        if (presets.size() < 2) {
            String only = presets.isEmpty() ? PRESETS.get(0) : presets.get(0);
            listener.result(String.format(
                    Locale.ROOT,
                    "preset %s: for %,d items of %,.0f bytes no larger network pays",
                    only,
                    options.forItems(),
                    raw / options.forItems()));
            return Optional.of(options.withPreset(only, options.settings()));
        }
        List<Tried> tried = new ArrayList<>();
        for (String preset : presets) {
            try (Listener.Task progress = listener.begin("try " + preset, 1000)) {
                tried.add(tried(preset, folder.resolve(preset), progress));
            }
            if (stop.requested()) {
                return Optional.empty();
            }
        }
        Tried best = tried.stream().min(Comparator.comparingLong(Tried::bytes)).orElseThrow();
        tried.forEach(one -> listener.result("  " + one.sentence()));
        listener.result("preset " + best.preset() + ": the smallest for " + Text.count(options.forItems(), "item")
                + ", model and items together");
        Files.createDirectories(checkpoints.toAbsolutePath().getParent());
        Files.move(folder.resolve(best.preset()), checkpoints);
        TrainingSettings all = options.settings();
        TrainingSettings left = all.steps() > 0 ? all : all.part(1 - PART * (tried.size() - 1));
        return Optional.of(options.withPreset(best.preset(), left));
    }

    private static double bitsOfValue(Space space) {
        double bits = 0;
        for (int categories : space.categories()) {
            bits += Math.log(categories) / Math.log(2) / space.categories().length;
        }
        return bits;
    }

    private Tried tried(String preset, Path checkpoints, Listener.Task progress) throws IOException {
        MaskingDefinition definition = definitions.apply(preset);
        Network network = definition.buildNetwork();
        TrainingSettings settings = Lengths.of(options).first();
        MaskingObjective objective = new MaskingObjective(network, settings);
        Trainer trainer = new Trainer(objective, split, settings);
        Part part = new Part(progress);
        trainer.train(checkpoints, part, () -> stop.requested() || part.done >= PART / 2);
        Weights half = trainer.averagedWeights();
        trainer.train(checkpoints, part, () -> stop.requested() || part.done >= PART);
        WeightRounding loss =
                new WeightRounding(objective, trainer.averagedWeights(), split, StoredWeights.measured(network), true);
        // A doubling gained so much; those that are left gain less and less.
        double gained = Math.max(0, loss.bits(half) - loss.exactBits());
        double bits = loss.exactBits();
        for (double doublings = -Math.log(PART) / Math.log(2); doublings > 0; doublings--) {
            gained *= GAIN;
            bits -= gained * Math.min(1, doublings);
        }
        double values = options.forItems() * split.training().meanLength();
        double weights = network.parameterCount();
        double bitsOfWeight = bitsOfWeight(values / weights);
        double lostOfWeight = 0.72 * Math.min(1, bitsOfWeight); // By rounding, 1/(2 ln 2), if a bit more saves no more.
        return new Tried(
                preset,
                network.parameterCount(),
                HEADER + Math.round(weights * bitsOfWeight / 8),
                HEADER + Math.round((weights * (bitsOfWeight + lostOfWeight) + values * Math.max(0, bits)) / 8));
    }

    /**
     * How many bits a trained weight will take. That is not measured on a network that has hardly learnt, whose weights are noise. The form is that
     * of a Gaussian variable, whose information about the items all weights share; the constant is fitted to three U-Nets of 0.03, 0.24 and 1.4
     * million weights, the first two trained for less than a minute, which took 0.53, 1.97 and 2.14 bits where it gives 0.3, 1.9 and 2.4.
     *
     * @param values of all items, for each weight
     */
    private static double bitsOfWeight(double values) {
        return 0.5 * Math.log(1 + 0.157 * values) / Math.log(2);
    }

    /** How much of the whole training is done. */
    private static final class Part implements TrainingListener {
        private final Listener.Task progress;
        private double done;

        Part(Listener.Task progress) {
            this.progress = progress;
        }

        @Override
        public void onStep(long step, double fraction, double bits) {
            done = fraction;
            progress.accept((int) Math.min(1000, 1000 * fraction / PART));
            progress.note(String.format(Locale.ROOT, "step %d, %.3f bits/dim", step, bits));
        }
    }
}
