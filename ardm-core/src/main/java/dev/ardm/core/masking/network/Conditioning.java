package dev.ardm.core.masking.network;

import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts about a whole item as vectors: the progress of its generation (its time), and its label, if items have labels
 * (Nichol and Dhariwal 2021).
 */
final class Conditioning {
    private final Process process;
    private final int width;
    private final List<Linear> time = new ArrayList<>();
    private final List<Embedding> label = new ArrayList<>();

    /**
     * @param time width of the time embedding, or 0 for a network that does not see the time
     * @param width of the vectors
     * @param last how the last layer of the time starts
     */
    Conditioning(Process process, int time, int width, Init last) {
        this.process = process;
        this.width = time;
        if (time > 0) {
            this.time.add(new Linear("time.0", time, width, Init.FAN_IN));
            this.time.add(new Linear("time.1", width, width, last));
        }
        if (process.classes() > 0) {
            // The last row stands for no label.
            label.add(new Embedding("label.embedding", process.classes() + 1, width));
        }
    }

    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(time);
        layers.addAll(label);
        return layers;
    }

    /** The vectors that there are, {@code [n, width]} each. */
    <T> List<T> vectors(Ops<T> ops, NetworkInput input) {
        List<T> vectors = new ArrayList<>();
        if (!time.isEmpty()) {
            T t = ops.input(TimeEmbedding.of(input.progress(), width), input.batch(), width);
            vectors.add(ops.linear(ops.silu(ops.linear(t, time.get(0))), time.get(1)));
        }
        for (Embedding table : label) {
            vectors.add(ops.embedding(input.labels(process.classes()), table, input.batch(), 1));
        }
        return vectors;
    }
}
