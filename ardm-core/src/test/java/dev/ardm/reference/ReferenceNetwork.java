package dev.ardm.reference;

/** The network of a model, a U-Net (arithmetic.md, The network). */
final class ReferenceNetwork {

    private final ReferenceModel model;
    private final ReferenceDefinition sizes;
    private final int height;
    private final int width;
    private final int depth;
    private final int categories;

    ReferenceNetwork(ReferenceModel model) {
        this.model = model;
        this.sizes = model.definition();
        this.height = sizes.shape()[0];
        this.width = sizes.shape()[1];
        this.depth = sizes.shape()[2];
        this.categories = sizes.categories();
    }

    /** Returns the logits of all variables, K for each position (section Evaluation). */
    float[] logits(int[] values, boolean[] known) {
        float[] u = linear("time.0", time(known));
        u = ReferenceMath.silu(u);
        u = ReferenceMath.silu(linear("time.1", u));

        ReferenceMap h = convolution("in.value", valuesAndMask(values, known), 3, 1)
                .concatenated(convolution("in.embedded", ids(values, known), 1, 1));
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
        return convolution("head.out", convolution("head.hidden", h, 1, 1).silu(), 1, 1)
                .values();
    }

    /** Section Layers, residual block. */
    private ReferenceMap residual(String name, ReferenceMap x, float[] u) {
        ReferenceMap h = convolution(name + ".conv1", norm(name + ".norm1", x).silu(), 3, 1);
        h = h.plus(linear(name + ".time", u));
        return x.plus(convolution(name + ".conv2", norm(name + ".norm2", h).silu(), 3, 1));
    }

    /** Section Layers, attention block. */
    private ReferenceMap attention(String name, ReferenceMap x) {
        ReferenceMap h = norm(name + ".norm", x);
        ReferenceMap mixed = ReferenceMath.attention(
                convolution(name + ".query", h, 1, 1),
                convolution(name + ".key", h, 1, 1),
                convolution(name + ".value", h, 1, 1),
                sizes.heads());
        return x.plus(convolution(name + ".out", mixed, 1, 1));
    }

    /** Section Inputs, Values and mask. */
    private ReferenceMap valuesAndMask(int[] values, boolean[] known) {
        ReferenceMap map = new ReferenceMap(height, width, 2 * depth);
        for (int position = 0; position < known.length; position++) {
            if (known[position]) {
                int at = position / depth * 2 * depth + position % depth;
                map.values()[at] = (float) (2 * values[position] - (categories - 1)) / (float) (categories - 1);
                map.values()[at + depth] = 1;
            }
        }
        return map;
    }

    /** Section Inputs, Ids. */
    private ReferenceMap ids(int[] values, boolean[] known) {
        int row = sizes.embedding();
        float[] table = parameter("in.embedding.weight");
        ReferenceMap map = new ReferenceMap(height, width, depth * row);
        for (int position = 0; position < known.length; position++) {
            int id = known[position] ? values[position] : categories;
            System.arraycopy(table, id * row, map.values(), position * row, row);
        }
        return map;
    }

    /** Section Inputs, Time. */
    private float[] time(boolean[] known) {
        int count = 0;
        for (boolean one : known) {
            count += one ? 1 : 0;
        }
        float f = (float) count / (float) known.length;
        float[] time = new float[sizes.time()];
        int half = time.length / 2;
        for (int i = 0; i < half; i++) {
            double frequency = StrictMath.exp((-StrictMath.log(10000) * i) / Math.max(1, half - 1));
            double angle = (1000 * (double) f) * frequency;
            time[i] = (float) StrictMath.sin(angle);
            time[half + i] = (float) StrictMath.cos(angle);
        }
        return time;
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
