package dev.ardm.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the shapes of the parameters of layers, in the order of the id (arithmetic.md, Layers). */
final class ReferenceShapes {

    private final Map<String, int[]> all = new LinkedHashMap<>();

    /** A convolution with a kernel of size times size. */
    void convolution(String name, int out, int size, int in) {
        all.put(name + ".weight", new int[] {out, size, size, in});
        all.put(name + ".bias", new int[] {out});
    }

    void linear(String name, int out, int in) {
        all.put(name + ".weight", new int[] {out, in});
        all.put(name + ".bias", new int[] {out});
    }

    /** A group norm or a layer norm. */
    void norm(String name, int channels) {
        all.put(name + ".weight", new int[] {channels});
        all.put(name + ".bias", new int[] {channels});
    }

    void embedding(String name, int rows, int width) {
        all.put(name + ".weight", new int[] {rows, width});
    }

    Map<String, int[]> all() {
        return all;
    }
}
