package dev.ardm.reference;

import java.util.Arrays;

/** A transformer (arithmetic.md, The transformer). */
final class ReferenceTransformer {

    private final ReferenceModel model;
    private final ReferenceTransformerSizes sizes;

    ReferenceTransformer(ReferenceModel model) {
        this.model = model;
        this.sizes = model.definition().transformer();
    }

    /** Returns the outputs of all variables, one after the other: each is a place. */
    float[] outputs(ReferenceSight sight) {
        int places = sight.known().length;
        float[] rows = ReferenceInputs.ids(sight, parameter("in.embedding.weight"));
        ReferenceMap x = new ReferenceMap(1, places, sizes.width(), rows);
        float[] positions = Arrays.copyOf(parameter("in.position.weight"), places * sizes.width());
        x = x.plus(new ReferenceMap(1, places, sizes.width(), positions));
        if (sizes.ends()) {
            x = x.plus(ends(places));
        }
        if (sight.process().stages() > 1) {
            x = x.plus(linear("in.value", ReferenceInputs.valuesAndMask(sight, 1, places, 1)));
        }
        if (sizes.time() > 0) {
            float[] u = linear("time.0", ReferenceInputs.time(sight, sizes.time()));
            x = x.plus(linear("time.1", ReferenceMath.silu(u)));
        }
        for (int i = 0; i < sizes.layers(); i++) {
            x = block("block" + i, x);
        }
        return linear("head.out", norm("head.norm", x)).values();
    }

    /** Section The transformer: for each place the row of how many follow it, or the last where all D are there. */
    private ReferenceMap ends(int places) {
        float[] table = parameter("in.end.weight");
        int d = model.definition().size();
        ReferenceMap rows = new ReferenceMap(1, places, sizes.width());
        for (int p = 0; p < places; p++) {
            int row = places < d ? places - 1 - p : d - 1;
            System.arraycopy(table, row * sizes.width(), rows.values(), p * sizes.width(), sizes.width());
        }
        return rows;
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
