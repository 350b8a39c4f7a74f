package dev.ardm.reference;

/** The network of a model, whichever of the two kinds it is of (arithmetic.md, The model file). */
final class ReferenceNetwork {

    private final ReferenceModel model;

    ReferenceNetwork(ReferenceModel model) {
        this.model = model;
    }

    /** Returns the logits of all variables, K for each position. */
    float[] logits(int[] values, boolean[] known) {
        if (model.definition().unet() != null) {
            return new ReferenceUnet(model).logits(values, known);
        }
        return new ReferenceTransformer(model).logits(values, known);
    }
}
