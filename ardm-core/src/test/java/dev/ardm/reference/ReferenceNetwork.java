package dev.ardm.reference;

import static dev.ardm.reference.ReferenceMath.add;
import static dev.ardm.reference.ReferenceMath.concatenation;

import dev.ardm.reference.ReferenceMath.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The U-Net of docs/arithmetic.md for one item. */
final class ReferenceNetwork {
    /** Stands for all kinds of layers: {@code size} is 0 for a group norm, {@code bias} is empty for an embedding. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layer(float[] weight, float[] bias, int size, int stride) {}

    private final ReferenceModel model;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private final int height;
    private final int width;
    private final int images;
    private final int categories;
    private final int[] channels;
    private final int[] blocksDown;
    private final int[] blocksUp;
    private final JsonNode attention;
    private final int heads;
    private final int groups;
    private final int embedding;
    private final int time;

    ReferenceNetwork(ReferenceModel model) {
        this.model = model;
        int[] shape = ints(model.space().path("shape"));
        height = shape[0];
        width = shape[1];
        images = shape[2];
        categories = model.space().path("categories").get(0).asInt();
        JsonNode sizes = model.network();
        channels = ints(sizes.path("channels"));
        blocksDown = ints(sizes.path("blocks_down"));
        blocksUp = ints(sizes.path("blocks_up"));
        attention = sizes.path("attention");
        heads = sizes.path("heads").asInt();
        groups = sizes.path("groups").asInt();
        embedding = sizes.path("embedding").asInt();
        time = sizes.path("time").asInt();
        build(sizes.path("head").asInt());
    }

    private static int[] ints(JsonNode list) {
        int[] out = new int[list.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = list.get(i).asInt();
        }
        return out;
    }

    private void build(int head) {
        convolution("in.value", 2 * images, channels[0] - channels[0] / 4, 3, 1);
        layers.put("in.embedding", new Layer(weight("in.embedding", (categories + 1) * embedding), new float[0], 0, 0));
        convolution("in.embedded", images * embedding, channels[0] / 4, 1, 1);
        convolution("time.0", time, 2 * time, 1, 1);
        convolution("time.1", 2 * time, 2 * time, 1, 1);
        int levels = channels.length;
        for (int l = 0; l < levels; l++) {
            blocks("down." + l, blocksDown[l], channels[l]);
            if (attention.get(l).asBoolean()) {
                norm("down." + l + ".attention.norm", channels[l]);
                for (String part : new String[] {"query", "key", "value", "out"}) {
                    convolution("down." + l + ".attention." + part, channels[l], channels[l], 1, 1);
                }
            }
            if (l < levels - 1) {
                convolution("shrink." + l, channels[l], channels[l + 1], 3, 2);
            }
        }
        for (int l = 0; l < levels - 1; l++) {
            convolution("widen." + l, channels[l + 1], channels[l], 1, 1);
            convolution("join." + l, 2 * channels[l], channels[l], 1, 1);
            blocks("up." + l, blocksUp[l], channels[l]);
        }
        norm("head.norm", channels[0]);
        convolution("head.hidden", channels[0], head, 1, 1);
        convolution("head.out", head, images * categories, 1, 1);
    }

    private void blocks(String name, int count, int c) {
        for (int i = 0; i < count; i++) {
            String block = name + ".block" + i;
            norm(block + ".norm1", c);
            convolution(block + ".conv1", c, c, 3, 1);
            convolution(block + ".time", 2 * time, c, 1, 1);
            norm(block + ".norm2", c);
            convolution(block + ".conv2", c, c, 3, 1);
        }
    }

    private float[] weight(String name, int size) {
        parameters.add(name + ".weight");
        return model.parameter(name + ".weight", size);
    }

    private float[] bias(String name, int size) {
        parameters.add(name + ".bias");
        return model.parameter(name + ".bias", size);
    }

    /** A convolution, or a linear map, which is one of size 1 on a single place. */
    private void convolution(String name, int in, int out, int size, int stride) {
        layers.put(name, new Layer(weight(name, out * size * size * in), bias(name, out), size, stride));
    }

