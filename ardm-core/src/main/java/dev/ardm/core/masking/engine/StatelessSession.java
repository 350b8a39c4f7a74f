package dev.ardm.core.masking.engine;

import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.process.Process;
import org.jspecify.annotations.Nullable;

/** A session of any network: each call evaluates the whole item. */
final class StatelessSession implements Session {
    private final Network network;
    private final Process process;
    private final int[] values;
    private final boolean[] knownAtFirst;
    private final int @Nullable [] @Nullable [] order;
    private final int[] label;
    private final @Nullable CountLogs counts;
    private boolean[] known;
    private int stage;

    /** See {@link ItemEngine.Worker#session}. */
    StatelessSession(
            Network network,
            int[] values,
            boolean[] known,
            int @Nullable [] order,
            int label,
            @Nullable CountLogs counts) {
        this.network = network;
        this.process = network.process().ofLength(values.length);
        this.values = values;
        this.knownAtFirst = known.clone();
        this.known = known.clone();
        this.order = order == null ? null : new int[][] {order};
        this.label = new int[] {label};
        this.counts = counts;
    }

    @Override
    public void begin(int newStage) {
        stage = newStage;
        known = knownAtFirst.clone();
    }

    @Override
    public void reveal(int[] units) {
        for (int unit : units) {
            known[unit] = true;
        }
    }

    @Override
    public boolean unconditional() {
        if (stage > 0 || order != null || process != network.process()) {
            return false;
        }
        for (boolean flag : known) {
            if (flag) {
                return false;
            }
        }
        return true;
    }

    /** The evaluation of the network for chosen units, given all that is known. It is run before anything else is done with the session. */
    Evaluation evaluation(int[] units) {
        return new WholeEvaluation(
                network,
                () -> new NetworkInput(process, 1, values, knownValues(), new int[] {stage}, order, label, null),
                units,
                counts);
    }

    /** Flags of all variables, from those of all units. */
    private boolean[] knownValues() {
        int size = process.unitSize();
        if (size == 1) {
            return known;
        }
        boolean[] flags = new boolean[known.length * size];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = known[i / size];
        }
        return flags;
    }
}
