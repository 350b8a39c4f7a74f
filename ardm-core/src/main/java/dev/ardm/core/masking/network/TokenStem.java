package dev.ardm.core.masking.network;

import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * Every variable as a place of its own, for spaces of any shape: the embedding of its value, in which unknown is a
 * category of its own, plus a learned embedding of its place, and the conditioning of the whole item.
 *
 * <p>For an {@link Autoregressive} process places are in the order of generation, and each shows the value generated before. In
 * permuted orders, after XLNet (Yang et al. 2019), a place has the embeddings of the position to predict and of the one shown side
 * by side, each half as wide.
 *
 * <p>With ends, a place also has a learned embedding of how many places follow it, if the sequence is shorter than the space. Of one that
 * is not, nothing says whether it goes on.
 */
final class TokenStem implements Stem {
    private final Process process;
    private final boolean permuted;
    private final Embedding embedding;
    private final Embedding position;
    private final List<Embedding> end = new ArrayList<>();
    private final List<Linear> value = new ArrayList<>();
    private final Conditioning conditioning;

    /**
     * @param width features of each place; even where orders are permuted
     * @param time width of the time embedding, 0 for none
     * @param ends whether items may be shorter than the space
     */
    TokenStem(Process process, int width, int time, boolean ends) {
        this.process = process;
        permuted = process instanceof Autoregressive order && order.permuted();
        if (permuted && width % 2 != 0) {
            throw new IllegalArgumentException("width must be even to hold two positions, got " + width);
        }
        int dimensions = process.space().dimensions();
        embedding = new Embedding("in.embedding", new ValueIds(process.space()).rows(), width);
        position = permuted
                ? new Embedding("in.position", dimensions + 1, width / 2)
                : new Embedding("in.position", dimensions, width);
        if (ends) {
            // The last row: there is no end in sight.
            end.add(new Embedding("in.end", dimensions, width));
        }
        if (process.stages() > 1) {
            // Ids do not show whether a value is known as precisely as its stage makes it.
            value.add(new Linear("in.value", NetworkInput.valuesAndMaskWidth(process, 1), width, Init.FAN_IN));
        }
        // Else what all places share would drown the small embeddings at first.
        conditioning = new Conditioning(process, time, width, Init.ZERO);
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(List.of(embedding, position));
        layers.addAll(end);
        layers.addAll(value);
        layers.addAll(conditioning.layers());
        return layers;
    }

    @Override
    public int variables() {
        return 1;
    }

    @Override
    public boolean ends() {
        return !end.isEmpty();
    }

    @Override
    public List<Embedding> positionTables() {
        return List.of(position);
    }

    @Override
    public <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places) {
        int n = input.batch();
        if (process.causal()) {
            GenerationOrder order = new GenerationOrder(input, places);
            T x = ops.embedding(order.shiftedIds(), embedding, n, 1, order.slots(), 1);
            T at = permuted
                    ? ops.embedding(order.targetsAndInputs(), position, n, 1, order.slots(), 2)
                    : ops.embedding(order.targets(), position, n, 1, order.slots(), 1);
            return new Features<>(withEnd(ops, ops.add(x, at), input, order.slots()), null, order.sites(), null);
        }
        int dimensions = input.space().dimensions();
        T x = ops.embedding(input.absorbedIds(), embedding, n, 1, dimensions, 1);
        x = withEnd(ops, ops.addPerPlace(x, position), input, dimensions);
        for (Linear numbers : value) {
            x = ops.linearAdd(ops.input(input.valuesAndMask(1), n, 1, dimensions, numbers.in()), numbers, x);
        }
        for (T vector : conditioning.vectors(ops, input)) {
            x = ops.addPerItem(x, vector);
        }
        return new Features<>(x, null, places, null);
    }

    /** Adds to each of the first places of each item how many follow it. */
    private <T> T withEnd(Ops<T> ops, T x, NetworkInput input, int shown) {
        T out = x;
        for (Embedding table : end) {
            int[] rows = new int[input.batch() * shown];
            for (int i = 0; i < rows.length; i++) {
                int length = input.length(i / shown);
                int after = length - 1 - i % shown;
                rows[i] = length == table.rows() || after < 0 ? table.rows() - 1 : after;
            }
            out = ops.add(out, ops.embedding(rows, table, input.batch(), 1, shown, 1));
        }
        return out;
    }
}