    private void norm(String name, int c) {
        layers.put(name, new Layer(weight(name, c), bias(name, c), 0, 0));
    }

    /** The names of the parameters in the order of the id. */
    List<String> parameters() {
        return parameters;
    }

    private Grid apply(String name, Grid x) {
        Layer layer = layers.get(name);
        return layer.size == 0
                ? ReferenceMath.groupNorm(x, groups, layer.weight, layer.bias)
                : ReferenceMath.convolution(x, layer.weight, layer.bias, layer.size, layer.stride);
    }

    private Grid normSilu(String name, Grid x) {
        return ReferenceMath.silu(apply(name, x));
    }

    private Grid block(String name, Grid x, Grid u) {
        Grid h = apply(name + ".conv1", normSilu(name + ".norm1", x));
        h = add(h, apply(name + ".time", u));
        return add(x, apply(name + ".conv2", normSilu(name + ".norm2", h)));
    }

    private Grid attend(String name, Grid x) {
        Grid h = apply(name + ".norm", x);
        Grid attended = ReferenceMath.attention(
                apply(name + ".query", h), apply(name + ".key", h), apply(name + ".value", h), heads);
        return add(x, apply(name + ".out", attended));
    }

    /** The logits of all variables: K for the first position, K for the second, and so on. */
    float[] logits(int[] values, boolean[] known) {
        Grid u = timeVector(known);
        Grid h = concatenation(apply("in.value", valuesAndMask(values, known)), embedded(values, known));
        List<Grid> skips = new ArrayList<>();
        for (int l = 0; l < channels.length; l++) {
            for (int i = 0; i < blocksDown[l]; i++) {
                h = block("down." + l + ".block" + i, h, u);
            }
            if (attention.get(l).asBoolean()) {
                h = attend("down." + l + ".attention", h);
            }
            if (l < channels.length - 1) {
                skips.add(h);
                h = apply("shrink." + l, h);
            }
        }
        for (int l = channels.length - 2; l >= 0; l--) {
            Grid skip = skips.get(l);
            Grid coarse = ReferenceMath.upsampling(apply("widen." + l, h), skip.h(), skip.w());
            h = apply("join." + l, concatenation(coarse, skip));
            for (int i = 0; i < blocksUp[l]; i++) {
                h = block("up." + l + ".block" + i, h, u);
            }
        }
        h = ReferenceMath.silu(apply("head.hidden", normSilu("head.norm", h)));
        return apply("head.out", h).v();
    }

    private Grid timeVector(boolean[] known) {
        int count = 0;
        for (boolean flag : known) {
            count += flag ? 1 : 0;
        }
        double f = (float) count / (float) known.length;
        Grid x = new Grid(1, 1, time);
        int half = time / 2;
        for (int i = 0; i < half; i++) {
            double frequency = StrictMath.exp(-StrictMath.log(10000.0) * i / Math.max(1, half - 1));
            double angle = 1000.0 * f * frequency;
            x.v()[i] = (float) StrictMath.sin(angle);
            x.v()[half + i] = (float) StrictMath.cos(angle);
        }
        return ReferenceMath.silu(apply("time.1", ReferenceMath.silu(apply("time.0", x))));
    }

    private Grid valuesAndMask(int[] values, boolean[] known) {
        Grid out = new Grid(height, width, 2 * images);
        for (int i = 0; i < values.length; i++) {
            if (known[i]) {
                int at = i / images * 2 * images + i % images;
                out.v()[at] = (float) (2 * values[i] - (categories - 1)) / (float) (categories - 1);
                out.v()[at + images] = 1f;
            }
        }
        return out;
    }

    private Grid embedded(int[] values, boolean[] known) {
        Grid ids = new Grid(height, width, images * embedding);
        float[] table = layers.get("in.embedding").weight;
        for (int i = 0; i < values.length; i++) {
            int id = known[i] ? values[i] : categories;
            System.arraycopy(table, id * embedding, ids.v(), i * embedding, embedding);
        }
        return apply("in.embedded", ids);
    }
}
