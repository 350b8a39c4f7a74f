package dev.ardm.train;

import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import java.io.IOException;
import java.util.Map;

/** From items to a model, for programs that need no more than that. */
public final class ModelTraining {
    private ModelTraining() {}

    /**
     * Trains a model. Nothing is written; its schedules are even ones until others are planned.
     *
     * @param items at least 2, of the definition's space; a tenth of them, at most 2,000, is held out to report the bound on
     * @throws IOException if the training diverges ({@link DivergedException}), or the listener throws it
     */
    public static MaskingModel train(
            ItemSet items, MaskingDefinition definition, TrainingSettings settings, TrainingListener listener)
            throws IOException {
        Trainer trainer = new Trainer(
                new MaskingObjective(definition.buildNetwork(), settings),
                split(items, 2000, settings.seed()),
                settings);
        trainer.train(null, listener, () -> false);
        return new MaskingModel(definition, trainer.bestWeights().weights(), Map.of(), Map.of());
    }

    /**
     * Holds out a tenth of the items for validation.
     *
     * @param most the most items to hold out, at least 1
     */
    public static Splits.Split split(ItemSet items, int most, long seed) {
        return Splits.holdOut(items, Math.min(most, Math.max(1, items.size() / 10)), seed);
    }
}
