package dev.ardm.core.masking.engine;

import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.network.Ops;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The evaluation of a network on a whole item, for chosen units of it. */
final class WholeEvaluation implements Evaluation {
    private final Network network;
    private final Supplier<NetworkInput> input;
    private final @Nullable CountLogs counts;
    /** Places of the units; one place if several units next to each other share it. */
    private final int[] places;
    /** Where the outputs of each unit are. */
    private final int[] row;

    /**
     * @param input makes the input, on the thread that evaluates it
     * @param counts what tells the network of values, if anything does
     */
    WholeEvaluation(Network network, Supplier<NetworkInput> input, int[] units, @Nullable CountLogs counts) {
        this.network = network;
        this.input = input;
        this.counts = counts;
        int perPlace = network.unitsPerPlace();
        int[] each = new int[units.length];
        row = new int[units.length];
        int count = 0;
        for (int i = 0; i < units.length; i++) {
            int place = units[i] / perPlace;
            if (count == 0 || each[count - 1] != place) {
                each[count++] = place;
            }
            row[i] = (count - 1) * perPlace + units[i] % perPlace;
        }
        places = Arrays.copyOf(each, count);
    }

    @Override
    public <T> T run(Ops<T> ops) {
        if (places.length == 0) {
            return ops.input(new float[0], 1, 1, 0, network.output().outputs());
        }
        NetworkInput items = input.get();
        return network.logits(ops, counts == null ? items : counts.tell(items, places), places);
    }

    @Override
    public float[] outputs(float[] values) {
        int outputs = network.output().outputs();
        float[] out = new float[Math.multiplyExact(row.length, outputs)];
        for (int i = 0; i < row.length; i++) {
            System.arraycopy(values, row[i] * outputs, out, i * outputs, outputs);
        }
        return out;
    }
}
