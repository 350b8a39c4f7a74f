package dev.ardm.reference;

import static dev.ardm.reference.ReferenceDefinition.expect;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The sizes of a transformer and its layers (arithmetic.md, The transformer). */
record ReferenceTransformerSizes(int layers, int width, int heads, int hidden, int time, boolean ends) {

    private static final int MOST_LAYERS = 256;
    private static final int MOST_WIDTH = 4096;
    private static final int MOST_HIDDEN = 16384;
    private static final int MOST_TIME = 4096;
    private static final long MOST_IN_A_MAP = 1L << 28;

    static ReferenceTransformerSizes read(JsonNode network, int places) throws IOException {
        ReferenceTransformerSizes sizes = new ReferenceTransformerSizes(
                network.required("layers").intValue(),
                network.required("width").intValue(),
                network.required("heads").intValue(),
                network.required("hidden").intValue(),
                network.required("time").intValue(),
                network.has("ends") && network.get("ends").booleanValue());
        sizes.check(places);
        return sizes;
    }

    private void check(int places) throws IOException {
        expect(layers >= 1 && layers <= MOST_LAYERS, "layers");
        expect(width >= 1 && width <= MOST_WIDTH, "width");
        expect(heads >= 1 && width % heads == 0, "heads");
        expect(hidden >= 1 && hidden <= MOST_HIDDEN, "hidden");
        expect(time >= 0 && time <= MOST_TIME && time % 2 == 0, "time");
        expect((long) places * width <= MOST_IN_A_MAP, "width");
    }

    /** Returns the shapes of all parameters in the order of the id; there is a place for each of D positions. */
    Map<String, int[]> parameters(int places, ReferenceProcess process, ReferenceOutput output) {
        ReferenceShapes shapes = new ReferenceShapes();
        shapes.embedding("in.embedding", process.categories() + 1, width);
        shapes.embedding("in.position", places, width);
        if (ends) {
            shapes.embedding("in.end", places, width);
        }
        if (process.stages() > 1) {
            shapes.linear("in.value", width, 2 + process.stages());
        }
        if (time > 0) {
            shapes.linear("time.0", width, time);
            shapes.linear("time.1", width, width);
        }
        for (int i = 0; i < layers; i++) {
            String name = "block" + i;
            shapes.norm(name + ".norm1", width);
            shapes.linear(name + ".query", width, width);
            shapes.linear(name + ".key", width, width);
            shapes.linear(name + ".value", width, width);
            shapes.linear(name + ".out", width, width);
            shapes.norm(name + ".norm2", width);
            shapes.linear(name + ".mlp.0", hidden, width);
            shapes.linear(name + ".mlp.1", width, hidden);
        }
        shapes.norm("head.norm", width);
        shapes.linear("head.out", output.size(), width);
        return shapes.all();
    }
}
