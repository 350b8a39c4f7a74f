package dev.ardm.reference;

/** A transformer (arithmetic.md, The transformer). */
final class ReferenceTransformer {

    private final ReferenceModel model;
    private final ReferenceTransformerSizes sizes;
    private final int categories;

    ReferenceTransformer(ReferenceModel model) {
        this.model = model;
        this.sizes = model.definition().transformer();
        this.categories = model.definition().categories();
    }

    /** Returns the logits of all variables, K for each position, which is a place. */
    float[] logits(int[] values, boolean[] known) {
        float[] rows = ReferenceInputs.ids(values, known, parameter("in.embedding.weight"), categories);
        ReferenceMap x = new ReferenceMap(1, known.length, sizes.width(), rows);
        x = x.plus(new ReferenceMap(1, known.length, sizes.width(), parameter("in.position.weight")));
        if (sizes.time() > 0) {
            float[] u = linear("time.0", ReferenceInputs.time(known, sizes.time()));
            x = x.plus(linear("time.1", ReferenceMath.silu(u)));
        }
        for (int i = 0; i < sizes.layers(); i++) {
            x = block("block" + i, x);
        }
        return linear("head.out", norm("head.norm", x)).values();
    }

    private ReferenceMap block(String name, ReferenceMap x) {
        ReferenceMap h = norm(name + ".norm1", x);
        ReferenceMap mixed = ReferenceMath.attention(
                linear(name + ".query", h), linear(name + ".key", h), linear(name + ".value", h), sizes.heads());
        ReferenceMap y = x.plus(linear(name + ".out", mixed));
        ReferenceMap hidden = linear(name + ".mlp.0", norm(name + ".norm2", y));
        return y.plus(linear(name + ".mlp.1", hidden.gelu()));
    }

    private float[] parameter(String name) {
        return model.parameters().get(name);
    }

    private float[] linear(String name, float[] x) {
        return ReferenceMath.linear(x, parameter(name + ".weight"), parameter(name + ".bias"));
    }

    /** Maps each place by itself: the weight [out][in] is that of a convolution [out][1][1][in]. */
    private ReferenceMap linear(String name, ReferenceMap x) {
        return ReferenceMath.convolution(x, parameter(name + ".weight"), parameter(name + ".bias"), 1, 1);
    }

    private ReferenceMap norm(String name, ReferenceMap x) {
        return ReferenceLayerNorm.norm(x, parameter(name + ".weight"), parameter(name + ".bias"));
    }
}
