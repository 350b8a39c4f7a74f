package dev.ardm.coding.format;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.BitSet;

/**
 * Flags, each coded given how often its kind followed the same eight flags before it (Krichevsky and Trofimov 1981): runs and
 * patterns of up to eight take next to nothing. As bytes: a varint, the length, and a stack that started from 1.
 */
final class AdaptiveFlags {
    private static final int PRECISION = 16;
    private static final int CONTEXTS = 256;
    private static final int MOST_COUNT = 4095;

    private final int[] set = new int[CONTEXTS];
    private final int[] all = new int[CONTEXTS];
    private int context;

    private AdaptiveFlags() {}

    /** The slots of a set flag, from 0 on, of 2^16. */
    private int frequency() {
        long share = ((1L << PRECISION) - 2) * (2 * set[context] + 1) / (2 * all[context] + 2);
        return 1 + (int) share;
    }

    private void count(boolean flag) {
        set[context] += flag ? 1 : 0;
        if (++all[context] == MOST_COUNT) {
            set[context] /= 2;
            all[context] /= 2;
        }
        context = (context << 1 | (flag ? 1 : 0)) & CONTEXTS - 1;
    }

    /** The bytes of n flags. */
    static byte[] bytes(BitSet flags, int n) {
        AdaptiveFlags model = new AdaptiveFlags();
        int[] frequencies = new int[n];
        for (int i = 0; i < n; i++) {
            frequencies[i] = model.frequency();
            model.count(flags.get(i));
        }
        AnsStack stack = AnsStack.of(1);
        for (int i = n - 1; i >= 0; i--) {
            if (flags.get(i)) {
                stack.push(0, frequencies[i], PRECISION);
            } else {
                stack.push(frequencies[i], (1 << PRECISION) - frequencies[i], PRECISION);
            }
        }
        byte[] bytes = stack.toBytes();
        return new ByteSink().varint(bytes.length).bytes(bytes).toByteArray();
    }

    /** Reads n flags. */
    static BitSet read(ByteCursor cursor, int n) throws DamagedException {
        byte[] bytes = cursor.bytes(cursor.varint("length of flags", 1, cursor.left()));
        AnsStack stack;
        try {
            stack = AnsStack.fromBytes(bytes, 0, bytes.length);
        } catch (DamagedException e) {
            throw cursor.damaged("flags: " + e.reason());
        }
        AdaptiveFlags model = new AdaptiveFlags();
        BitSet flags = new BitSet(n);
        for (int i = 0; i < n; i++) {
            int frequency = model.frequency();
            boolean flag = stack.peek(PRECISION) < frequency;
            if (flag) {
                flags.set(i);
                stack.pop(0, frequency, PRECISION);
            } else {
                stack.pop(frequency, (1 << PRECISION) - frequency, PRECISION);
            }
            model.count(flag);
        }
        if (stack.words() > 0 || stack.head() != 1) {
            throw cursor.damaged("flags that do not end where they should");
        }
        return flags;
    }

    /** How many bytes flags take. */
    static int length(BitSet flags, int n) {
        return bytes(flags, n).length;
    }
}
