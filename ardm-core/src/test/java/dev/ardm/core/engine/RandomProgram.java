package dev.ardm.core.engine;

import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Some operations one after the other, of random sizes, each on what the one before gave. */
final class RandomProgram implements Layered, Piece {
    /** What a program can do. */
    enum Kind {
        CONV,
        CONV_SILU,
        CONV_ADD,
        CONV_ADD_PER_ITEM,
        JOIN,
        LINEAR,
        LINEAR_ADD,
        LINEAR_DROPOUT_ADD,
        LINEAR_GELU,
        GROUP_NORM,
        GROUP_NORM_SILU,
        GROUP_NORM_SILU_AT,
        LAYER_NORM,
        SILU,
        GELU,
        ADD,
        ADD_PER_ITEM,
        ADD_PER_PLACE,
        SITES,
        CONCAT,
        ATTENTION,
        ATTENTION_AT,
        DROPOUT,
        EMBEDDING_CONCAT,
        CONV_1D,
        RELU,
        GATED_TANH,
        SCALE,
        ATTENTION_CAUSAL,
        ATTENTION_CAUSAL_AT,
        SIGMOID,
        EXP,
        LOG,
        MULTIPLY,
        SPLIT,
        CAUSAL_CONV,
        CAUSAL_CONV_ADD,
        ROTARY
    }

    /**
     * One operation.
     *
     * @param layers those it needs
     * @param inputs arrays it needs next to the one it works on
     * @param shapes theirs
     * @param integers sites or ids
     */
    private record Step(
            Kind kind, List<Layer> layers, List<float[]> inputs, List<int[]> shapes, int[] integers, int heads) {}

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final int[] start;
    private final float[] values;
    private int n;
    private int h;
    private int w;
    private int c;

    /**
     * @param sizes items, height, width and channels at the start
     * @param kinds the operations
     */
    RandomProgram(Random random, int[] sizes, List<Kind> kinds) {
        this.random = random;
        start = sizes.clone();
        n = sizes[0];
        h = sizes[1];
        w = sizes[2];
        c = sizes[3];
        values = Engines.numbers(random, n * h * w * c, 1);
        kinds.forEach(this::add);
    }

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    private int divisor(int of) {
        int divisor = upTo(of);
        while (of % divisor != 0) {
            divisor--;
        }
        return divisor;
    }

    private <L extends Layer> L layer(L layer) {
        layers.add(layer);
        return layer;
    }

    private String name() {
        return "l" + layers.size();
    }

    private Conv2d conv(int stride) {
        return layer(new Conv2d(
                name(), c, upTo(random.nextInt(4) == 0 ? 80 : 20), 1 + 2 * random.nextInt(3), stride, Init.FAN_IN));
    }

    private int[] splitAt(int first) {
        return new int[] {first, c - first};
    }

    private int[] sites() {
        int places = n * h * w;
        int[] sites = new int[places == 0 ? 0 : random.nextInt(2 * places)];
        for (int i = 0; i < sites.length; i++) {
            sites[i] = random.nextInt(places);
        }
        if (random.nextInt(3) > 0) {
            java.util.Arrays.sort(sites); // as networks ask for them
        }
        return sites;
    }

