package dev.ardm.core.weights;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.StackWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Codes tensors, which {@link WeightsReader} reads in the same order.
 *
 * <p>Blocks of tensors, each a stack and before it its length in bytes, 4 bytes, least significant first. A block ends with the tensor that brings it
 * to {@link #BLOCK} weights, so that no more decisions than these are in memory.
 */
public final class WeightsWriter {
    static final int BLOCK = 1 << 20;

    private final StackWriter decisions = new StackWriter();
    private final WeightCoder coder = new WeightCoder(decisions);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int waiting; // Weights of the block.
    private boolean begun;

    /**
     * Codes a tensor.
     *
     * @param name for messages
     * @param shape its extents; the first counts rows
     * @throws IllegalArgumentException if a value is not finite
     */
    public void add(String name, int[] shape, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("tensor " + name + ": value " + value);
            }
        }
        try {
            coder.code(values, values.length, width(shape, values.length));
        } catch (DamagedException e) {
            throw new IllegalStateException(e);
        }
        begun = true;
        waiting += values.length;
        if (waiting >= BLOCK) {
            flush();
        }
    }

    /** Values of a row, at least 1: of a vector all. */
    static int width(int[] shape, int count) {
        return Math.max(1, shape.length < 2 || shape[0] == 0 ? count : count / shape[0]);
    }

    private void flush() {
        AnsStack stack = AnsStack.of(1);
        decisions.push(stack);
        byte[] bytes = stack.toBytes();
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.writeBytes(bytes);
        waiting = 0;
        begun = false;
    }

    /** All that was added. Ends the writing. */
    public byte[] toBytes() {
        if (begun) {
            flush();
        }
        return out.toByteArray();
    }
}
