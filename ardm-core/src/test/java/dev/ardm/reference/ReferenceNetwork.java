package dev.ardm.reference;

/** The network of a model, whichever of the two kinds it is of (arithmetic.md, The model file). */
final class ReferenceNetwork {

    private final ReferenceModel model;

    ReferenceNetwork(ReferenceModel model) {
        this.model = model;
    }

    /** Returns the outputs of all units, one after the other. */
    float[] outputs(int[] values, boolean[] known, int stage) {
        ReferenceSight sight = new ReferenceSight(model.definition().process(), values, known, stage);
        if (model.definition().unet() != null) {
            return new ReferenceUnet(model).outputs(sight);
        }
        return new ReferenceTransformer(model).outputs(sight);
    }
}
