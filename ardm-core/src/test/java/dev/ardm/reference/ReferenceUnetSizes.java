package dev.ardm.reference;

import static dev.ardm.reference.ReferenceDefinition.expect;
import static dev.ardm.reference.ReferenceDefinition.ints;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The sizes of a U-Net and its layers (arithmetic.md, The U-Net). */
record ReferenceUnetSizes(
        int[] channels,
        int[] blocksDown,
        int[] blocksUp,
        boolean[] attention,
        int heads,
        int groups,
        int embedding,
        int time,
        int head,
        boolean interpolation) {

    private static final int MOST = 4096;
    private static final int MOST_BLOCKS = 256;

    static ReferenceUnetSizes read(JsonNode network, int[] shape) throws IOException {
        JsonNode attentionNode = network.required("attention");
        boolean[] attention = new boolean[attentionNode.size()];
        for (int l = 0; l < attention.length; l++) {
            attention[l] = attentionNode.get(l).booleanValue();
        }
        ReferenceUnetSizes sizes = new ReferenceUnetSizes(
                ints(network.required("channels")),
                ints(network.required("blocks_down")),
                ints(network.required("blocks_up")),
                attention,
                network.required("heads").intValue(),
                network.required("groups").intValue(),
                network.required("embedding").intValue(),
                network.required("time").intValue(),
                network.required("head").intValue(),
                network.has("interpolation") && network.get("interpolation").booleanValue());
        expect(shape.length == 3, "a U-Net is for three axes");
        sizes.check();
        return sizes;
    }

    private void check() throws IOException {
        int levels = levels();
        expect(levels >= 1, "levels");
        expect(blocksDown.length == levels && blocksUp.length == levels - 1 && attention.length == levels, "levels");
        for (int size : new int[] {heads, groups, embedding, time, head}) {
            expect(size >= 1 && size <= MOST, "sizes");
        }
        for (int c : channels) {
            expect(c >= 1 && c <= MOST && c % 4 == 0 && c % groups == 0 && c % heads == 0, "channels");
        }
        for (int blocks : blocksDown) {
            expect(blocks >= 0 && blocks <= MOST_BLOCKS, "blocks_down");
        }
        for (int blocks : blocksUp) {
            expect(blocks >= 0 && blocks <= MOST_BLOCKS, "blocks_up");
        }
        expect(head % groups == 0, "head");
        expect(time % 2 == 0, "time");
    }

    int levels() {
        return channels.length;
    }

    /** Returns the shapes of all parameters in the order of the id; depth is C. */
    Map<String, int[]> parameters(int depth, ReferenceProcess process, ReferenceOutput output) {
        ReferenceShapes shapes = new ReferenceShapes();
        int c0 = channels[0];
        int numbers = 2 * depth + (process.stages() > 1 ? process.stages() : 0) + (interpolation ? 2 * depth : 0);
        shapes.convolution("in.value", c0 - c0 / 4, 3, numbers);
        shapes.embedding("in.embedding", process.categories() + 1, embedding);
        shapes.convolution("in.embedded", c0 / 4, 1, depth * embedding);
        shapes.linear("time.0", 2 * time, time);
        shapes.linear("time.1", 2 * time, 2 * time);
        for (int l = 0; l < levels(); l++) {
            int c = channels[l];
            blocks(shapes, "down." + l, blocksDown[l], c);
            if (attention[l]) {
                String name = "down." + l + ".attention";
                shapes.norm(name + ".norm", c);
                shapes.convolution(name + ".query", c, 1, c);
                shapes.convolution(name + ".key", c, 1, c);
                shapes.convolution(name + ".value", c, 1, c);
                shapes.convolution(name + ".out", c, 1, c);
            }
            if (l < levels() - 1) {
                shapes.convolution("shrink." + l, channels[l + 1], 3, c);
            }
        }
        for (int l = 0; l < levels() - 1; l++) {
            int c = channels[l];
            shapes.convolution("widen." + l, c, 1, channels[l + 1]);
            shapes.convolution("join." + l, c, 1, 2 * c);
            blocks(shapes, "up." + l, blocksUp[l], c);
        }
        shapes.norm("head.norm", c0);
        shapes.convolution("head.hidden", head, 1, c0);
        shapes.convolution("head.out", depth / process.unit() * output.size(), 1, head);
        return shapes.all();
    }

    private void blocks(ReferenceShapes shapes, String prefix, int count, int c) {
        for (int i = 0; i < count; i++) {
            String name = prefix + ".block" + i;
            shapes.norm(name + ".norm1", c);
            shapes.convolution(name + ".conv1", c, 3, c);
            shapes.linear(name + ".time", c, 2 * time);
            shapes.norm(name + ".norm2", c);
            shapes.convolution(name + ".conv2", c, 3, c);
        }
    }
}
