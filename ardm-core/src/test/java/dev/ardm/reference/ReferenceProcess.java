package dev.ardm.reference;

import static dev.ardm.reference.ReferenceDefinition.expect;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * In which stages, and how many variables at a time, an item is generated (arithmetic.md, Stages and units).
 *
 * @param categories K
 * @param unit how many variables become known together
 * @param branching b, or 0 if there is one stage
 * @param stages S
 * @param tree the leaf of each value; null if each is its own
 */
record ReferenceProcess(int categories, int unit, int branching, int stages, int[] tree) {

    static ReferenceProcess read(JsonNode node, int[] shape, int categories) throws IOException {
        if (node.isString()) {
            expect(node.stringValue().equals("order-agnostic"), "process");
            return new ReferenceProcess(categories, 1, 0, 1, null);
        }
        String kind = node.required("kind").stringValue();
        expect(!node.has("given"), "a conditional model has no archives");
        if (kind.equals("upscale")) {
            int b = node.required("branching").intValue();
            expect(b >= 2, "branching");
            int stages = 1;
            long reach = b;
            while (reach < categories) {
                reach *= b;
                stages++;
            }
            return new ReferenceProcess(categories, 1, b, stages, tree(node, categories));
        }
        expect(kind.equals("order-agnostic"), "process");
        int unit = node.required("unit").intValue();
        expect(unit == 1 || unit == shape[shape.length - 1], "unit");
        return new ReferenceProcess(categories, unit, 0, 1, null);
    }

    /** The number of values in an interval after so many stages, but for its end at K. */
    int width(int done) {
        if (done == 0) {
            return categories;
        }
        int width = 1;
        for (int stage = done; stage < stages; stage++) {
            width *= branching;
        }
        return width;
    }

    private static int[] tree(JsonNode node, int categories) throws IOException {
        if (!node.has("tree")) {
            return null;
        }
        int[] tree = new int[categories];
        expect(node.get("tree").size() == categories, "tree");
        boolean[] taken = new boolean[categories];
        for (int value = 0; value < categories; value++) {
            tree[value] = node.get("tree").get(value).intValue();
            expect(tree[value] >= 0 && tree[value] < categories && !taken[tree[value]], "tree");
            taken[tree[value]] = true;
        }
        return tree;
    }

    int leaf(int value) {
        return tree == null ? value : tree[value];
    }

    int valueOf(int leaf) {
        int value = leaf;
        for (int v = 0; tree != null && v < categories; v++) {
            value = tree[v] == leaf ? v : value;
        }
        return value;
    }

    /** The least leaf of the interval that a value's lies in after so many stages. */
    int least(int value, int done) {
        return leaf(value) - leaf(value) % width(done);
    }

    /** One past the largest leaf of the interval. */
    int end(int least, int done) {
        return Math.min(least + width(done), categories);
    }
}
