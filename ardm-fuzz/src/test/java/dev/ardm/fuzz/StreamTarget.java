package dev.ardm.fuzz;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Any bytes as the stream of an item or document of {@link TinyModel}. The first byte chooses the number of calls and what it
 * is, the next three the length that a document claims.
 */
final class StreamTarget implements FuzzTarget {
    private static final int CHOICES = 4;

    private final LikelihoodModel model = TinyModel.coder();

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        if (input.length < CHOICES) {
            throw new DamagedException(DamagedException.STREAM, -1, 0, "no choices", "");
        }
        Plan plan = model.plan(1 + (input[0] & 0x7F) % TinyModel.SPACE.dimensions());
        byte[] stream = Arrays.copyOfRange(input, CHOICES, input.length);
        if (input[0] < 0) {
            int claimed = input[1] & 0xFF | (input[2] & 0xFF) << 8 | (input[3] & 0x3F) << 24;
            document(plan, claimed, stream);
        } else {
            item(plan, stream);
            stack(plan, stream);
        }
    }

    private void item(Plan plan, byte[] stream) throws DamagedException {
        int[] item = found(model.decode(List.of(stream), plan, n -> {}));
        TinyModel.SPACE.check(item);
        byte[] again = model.encode(List.of(item), plan, n -> {}).get(0);
        PropertyViolation.unless(
                again.length <= stream.length, "no stream of an item is shorter than the one that is written");
        PropertyViolation.unless(
                Arrays.equals(item, found(model.decode(List.of(again), plan, n -> {}))),
                "an item decodes from what it is encoded to");
    }

    private static ArchivedItem archived(int length, byte[] stream) {
        return ArchivedItem.coded(new byte[0], new int[0], length, stream);
    }

    private void document(Plan plan, int length, byte[] stream) throws DamagedException {
        ItemCoder coder = model.coder(plan, TinyModel.SEQUENCES);
        int[] document = found(coder.decode(List.of(archived(length, stream)), n -> {}));
        PropertyViolation.unless(document.length == length, "a document has as many values as it claims");
        byte[] again = coder.encode(List.of(Item.of(document)), n -> {}).get(0);
        PropertyViolation.unless(
                Arrays.equals(document, found(coder.decode(List.of(archived(length, again)), n -> {}))),
                "a document decodes from what it is encoded to");
    }

    /** Popping any stack and pushing what came is the identity, checked or not. */
    private void stack(Plan plan, byte[] stream) throws DamagedException {
        AnsStack stack = CheckedStream.open(stream, 0, stream.length);
        AnsStack before = stack.copy();
        Codec<int[]> codec = model.codec(plan);
        codec.push(stack, codec.pop(stack));
        PropertyViolation.unless(stack.equals(before), "pushing what was popped restores the stack");
    }

    private static int[] found(List<Optional<int[]>> decoded) throws DamagedException {
        return decoded.get(0)
                .orElseThrow(() -> new DamagedException(DamagedException.STREAM, -1, 0, "does not decode", ""));
    }
}
