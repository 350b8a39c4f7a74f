package dev.ardm.core.prediction;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.model.Half;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a network learns from: samples of signals as it sees them, and where they were, in units of what its outputs are measured in. There
 * are many, so they are kept in few bytes.
 *
 * @param numbers {@link PredictionNetwork#INPUTS} of each sample, as binary16; those after the last sample mean nothing
 * @param offsets of each sample from where its distribution begins
 * @param halves half a step between values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PredictionRows(short[] numbers, float[] offsets, float[] halves) {
    /** Memory that a sample takes. */
    public static final int BYTES = PredictionNetwork.INPUTS * Short.BYTES + 2 * Float.BYTES;

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
        short[] numbers = new short[(int) Math.min(most, samples) * width];
        float[] offsets = new float[numbers.length / width];
        float[] halves = new float[offsets.length];
        float[] seen = new float[width];
        int rows = 0;
        for (int k = 0; k < items.size(); k++) {
            int[] values = items.get(k);
            SignalScale scale = SignalScale.of(space.maxCategories(), values, values.length);
            SignalState state = new SignalState(channels, scale.most());
            for (int value : values) {
                state.next(seen);
                int sample = scale.sample(value);
                if (rows < offsets.length && random.nextDouble() < part) {
                    for (int i = 0; i < width; i++) {
                        numbers[rows * width + i] = Half.bits(seen[i]);
                    }
                    offsets[rows] = (float) ((sample - state.centre()) / state.scale());
                    halves[rows++] = (float) (0.5 / state.scale());
                }
                state.learn(sample);
            }
            progress.accept(k + 1);
        }
        return new PredictionRows(numbers, Arrays.copyOf(offsets, rows), Arrays.copyOf(halves, rows));
    }

    /** The numbers of chosen samples, one after the other. */
    public float[] numbers(int[] chosen) {
        int width = PredictionNetwork.INPUTS;
        float[] out = new float[chosen.length * width];
        for (int k = 0; k < out.length; k++) {
            out[k] = Half.value(numbers[chosen[k / width] * width + k % width]);
        }
        return out;
    }

    /** Number of samples. */
    public int count() {
        return offsets.length;
    }
}
