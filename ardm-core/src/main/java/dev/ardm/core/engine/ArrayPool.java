package dev.ardm.core.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrays that serve one evaluation after another, so that nothing is allocated but in the first. */
final class ArrayPool {
    private final Map<Integer, ArrayDeque<float[]>> free = new HashMap<>();
    private final List<float[]> used = new ArrayList<>();

    /** An array of that shape with unspecified content. */
    ExactArray array(int... shape) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        ArrayDeque<float[]> pool = free.get(size);
        float[] values = pool == null || pool.isEmpty() ? new float[size] : pool.pop();
        used.add(values);
        return new ExactArray(values, shape);
    }

    /** Takes back all arrays handed out since the last call. */
    void recycle() {
        for (float[] array : used) {
            free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
        }
        used.clear();
    }
}
