package dev.ardm.app.weights;

import dev.ardm.app.Text;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.MaskingObjective;
import dev.ardm.train.Objective;
import dev.ardm.train.RoundedWeights;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.WeightRounding;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Weights as a model file has them.
 *
 * @param sentence what was lost, for people; empty if nothing was measured
 */
public record StoredWeights(Weights weights, String sentence) {
    /** Items times values that a loss is measured on. */
    private static final int MEASURED = 400_000;

    private static final int LEAST_MEASURED = 128;
    private static final int MOST_MEASURED = 1024;

    /** Goes on training rounded weights. */
    public interface Tuning {
        /** The tuned weights, or the same. */
        RoundedWeights tune(WeightRounding rounding, RoundedWeights rounded) throws IOException;
    }

    /**
     * Rounds weights for storing.
     *
     * @param forItems how many items the model is for, so that it and they are smallest together; 0 to lose as much as {@code storage} says
     * @param objective that the weights were trained for
     * @param measured how many items the loss is measured on at most
     * @param split items that it was trained on, and others
     * @param tuning of rounded weights; null for none
     */
    public static StoredWeights of(
            WeightStorage storage,
            long forItems,
            Objective<?> objective,
            int measured,
            Weights weights,
            Splits.Split split,
            @Nullable Tuning tuning)
            throws IOException {
        return switch (storage.kind()) {
            case F32 -> new StoredWeights(weights, "");
            case F16 -> new StoredWeights(weights.map(Type.F16::round), "");
            case CODED -> {
                WeightRounding rounding = new WeightRounding(objective, weights, split, measured, tuning != null);
                RoundedWeights rounded = forItems > 0 ? rounding.forItems(forItems) : rounding.losing(storage.loss());
                yield coded(rounding, tuning == null ? rounded : tuning.tune(rounding, rounded), tuning != null);
            }
        };
    }

    /** How many items the loss is measured on. */
    public static int measured(Network network) {
        return Math.max(
                LEAST_MEASURED,
                Math.min(MOST_MEASURED, MEASURED / network.space().dimensions()));
    }

    private static StoredWeights coded(WeightRounding rounding, RoundedWeights rounded, boolean tuned) {
        double bits = rounding.bits(rounded.weights());
        long bytes = rounding.bytes(rounded);
        String sentence = String.format(
                Locale.ROOT,
                "weights: %s, %.2f bits each%s: %.4f bits/dim, %.4f before they were rounded",
                Text.count(bytes, "byte"),
                8.0 * bytes / rounding.parameters(),
                tuned ? ", rounded in the last part of the training" : "",
                bits,
                rounding.exactBits());
        return new StoredWeights(rounded.weights(), sentence);
    }

    /**
     * Rounds the weights of a model that is finished, without training.
     *
     * @param items that it was not trained on: half of them to see how the loss depends on weights, half to measure it
     */
    public static StoredWeights of(
            WeightStorage storage, long forItems, MaskingModel model, ItemSet items, TrainingSettings settings)
            throws IOException {
        Splits.Split split = Splits.holdOut(items, Math.max(1, items.size() / 2), settings.seed());
        Network network = model.network();
        return of(
                storage,
                forItems,
                new MaskingObjective(network, settings),
                measured(network),
                model.weights(),
                split,
                null);
    }

    /** The model with these weights in the place of its own. What was measured of it is left out: it is measured anew. */
    public MaskingModel in(MaskingModel model) {
        Map<String, String> provenance = new TreeMap<>(model.provenance());
        if (!sentence.isEmpty()) {
            provenance.put("weights", sentence + "; rounded from the model " + model.idText());
        }
        return new MaskingModel(model.definition(), weights, Map.of(), provenance).withLengths(model.lengths());
    }
}
