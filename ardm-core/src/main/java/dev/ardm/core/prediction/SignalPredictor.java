package dev.ardm.core.prediction;

import dev.ardm.core.decision.SymbolCoder;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.network.Ops;
import java.util.List;

/** Codes signals, one sample after the other, each given those before it. For one thread. */
final class SignalPredictor {
    private final int categories;
    private final int channels;
    private final int[] unusedStarts;
    private final PredictionNetwork network;
    private final ExactEngine.Worker worker;
    private final SampleDistribution distribution = new SampleDistribution();
    private final float[] numbers = new float[PredictionNetwork.INPUTS];
    private final Piece piece = new Piece() {
        @Override
        public <T> T run(Ops<T> ops) {
            return network.outputs(ops, ops.input(numbers, 1, 1, 1, PredictionNetwork.INPUTS));
        }
    };
    private SignalScale scale;
    private SignalState state;

    /** @param unusedStarts slots of the numbers of unused bits, as {@link SymbolCoder#choose} takes them */
    SignalPredictor(
            int categories, int channels, int[] unusedStarts, PredictionNetwork network, ExactEngine.Worker worker) {
        this.categories = categories;
        this.channels = channels;
        this.unusedStarts = unusedStarts;
        this.network = network;
        this.worker = worker;
        scale = new SignalScale(categories, 0);
        state = new SignalState(channels, scale.most());
    }

    /**
     * Begins an item.
     *
     * @param given of the item; ignored when reading
     */
    void begin(SymbolCoder coder, SignalScale given) {
        int sizes = SignalScale.sizes(categories);
        int unused = sizes == 1 ? 0 : coder.choose(unusedStarts, sizes, given.unused());
        scale = new SignalScale(categories, unused);
        state = new SignalState(channels, scale.most());
    }

    /**
     * Codes the next value.
     *
     * @param value ignored when reading
     */
    int code(SymbolCoder coder, int value) {
        state.next(numbers);
        distribution.set(worker.values(List.of(piece))[0], state.centre(), state.scale());
        int sample = distribution.code(coder, scale.smallest(), scale.largest(), scale.sample(value));
        state.learn(sample);
        return scale.value(sample);
    }
}