    private void add(Kind kind) {
        List<Layer> used = new ArrayList<>();
        List<int[]> shapes = new ArrayList<>();
        int[] integers = {};
        int heads = 0;
        switch (kind) {
            case CONV, CONV_SILU, CONV_ADD, CONV_ADD_PER_ITEM -> {
                Conv2d conv = conv(upTo(3));
                used.add(conv);
                h = Math.floorDiv(h - 1, conv.stride()) + 1;
                w = Math.floorDiv(w - 1, conv.stride()) + 1;
                c = conv.out();
                if (kind == Kind.CONV_ADD) {
                    shapes.add(new int[] {n, h, w, c});
                } else if (kind == Kind.CONV_ADD_PER_ITEM) {
                    shapes.add(new int[] {n, c});
                }
            }
            case JOIN -> {
                int coarse = upTo(12);
                shapes.add(new int[] {n, (h + 1) / 2, (w + 1) / 2, coarse});
                Conv2d join = layer(new Conv2d(name(), coarse + c, upTo(40), 1, 1, Init.FAN_IN));
                used.add(join);
                c = join.out();
            }
            case CONV_1D -> {
                boolean causal = random.nextBoolean();
                int kernel = causal ? upTo(4) : 1 + 2 * random.nextInt(3);
                int out = upTo(random.nextInt(4) == 0 ? 80 : 20);
                int dilation = upTo(random.nextInt(4) == 0 ? 40 : 5);
                used.add(layer(new Conv1d(name(), c, out, kernel, dilation, causal, Init.FAN_IN)));
                c = out;
            }
            case CAUSAL_CONV, CAUSAL_CONV_ADD -> {
                boolean self = random.nextBoolean();
                CausalKernel kernel =
                        new CausalKernel(random.nextInt(4), random.nextInt(4) + (self ? 0 : 1), upTo(3), upTo(4), self);
                used.add(layer(new CausalConv2d(name(), c, upTo(40), kernel, Init.FAN_IN)));
                c = ((CausalConv2d) used.get(0)).out();
                if (kind == Kind.CAUSAL_CONV_ADD) {
                    shapes.add(new int[] {n, h, w, c});
                }
            }
            case GATED_TANH -> {
                int gates = upTo(30);
                used.add(layer(new Linear(name(), c, 2 * gates, Init.FAN_IN)));
                c = gates;
            }
            case LINEAR, LINEAR_GELU, LINEAR_ADD, LINEAR_DROPOUT_ADD -> {
                Linear linear = layer(new Linear(name(), c, upTo(40), Init.FAN_IN));
                used.add(linear);
                c = linear.out();
                if (kind == Kind.LINEAR_ADD || kind == Kind.LINEAR_DROPOUT_ADD) {
                    shapes.add(new int[] {n, h, w, c});
                }
            }
            case GROUP_NORM, GROUP_NORM_SILU, GROUP_NORM_SILU_AT ->
                used.add(layer(new GroupNorm(name(), c, divisor(c))));
            case LAYER_NORM -> used.add(layer(new LayerNorm(name(), c)));
            case ADD, MULTIPLY -> shapes.add(new int[] {n, h, w, c});
            case ADD_PER_ITEM -> shapes.add(new int[] {n, c});
            case ADD_PER_PLACE -> used.add(layer(new Embedding(name(), h * w, c)));
            case CONCAT -> {
                int more = upTo(9);
                shapes.add(new int[] {n, h, w, more});
                c += more;
            }
            case ATTENTION, ATTENTION_CAUSAL -> {
                heads = divisor(c);
                shapes.add(new int[] {n, h, w, c});
                shapes.add(new int[] {n, h, w, c});
            }
            case ATTENTION_AT, ATTENTION_CAUSAL_AT -> {
                heads = divisor(c);
                used.add(layer(new Linear(name(), c, c, Init.FAN_IN)));
                shapes.add(new int[] {n, h, w, c});
                shapes.add(new int[] {n, h, w, c});
            }
            case EMBEDDING_CONCAT -> {
                int each = upTo(3);
                Embedding table = layer(new Embedding(name(), 7, upTo(5)));
                used.add(table);
                integers = random.ints((long) n * h * w * each, 0, 7).toArray();
                shapes.add(new int[] {n, h, w, each});
                c += each * table.width();
            }
            case ROTARY -> {
                heads = divisor(c);
                used.add(layer(new Linear(name(), c, 2 * c, Init.FAN_IN)));
                c *= 2;
                integers = random.nextBoolean()
                        ? new int[] {}
                        : random.ints((long) n * h * w, 0, 300).toArray();
            }
            case SPLIT -> integers = c == 1 ? new int[] {1} : splitAt(upTo(c - 1));
            case SILU, GELU, RELU, SCALE, DROPOUT, SITES, SIGMOID, EXP, LOG -> {}
        }
        if (kind == Kind.SITES
                || kind == Kind.GROUP_NORM_SILU_AT
                || kind == Kind.ATTENTION_AT
                || kind == Kind.ATTENTION_CAUSAL_AT) {
            integers = sites();
            n = 1;
            h = 1;
            w = integers.length;
        }
        List<float[]> inputs = new ArrayList<>();
        for (int[] shape : shapes) {
            int size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            inputs.add(Engines.numbers(random, size, 1));
        }
        steps.add(new Step(kind, used, inputs, shapes, integers, heads));
    }

    @Override
    public <T> T run(Ops<T> ops) {
        T x = ops.input(values, start);
        for (Step step : steps) {
            x = run(ops, step, x);
        }
        return x;
    }

