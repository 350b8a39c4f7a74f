package dev.ardm.reference;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The plan: in which order an item is generated, and how many units by each call (arithmetic.md, The plan).
 *
 * @param order the unit that each step of a stage generates
 * @param calls the first step of each call, and at the end the number of steps of all stages
 */
record ReferencePlan(int[] order, int[] calls) {

    private static final int SPREAD = 0;
    private static final int RANDOM = 1;
    private static final int NATURAL = 2;

    static ReferencePlan read(byte[] plan, ReferenceDefinition definition) throws ReferenceException {
        int[] extents = definition.shape().clone();
        extents[extents.length - 1] /= definition.process().unit();
        int units = definition.units();
        int stages = definition.process().stages();
        int steps = stages * units;
        ReferenceInput in = new ReferenceInput(plan, 0, plan.length);
        int[] order;
        int kind = (int) in.unsigned(1);
        switch (kind) {
            case SPREAD:
                order = spread(extents, units);
                break;
            case RANDOM:
                order = random(in.unsigned(8), units);
                break;
            case NATURAL:
                order = IntStream.range(0, units).toArray();
                break;
            default:
                throw ReferenceException.damaged("the plan has an unknown order");
        }
        int n = in.varint(1, steps, "the number of calls");
        int[] calls = new int[n + 1];
        boolean each = kind == NATURAL && n == steps && n >= 64 && in.remaining() == 0;
        for (int j = 1; j < n; j++) {
            calls[j] = each ? j : calls[j - 1] + in.varint(1, steps - 1 - calls[j - 1], "the size of a call");
        }
        calls[n] = steps;
        in.finish("the plan");
        for (int stage = 1; stage < stages; stage++) {
            int first = stage * units;
            if (IntStream.of(calls).noneMatch(call -> call == first)) {
                throw ReferenceException.damaged("stage " + stage + " does not begin with a call");
            }
        }
        return new ReferencePlan(order, calls);
    }

    /** The plan of a window in which a sequence of fewer units ends (format.md, Sequences): nothing of it is known. */
    ReferencePlan scaledTo(int units, ReferenceDefinition definition) {
        int whole = definition.units();
        int[] first = IntStream.of(order).filter(unit -> unit < units).toArray();
        int[] scaled = IntStream.of(calls)
                .map(call -> call / whole * units + (int) ((long) (call % whole) * units / whole))
                .distinct()
                .toArray();
        return new ReferencePlan(first, scaled);
    }

    static int[] spread(int[] extents, int size) {
        long[] weights = new long[size];
        for (int position = 0; position < size; position++) {
            long number = extents.length == 3 ? interleaved(position, extents) : position;
            weights[position] = Long.reverse(number) >>> 1;
        }
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(position -> weights[position])
                        .thenComparingInt(position -> position))
                .mapToInt(position -> position)
                .toArray();
    }

    /** The number by whose reversed bits the positions of three axes are sorted. */
    private static long interleaved(int position, int[] extents) {
        int c = position % extents[2];
        int x = position / extents[2] % extents[1] + c % 2;
        int y = position / extents[2] / extents[1] + c / 2;
        long number = 0;
        for (int i = 0; i < 31; i++) {
            number |= (long) ((x ^ y) >> i & 1) << (2 * i);
            number |= (long) (y >> i & 1) << (2 * i + 1);
        }
        return number;
    }

    static int[] random(long seed, int size) {
        ReferenceRandom random = new ReferenceRandom(seed);
        int[] p = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.below(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }
}
