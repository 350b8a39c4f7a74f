package dev.ardm.reference;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The definition of a model (arithmetic.md, The model file and The network).
 *
 * @param shape H, W and C
 * @param categories K
 * @param scale as in the header of an archive
 */
record ReferenceDefinition(
        int[] shape,
        int categories,
        int scale,
        int[] channels,
        int[] blocksDown,
        int[] blocksUp,
        boolean[] attention,
        int heads,
        int groups,
        int embedding,
        int time,
        int head) {

    static ReferenceDefinition read(String json) throws IOException {
        try {
            return read(JsonMapper.builder().build().readTree(json));
        } catch (JacksonException e) {
            throw new IOException("the definition of the model", e);
        }
    }

    private static ReferenceDefinition read(JsonNode root) throws IOException {
        JsonNode space = root.required("space");
        JsonNode network = root.required("network");
        expect(root.required("arithmetic").intValue() == 1, "arithmetic");
        expect(root.required("process").stringValue().equals("order-agnostic"), "process");
        expect(network.required("kind").stringValue().equals("unet"), "kind");
        String scale = space.required("scale").stringValue();
        expect(scale.equals("ordered") || scale.equals("nominal"), "scale");
        int[] shape = ints(space.required("shape"));
        int[] categories = ints(space.required("categories"));
        int[] channels = ints(network.required("channels"));
        int[] blocksDown = ints(network.required("blocks_down"));
        int[] blocksUp = ints(network.required("blocks_up"));
        JsonNode attentionNode = network.required("attention");
        boolean[] attention = new boolean[attentionNode.size()];
        for (int l = 0; l < attention.length; l++) {
            attention[l] = attentionNode.get(l).booleanValue();
        }
        int levels = channels.length;
        expect(shape.length == 3 && categories.length == 1, "space");
        expect(blocksDown.length == levels && blocksUp.length == levels - 1 && attention.length == levels, "levels");
        Function<String, Integer> size = name -> network.required(name).intValue();
        return new ReferenceDefinition(
                shape,
                categories[0],
                scale.equals("ordered") ? 0 : 1,
                channels,
                blocksDown,
                blocksUp,
                attention,
                size.apply("heads"),
                size.apply("groups"),
                size.apply("embedding"),
                size.apply("time"),
                size.apply("head"));
    }

    private static int[] ints(JsonNode node) {
        int[] numbers = new int[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(i).intValue();
        }
        return numbers;
    }

    private static void expect(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new IOException("the definition of the model: " + what);
        }
    }

    int levels() {
        return channels.length;
    }

    /** Returns the shapes of all parameters in the order of the id (section Layers). */
    Map<String, int[]> parameters() {
        Map<String, int[]> all = new LinkedHashMap<>();
        int c0 = channels[0];
        convolution(all, "in.value", c0 - c0 / 4, 3, 2 * shape[2]);
        all.put("in.embedding.weight", new int[] {categories + 1, embedding});
        convolution(all, "in.embedded", c0 / 4, 1, shape[2] * embedding);
        linear(all, "time.0", 2 * time, time);
        linear(all, "time.1", 2 * time, 2 * time);
        for (int l = 0; l < levels(); l++) {
            int c = channels[l];
            blocks(all, "down." + l, blocksDown[l], c);
            if (attention[l]) {
                String name = "down." + l + ".attention";
                norm(all, name + ".norm", c);
                convolution(all, name + ".query", c, 1, c);
                convolution(all, name + ".key", c, 1, c);
                convolution(all, name + ".value", c, 1, c);
                convolution(all, name + ".out", c, 1, c);
            }
            if (l < levels() - 1) {
                convolution(all, "shrink." + l, channels[l + 1], 3, c);
            }
        }
        for (int l = 0; l < levels() - 1; l++) {
            int c = channels[l];
            convolution(all, "widen." + l, c, 1, channels[l + 1]);
            convolution(all, "join." + l, c, 1, 2 * c);
            blocks(all, "up." + l, blocksUp[l], c);
        }
        norm(all, "head.norm", c0);
        convolution(all, "head.hidden", head, 1, c0);
        convolution(all, "head.out", shape[2] * categories, 1, head);
        return all;
    }

    private void blocks(Map<String, int[]> all, String prefix, int count, int c) {
        for (int i = 0; i < count; i++) {
            String name = prefix + ".block" + i;
            norm(all, name + ".norm1", c);
            convolution(all, name + ".conv1", c, 3, c);
            linear(all, name + ".time", c, 2 * time);
            norm(all, name + ".norm2", c);
            convolution(all, name + ".conv2", c, 3, c);
        }
    }

    private static void convolution(Map<String, int[]> all, String name, int out, int size, int in) {
        all.put(name + ".weight", new int[] {out, size, size, in});
        all.put(name + ".bias", new int[] {out});
    }

    private static void linear(Map<String, int[]> all, String name, int out, int in) {
        all.put(name + ".weight", new int[] {out, in});
        all.put(name + ".bias", new int[] {out});
    }

    private static void norm(Map<String, int[]> all, String name, int c) {
        all.put(name + ".weight", new int[] {c});
        all.put(name + ".bias", new int[] {c});
    }
}
