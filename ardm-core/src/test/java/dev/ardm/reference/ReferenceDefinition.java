package dev.ardm.reference;

import java.io.IOException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The definition of a model (arithmetic.md, The model file).
 *
 * @param shape the extents of the axes; H, W and C if there are three
 * @param categories K
 * @param scale as in the header of an archive
 * @param process in which stages and units items are generated
 * @param output what the outputs of the network are
 * @param unet the sizes of the network if it is a U-Net, else null
 * @param transformer the sizes of the network if it is a transformer, else null
 */
record ReferenceDefinition(
        int[] shape,
        int categories,
        int scale,
        ReferenceProcess process,
        ReferenceOutput output,
        ReferenceUnetSizes unet,
        ReferenceTransformerSizes transformer) {

    private static final int MOST_AXES = 16;
    private static final int MOST_VALUES = 1 << 24;
    private static final int MOST_CATEGORIES = 1 << 16;

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
        String kind = network.required("kind").stringValue();
        expect(kind.equals("unet") || kind.equals("transformer"), "kind");
        String scale = space.required("scale").stringValue();
        expect(scale.equals("ordered") || scale.equals("nominal"), "scale");
        int[] shape = ints(space.required("shape"));
        int[] categories = ints(space.required("categories"));
        expect(categories.length == 1 && categories[0] >= 2 && categories[0] <= MOST_CATEGORIES, "categories");
        int size = size(shape);
        ReferenceProcess process = ReferenceProcess.read(root.required("process"), shape, categories[0]);
        expect(kind.equals("unet") || process.unit() == 1, "a transformer is for single variables");
        return new ReferenceDefinition(
                shape,
                categories[0],
                scale.equals("ordered") ? 0 : 1,
                process,
                ReferenceOutput.read(root.get("output"), process, scale),
                kind.equals("unet") ? ReferenceUnetSizes.read(network, shape) : null,
                kind.equals("transformer") ? ReferenceTransformerSizes.read(network, size) : null);
    }

    /** Returns the number of values, D; the limits are those of an archive's header (format.md, Header). */
    private static int size(int[] shape) throws IOException {
        expect(shape.length >= 1 && shape.length <= MOST_AXES, "shape");
        long size = 1;
        for (int extent : shape) {
            expect(extent >= 1, "shape");
            size *= extent;
            expect(size <= MOST_VALUES, "shape");
        }
        return (int) size;
    }

    static int[] ints(JsonNode node) {
        int[] numbers = new int[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(i).intValue();
        }
        return numbers;
    }

    static void expect(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new IOException("the definition of the model: " + what);
        }
    }

    /** Returns the number of values of an item, D. */
    int size() {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }

    /** Returns the number of units of an item, N. */
    int units() {
        return size() / process.unit();
    }

    /** Returns the shapes of all parameters in the order of the id (sections The U-Net and The transformer). */
    Map<String, int[]> parameters() {
        if (unet != null) {
            return unet.parameters(shape[2], process, output);
        }
        return transformer.parameters(size(), process, output);
    }
}
