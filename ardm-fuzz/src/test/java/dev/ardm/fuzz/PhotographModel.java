package dev.ardm.fuzz;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import java.util.Map;

/** A transformer with random weights on windows of 2x2 pixels of 256 values, to code images of any size with. */
final class PhotographModel {
    private static final int SIDE = 2;
    private static final int VALUES = 256;
    private static final int CONTEXT = 1;
    private static final int RESTING_VALUE = 0;
    private static final int CALLS = 2;

    final LikelihoodModel model;
    final Plan plan;
    final ItemLayout layout = ItemLayout.images(CONTEXT, RESTING_VALUE);

    /** A model of images of that many channels. */
    PhotographModel(int channels) {
        Space space = Space.of(new int[] {SIDE, SIDE, channels}, VALUES, Space.Scale.ORDERED);
        MaskingDefinition definition = MaskingDefinition.of(space, new TransformerConfig(1, 4, 1, 4, 0, 0));
        Weights weights = Weights.initial(definition.buildNetwork(), 1);
        this.model = new MaskingModel(definition, weights, Map.of(), Map.of("made", "for fuzzing")).open(1);
        this.plan = model.plan(CALLS);
    }

    /** The header of archives of its images. */
    ArchiveHeader header() {
        return ArchivePlan.header(model, plan).with(layout);
    }
}
