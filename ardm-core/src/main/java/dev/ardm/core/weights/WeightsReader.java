package dev.ardm.core.weights;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.SymbolCoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what {@link WeightsWriter} wrote. It allocates no more than bytes can hold. */
public final class WeightsReader {
    private static final int SLACK = 64; // Weights that the head of a stack may hold besides.

    private final byte[] bytes;
    private int at; // Of the next block.
    private int read = WeightsWriter.BLOCK; // Weights of the block.
    private long total; // Weights of all.
    private AnsStack stack = AnsStack.of(1);

    private final WeightCoder coder = new WeightCoder(new SymbolCoder() {
        @Override
        public boolean decide(int probability, boolean happens) {
            return new StackReader(stack).decide(probability, happens);
        }

        @Override
        public int choose(int[] starts, int cases, int chosen) {
            return new StackReader(stack).choose(starts, cases, chosen);
        }
    });

    /** A reader from the beginning. */
    public WeightsReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the next tensor.
     *
     * @param shape its extents, as when it was written
     * @throws DamagedException if the bytes end before, or are damaged, as far as that shows
     */
    public float[] next(int... shape) throws DamagedException {
        if (read >= WeightsWriter.BLOCK) {
            open();
        }
        long most = (long) WeightCoder.PER_BYTE * bytes.length + SLACK - total; // Before anything is allocated.
        long count = 1;
        for (int extent : shape) {
            count *= extent;
            if (extent < 0 || count > most) {
                throw DamagedException.inStream(
                        0, bytes.length + " bytes cannot hold a tensor of so many weights as the model has");
            }
        }
        float[] values = coder.code(null, (int) count, WeightsWriter.width(shape, (int) count));
        read += (int) count;
        total += count;
        return values;
    }

    private void open() throws DamagedException {
        requireEnded();
        if (bytes.length - at < 4) {
            throw DamagedException.inStream(at, "the weights are cut off");
        }
        int length =
                ByteBuffer.wrap(bytes, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        at += 4;
        if (length < 0 || length > bytes.length - at) {
            throw DamagedException.inStream(at, "the weights are cut off");
        }
        stack = AnsStack.fromBytes(bytes, at, length);
        at += length;
        read = 0;
    }

    private void requireEnded() throws DamagedException {
        if (stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(at, "the weights are damaged");
        }
    }

    /**
     * Ends the reading.
     *
     * @throws DamagedException if anything is left over
     */
    public void close() throws DamagedException {
        requireEnded();
        if (at < bytes.length) {
            throw DamagedException.inStream(at, bytes.length - at + " bytes of weights are left over");
        }
    }
}