    private static <T> T run(Ops<T> ops, Step step, T x) {
        List<T> in = new ArrayList<>();
        for (int i = 0; i < step.inputs.size(); i++) {
            if (step.kind != Kind.EMBEDDING_CONCAT) {
                in.add(ops.input(step.inputs.get(i), step.shapes.get(i)));
            }
        }
        Layer layer = step.layers.isEmpty() ? null : step.layers.get(0);
        return switch (step.kind) {
            case CONV -> ops.conv2d(x, (Conv2d) layer);
            case CONV_SILU -> ops.conv2dSilu(x, (Conv2d) layer);
            case CONV_ADD -> ops.conv2dAdd(x, (Conv2d) layer, in.get(0));
            case CONV_ADD_PER_ITEM -> ops.conv2dAddPerItem(x, (Conv2d) layer, in.get(0));
            case JOIN -> ops.joinUpsampled(in.get(0), x, (Conv2d) layer);
            case LINEAR -> ops.linear(x, (Linear) layer);
            case LINEAR_ADD -> ops.linearAdd(x, (Linear) layer, in.get(0));
            case LINEAR_DROPOUT_ADD -> ops.linearDropoutAdd(x, (Linear) layer, 0.5, in.get(0));
            case LINEAR_GELU -> ops.linearGelu(x, (Linear) layer);
            case GROUP_NORM -> ops.groupNorm(x, (GroupNorm) layer);
            case GROUP_NORM_SILU -> ops.groupNormSilu(x, (GroupNorm) layer);
            case GROUP_NORM_SILU_AT -> ops.groupNormSiluAt(x, (GroupNorm) layer, step.integers);
            case LAYER_NORM -> ops.layerNorm(x, (LayerNorm) layer);
            case SILU -> ops.silu(x);
            case GELU -> ops.gelu(x);
            case ADD -> ops.add(x, in.get(0));
            case ADD_PER_ITEM -> ops.addPerItem(x, in.get(0));
            case ADD_PER_PLACE -> ops.addPerPlace(x, (Embedding) layer);
            case SITES -> ops.sites(x, step.integers);
            case CONCAT -> ops.concat(x, in.get(0));
            case ATTENTION -> ops.attention(x, in.get(0), in.get(1), step.heads, Visibility.ALL);
            case ATTENTION_AT ->
                ops.attentionAt(x, (Linear) layer, in.get(0), in.get(1), step.heads, Visibility.ALL, step.integers);
            case CONV_1D -> ops.conv1d(x, (Conv1d) layer);
            case CAUSAL_CONV -> ops.causalConv2d(x, (CausalConv2d) layer);
            case CAUSAL_CONV_ADD -> ops.causalConv2dAdd(x, (CausalConv2d) layer, in.get(0));
            case RELU -> ops.relu(x);
            case GATED_TANH -> ops.gatedTanh(ops.linear(x, (Linear) layer));
            case SCALE -> ops.scale(x, 0.7f);
            case ATTENTION_CAUSAL -> ops.attention(x, in.get(0), in.get(1), step.heads, Visibility.CAUSAL);
            case ATTENTION_CAUSAL_AT ->
                ops.attentionAt(x, (Linear) layer, in.get(0), in.get(1), step.heads, Visibility.CAUSAL, step.integers);
            case SIGMOID -> ops.sigmoid(x);
            // Of numbers whose results are finite.
            case EXP -> ops.exp(ops.sigmoid(x));
            case LOG -> ops.log(ops.scale(ops.exp(ops.sigmoid(x)), 0.3f));
            case MULTIPLY -> ops.multiply(x, in.get(0));
            case ROTARY ->
                ops.rotary(
                        ops.linear(x, (Linear) layer),
                        step.heads,
                        step.integers.length == 0 ? null : step.integers,
                        1.5f);
            case SPLIT -> {
                List<T> parts = ops.split(x, step.integers);
                yield parts.size() == 1 ? parts.get(0) : ops.concat(parts.get(1), parts.get(0));
            }
            case DROPOUT -> ops.dropout(x, 0.5);
            case EMBEDDING_CONCAT -> ops.concat(x, ops.embedding(step.integers, (Embedding) layer, step.shapes.get(0)));
        };
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public String toString() {
        return java.util.Arrays.toString(start) + " "
                + steps.stream().map(Step::kind).toList() + " " + layers;
    }
}
