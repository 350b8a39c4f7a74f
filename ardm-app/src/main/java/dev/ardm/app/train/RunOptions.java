package dev.ardm.app.train;

import dev.ardm.app.data.TrainingData;
import dev.ardm.app.weights.WeightStorage;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.TrainingSettings.Optimizer;
import dev.ardm.train.TrainingSettings.Precision;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a training run needs to know in addition to its data.
 *
 * @param data kind of the data and settings of its format
 * @param method how items are generated, and the distributions
 * @param validation items held out for validation; at most a tenth of the data is used
 * @param stored how the finished model's weights are stored
 * @param forItems the number of items that the model and its archive shall be smallest together for; 0 for any number
 * @param countsBytes the most bytes of the counts that a network works with; 0 for the usual number
 */
public record RunOptions(
        String preset,
        TrainingData.Choice data,
        MethodOptions method,
        TrainingSettings settings,
        int validation,
        WeightStorage stored,
        long forItems,
        int countsBytes) {
    private static final int VALIDATION = 2000;

    /** The usual validation and storage. */
    public RunOptions(String preset, TrainingData.Choice data, MethodOptions method, TrainingSettings settings) {
        this(preset, data, method, settings, VALIDATION, WeightStorage.AUTO, 0, 0);
    }

    /**
     * These options for a part of the run.
     *
     * @param share of the steps or minutes
     * @param minutes that are gone before, of the others
     */
    RunOptions lasting(double share, double minutes) {
        TrainingSettings part = settings.steps() > 0
                ? settings.withLength(Math.max(1, Math.round(share * settings.steps())), 0)
                : settings.withLength(0, Math.max(Double.MIN_NORMAL, share * settings.minutes() - minutes));
        return new RunOptions(preset, data, method, part, validation, stored, forItems, countsBytes);
    }

    /** These options with another length, in minutes. */
    RunOptions ended(double minutes) {
        return new RunOptions(
                preset, data, method, settings.withLength(0, minutes), validation, stored, forItems, countsBytes);
    }

    /**
     * These options with others in place of some.
     *
     * @param overrides names and values of settings
     * @throws IllegalArgumentException naming the setting that does not exist, or whose value is out of range
     */
    public RunOptions with(Map<String, String> overrides) {
        TrainingSettings s = settings;
        int batch = s.batch();
        double rate = s.learningRate();
        int warmup = s.warmupSteps();
        double decay = s.weightDecay();
        double beta2 = s.beta2();
        double clip = s.clip();
        double ema = s.ema();
        int sites = s.lossSites();
        double codingOrder = s.codingOrder();
        double report = s.reportSeconds();
        Precision precision = s.precision();
        Optimizer optimizer = s.optimizer();
        int shifts = s.shifts();
        int heldOut = validation;
        WeightStorage storage = stored;
        for (var entry : overrides.entrySet()) {
            String value = entry.getValue();
            try {
                switch (entry.getKey()) {
                    case "batch" -> batch = Integer.parseInt(value);
                    case "learning-rate" -> rate = Double.parseDouble(value);
                    case "warmup-steps" -> warmup = Integer.parseInt(value);
                    case "weight-decay" -> decay = Double.parseDouble(value);
                    case "beta2" -> beta2 = Double.parseDouble(value);
                    case "clip" -> clip = Double.parseDouble(value);
                    case "ema" -> ema = Double.parseDouble(value);
                    case "loss-sites" -> sites = Integer.parseInt(value);
                    case "coding-order" -> codingOrder = Double.parseDouble(value);
                    case "report-seconds" -> report = Double.parseDouble(value);
                    case "precision" -> precision = choice(Precision.class, entry);
                    case "optimizer" -> optimizer = choice(Optimizer.class, entry);
                    case "shifts" -> shifts = Integer.parseInt(value);
                    case "validation" -> heldOut = Integer.parseInt(value);
                    case "weights" -> storage = WeightStorage.of(value);
                    default -> throw new IllegalArgumentException("unknown setting '" + entry.getKey() + "'");
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "setting " + entry.getKey() + ": '" + value + "' is not a number", e);
            }
        }
        if (heldOut < 1) {
            throw new IllegalArgumentException("validation must be at least 1");
        }
        return new RunOptions(
                preset,
                data,
                method,
                new TrainingSettings(
                        s.steps(),
                        s.minutes(),
                        batch,
                        rate,
                        warmup,
                        decay,
                        beta2,
                        clip,
                        ema,
                        sites,
                        codingOrder,
                        s.seed(),
                        report,
                        precision,
                        optimizer,
                        shifts),
                heldOut,
                storage,
                forItems,
                countsBytes);
    }

    /**
     * These options for a model of some items.
     *
     * @param items how many, above 0
     */
    public RunOptions forItems(long items) {
        if (items < 1) {
            throw new IllegalArgumentException("a model must be for at least 1 item, got " + items);
        }
        return new RunOptions(preset, data, method, settings, validation, stored, items, countsBytes);
    }

    /** These options with another number of bytes for the counts. */
    public RunOptions withCountsBytes(int bytes) {
        return new RunOptions(preset, data, method, settings, validation, stored, forItems, bytes);
    }

    /** These options with another preset and another length. */
    public RunOptions withPreset(String other, TrainingSettings length) {
        return new RunOptions(other, data, method, length, validation, stored, forItems, countsBytes);
    }

    private static <E extends Enum<E>> E choice(Class<E> of, Map.Entry<String, String> setting) {
        for (E constant : of.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(setting.getValue())) {
                return constant;
            }
        }
        throw new IllegalArgumentException("setting " + setting.getKey() + ": '" + setting.getValue()
                + "' is none of "
                + Stream.of(of.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
