package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;

/**
 * The items that a model of counts learnt, coded by the model itself while it learns them. To open the model is to decode its
 * primer: the same counts, evidence and weights come out, to the bit.
 *
 * <p>Bytes: the {@link Settings}, number of items as a varint, then a stack of the items' symbols, each item with its end.
 */
final class Primer {
    private Primer() {}

    /**
     * Learns items in their order, and writes them.
     *
     * @param items symbols from 0 to 255
     * @param learnt where nothing was learnt yet
     */
    static byte[] encode(Iterable<int[]> items, Learnt learnt) {
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        StackWriter writer = new StackWriter();
        int count = 0;
        for (int[] item : items) {
            predictor.write(writer, item, true);
            predictor.count(item);
            learnt.items.add(item.clone());
            count++;
        }
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        ByteSink bytes = new ByteSink();
        learnt.settings.write(bytes);
        bytes.varint(count);
        bytes.bytes(stack.toBytes());
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param most number of symbols that are read before the primer counts as damaged
     * @throws DamagedException if it is damaged, as far as that shows
     */
    static Learnt decode(byte[] primer, int most) throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "primer", 0, primer, primer.length);
        Learnt learnt = new Learnt(Settings.read(cursor));
        int count = cursor.varint("number of items", 0, most);
        AnsStack stack = AnsStack.fromBytes(primer, (int) cursor.position(), cursor.left());
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        StackReader reader = new StackReader(stack);
        int left = most;
        for (int k = 0; k < count; k++) {
            if (left == 0) {
                throw DamagedException.inStream(0, "the primer has more than " + most + " symbols");
            }
            int[] item = predictor.read(reader, left - 1, true);
            left -= item.length + 1;
            predictor.count(item);
            learnt.items.add(item);
        }
        if (stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(0, "the primer does not end where its items do");
        }
        return learnt;
    }
}
