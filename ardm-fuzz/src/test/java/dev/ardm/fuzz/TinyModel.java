package dev.ardm.fuzz;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import java.util.Map;

/** A transformer with random weights on items of six values of five categories: a decoder that takes microseconds. */
final class TinyModel {
    /** Values known at the start of every window but the first. */
    static final int CONTEXT = 2;

    /** What fills the window of a short sequence. */
    static final int RESTING_VALUE = 1;

    /** Sequences of any length. */
    static final ItemLayout SEQUENCES = ItemLayout.sequences(CONTEXT, RESTING_VALUE);

    static final Space SPACE = Space.of(new int[] {6}, 5, Space.Scale.NOMINAL);

    private static final int THREADS = 1;

    private TinyModel() {}

    /** The model as a file holds it. */
    static MaskingModel model() {
        MaskingDefinition definition = MaskingDefinition.of(SPACE, new TransformerConfig(1, 4, 1, 4, 0, 0));
        Network network = definition.buildNetwork();
        Weights initial = Weights.initial(network, 1);
        // The last layer begins with zeros; all other weights would have no effect.
        String last = network.logitBias().replace(".bias", ".weight");
        float[] logits = initial.get(last).clone();
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (i * 7 % 11 - 5) / 4f;
        }
        Map<Integer, Schedule> schedules = Map.of(2, Schedule.of(new int[] {0, 2}, SPACE.dimensions()));
        return new MaskingModel(definition, initial.with(last, logits), schedules, Map.of("made", "for fuzzing"));
    }

    /** The model ready to code with. */
    static LikelihoodModel coder() {
        return model().open(THREADS);
    }

    /** The header of archives of its items. */
    static ArchiveHeader header(LikelihoodModel model, Plan plan) {
        return new ArchiveHeader(
                ArithmeticVersions.NEWEST,
                model.model().id(),
                SPACE.shape(),
                SPACE.categories(),
                SPACE.scale().ordinal(),
                plan.toBytes());
    }

    /** The header of archives of sequences of its values. */
    static ArchiveHeader sequencesHeader(LikelihoodModel model, Plan plan) {
        return header(model, plan).with(SEQUENCES);
    }
}
