package dev.ardm.core.pair;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.nio.ByteBuffer;

/**
 * A plan for each part of a pair.
 *
 * @param storing by which items are stored, scored and sampled, and whose calls count
 * @param filling by which items are filled in
 */
record PairPlan(Plan storing, Plan filling) implements Plan {
    /** The length of the first plan in two bytes, the first plan, the second. */
    @Override
    public byte[] toBytes() {
        byte[] first = storing.toBytes();
        byte[] second = filling.toBytes();
        if (first.length > Character.MAX_VALUE) {
            throw new IllegalStateException("a plan of " + first.length + " bytes");
        }
        return ByteBuffer.allocate(Character.BYTES + first.length + second.length)
                .putChar((char) first.length)
                .put(first)
                .put(second)
                .array();
    }

    static PairPlan read(byte[] bytes, LikelihoodModel storing, LikelihoodModel filling) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = bytes.length < Character.BYTES ? bytes.length : in.getChar();
        if (length > in.remaining()) {
            throw new IllegalArgumentException("not a plan of a pair of models");
        }
        byte[] first = new byte[length];
        byte[] second = new byte[in.remaining() - length];
        in.get(first).get(second);
        return new PairPlan(storing.readPlan(first), filling.readPlan(second));
    }

    @Override
    public int calls() {
        return storing.calls();
    }

    @Override
    public String describe() {
        return storing.describe();
    }
}
