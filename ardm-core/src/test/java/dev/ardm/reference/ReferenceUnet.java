package dev.ardm.reference;

/** A U-Net (arithmetic.md, The U-Net). */
final class ReferenceUnet {

    private final ReferenceModel model;
    private final ReferenceUnetSizes sizes;
    private final int[] shape;

    ReferenceUnet(ReferenceModel model) {
        this.model = model;
        this.sizes = model.definition().unet();
        this.shape = model.definition().shape();
    }

    /** Returns the outputs of all units, one after the other. */
    float[] outputs(ReferenceSight sight) {
        float[] u = linear("time.0", ReferenceInputs.time(sight, sizes.time()));
        u = ReferenceMath.silu(u);
        u = ReferenceMath.silu(linear("time.1", u));

        ReferenceMap numbers = ReferenceInputs.valuesAndMask(sight, shape[0], shape[1], shape[2]);
        ReferenceMap around = sizes.interpolation() ? ReferenceInterpolation.of(sight, shape) : null;
        if (around != null) {
            numbers = numbers.concatenated(around);
        }
        ReferenceMap h =
                convolution("in.value", numbers, 3, 1).concatenated(convolution("in.embedded", embedded(sight), 1, 1));
        int levels = sizes.levels();
        ReferenceMap[] skips = new ReferenceMap[levels - 1];
        for (int l = 0; l < levels; l++) {
            for (int i = 0; i < sizes.blocksDown()[l]; i++) {
                h = residual("down." + l + ".block" + i, h, u);
            }
            if (sizes.attention()[l]) {
                h = attention("down." + l + ".attention", h);
            }
            if (l < levels - 1) {
                skips[l] = h;
                h = convolution("shrink." + l, h, 3, 2);
            }
        }
        for (int l = levels - 2; l >= 0; l--) {
            ReferenceMap coarse = convolution("widen." + l, h, 1, 1).upsampled(skips[l].h(), skips[l].w());
            h = convolution("join." + l, coarse.concatenated(skips[l]), 1, 1);
            for (int i = 0; i < sizes.blocksUp()[l]; i++) {
                h = residual("up." + l + ".block" + i, h, u);
            }
        }
        h = norm("head.norm", h).silu();
        ReferenceMap out =
                convolution("head.out", convolution("head.hidden", h, 1, 1).silu(), 1, 1);
        if (around != null && model.definition().output().components() > 0) {
            out = out.plus(centres(around));
        }
        return out.values();
    }

    /** Section The U-Net, interpolation: what is added to the means of the mixtures. */
    private ReferenceMap centres(ReferenceMap around) {
        int unit = model.definition().process().unit();
        ReferenceOutput output = model.definition().output();
        ReferenceMap centres = new ReferenceMap(shape[0], shape[1], shape[2] / unit * output.size());
        for (int place = 0; place < centres.places(); place++) {
            for (int c = 0; c < shape[2]; c++) {
                int row = 1 + 2 * (c % unit);
                int at = place * centres.c() + c / unit * output.size() + row * output.components();
                for (int m = 0; m < output.components(); m++) {
                    centres.values()[at + m] = 8 * around.values()[place * around.c() + c];
                }
            }
        }
        return centres;
    }

    /** Section The U-Net, residual block. */
    private ReferenceMap residual(String name, ReferenceMap x, float[] u) {
        ReferenceMap h = convolution(name + ".conv1", norm(name + ".norm1", x).silu(), 3, 1);
        h = h.plus(linear(name + ".time", u));
        return x.plus(convolution(name + ".conv2", norm(name + ".norm2", h).silu(), 3, 1));
    }

    /** Section The U-Net, attention block. */
    private ReferenceMap attention(String name, ReferenceMap x) {
        ReferenceMap h = norm(name + ".norm", x);
        ReferenceMap mixed = ReferenceMath.attention(
                convolution(name + ".query", h, 1, 1),
                convolution(name + ".key", h, 1, 1),
                convolution(name + ".value", h, 1, 1),
                sizes.heads());
        return x.plus(convolution(name + ".out", mixed, 1, 1));
    }

    /** The embedded ids: those of the channels of a place side by side, as the positions are. */
    private ReferenceMap embedded(ReferenceSight sight) {
        float[] rows = ReferenceInputs.ids(sight, parameter("in.embedding.weight"));
        return new ReferenceMap(shape[0], shape[1], shape[2] * sizes.embedding(), rows);
    }

    private float[] parameter(String name) {
        return model.parameters().get(name);
    }

    private float[] linear(String name, float[] x) {
        return ReferenceMath.linear(x, parameter(name + ".weight"), parameter(name + ".bias"));
    }

    private ReferenceMap convolution(String name, ReferenceMap x, int size, int stride) {
        return ReferenceMath.convolution(x, parameter(name + ".weight"), parameter(name + ".bias"), size, stride);
    }

    private ReferenceMap norm(String name, ReferenceMap x) {
        return ReferenceNorm.norm(x, parameter(name + ".weight"), parameter(name + ".bias"), sizes.groups());
    }
}
