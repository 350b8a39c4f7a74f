package dev.ardm.core.prediction;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a network learns from: samples of signals as it sees them, and where they were, in units of what its outputs are measured in.
 *
 * @param numbers {@link PredictionNetwork#INPUTS} of each sample
 * @param offsets of each sample from where its distribution begins
 * @param halves half a step between values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PredictionRows(float[] numbers, float[] offsets, float[] halves) {
    /**
     * Takes random samples of signals.
     *
     * @param space see {@link PredictionModel#takes}
     * @param channels interleaved in an item
     * @param most how many samples at most
     * @param seed of which samples
     * @param progress receives the number of items that are done
     */
    public static PredictionRows of(
            Space space, int channels, List<int[]> items, int most, long seed, IntConsumer progress) {
        long samples = items.stream().mapToLong(item -> item.length).sum();
        double part = Math.min(1, most / (double) Math.max(1, samples));
        RandomStream random = RandomStream.of(seed, Purpose.CORRUPTION, 0);
        int width = PredictionNetwork.INPUTS;
        float[] numbers = new float[(int) Math.min(most, samples) * width];
        float[] offsets = new float[numbers.length / width];
        float[] halves = new float[offsets.length];
        float[] passedOver = new float[width];
        int rows = 0;
        for (int k = 0; k < items.size(); k++) {
            int[] values = items.get(k);
            SignalScale scale = SignalScale.of(space.maxCategories(), values, values.length);
            SignalState state = new SignalState(channels, scale.most());
            for (int value : values) {
                boolean taken = rows < offsets.length && random.nextDouble() < part;
                state.next(taken ? numbers : passedOver, taken ? rows * width : 0);
                int sample = scale.sample(value);
                if (taken) {
                    offsets[rows] = (float) ((sample - state.centre()) / state.scale());
                    halves[rows++] = (float) (0.5 / state.scale());
                }
                state.learn(sample);
            }
            progress.accept(k + 1);
        }
        return new PredictionRows(
                Arrays.copyOf(numbers, rows * width), Arrays.copyOf(offsets, rows), Arrays.copyOf(halves, rows));
    }

    /** Number of samples. */
    public int count() {
        return offsets.length;
    }
}
