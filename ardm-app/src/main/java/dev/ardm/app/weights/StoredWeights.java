package dev.ardm.app.weights;

import dev.ardm.app.Text;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import dev.ardm.data.Splits;
import dev.ardm.train.RoundedWeights;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.WeightRounding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;

/**
 * Weights as a model file has them.
 *
 * @param type of the tensors, unless they are coded
 * @param grids of coded weights by the name of their tensor; empty if they are not coded
 * @param sentence what was lost, for people; empty if nothing was measured
 */
public record StoredWeights(Weights weights, Type type, Map<String, WeightGrid> grids, String sentence) {
    /** Items times values that a loss is measured on. */
    private static final int MEASURED = 400_000;

    private static final int LEAST_MEASURED = 128;
    private static final int MOST_MEASURED = 1024;

    /**
     * Rounds weights for storing.
     *
     * @param forItems how many items the model is for, so that it and they are smallest together; 0 to lose as much as {@code storage} says
     * @param split items that it was trained on, and others
     */
    public static StoredWeights of(
            WeightStorage storage,
            long forItems,
            Network network,
            Weights weights,
            Splits.Split split,
            TrainingSettings settings) {
        return switch (storage.kind()) {
            case F32 -> new StoredWeights(weights, Type.F32, Map.of(), "");
            case F16 -> new StoredWeights(weights.map(Type.F16::round), Type.F16, Map.of(), "");
            case CODED -> {
                int judged = Math.max(
                        LEAST_MEASURED,
                        Math.min(MOST_MEASURED, MEASURED / network.space().dimensions()));
                WeightRounding rounding = new WeightRounding(
                        network, weights, split.training(), split.validation(), judged, settings);
                yield coded(rounding, forItems > 0 ? rounding.forItems(forItems) : rounding.losing(storage.loss()));
            }
        };
    }

    private static StoredWeights coded(WeightRounding rounding, RoundedWeights rounded) {
        double lost = rounding.bits(rounded.weights()) / rounding.exactBits() - 1;
        long bytes = rounding.bytes(rounded);
        String sentence = String.format(
                Locale.ROOT,
                "weights: %s, %.2f bits each; rounding them costs %.2f %% of the bits of items",
                Text.count(bytes, "byte"),
                8.0 * bytes / rounding.parameters(),
                100 * lost);
        return new StoredWeights(rounded.weights(), Type.F32, rounded.grids(), sentence);
    }

    /** Writes a model that has these weights. */
    public void write(MaskingModel model, OutputStream out) throws IOException {
        if (grids.isEmpty()) {
            ModelFile.write(model, type, out);
        } else {
            ModelFile.writeCoded(model, grids, out);
        }
    }
}
