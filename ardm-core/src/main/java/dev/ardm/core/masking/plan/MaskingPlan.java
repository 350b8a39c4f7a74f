package dev.ardm.core.masking.plan;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.process.AbsorbingDraw;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Plan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How an item is generated: in which order, and when the network is called. Archives carry it as bytes.
 *
 * @param kind how the order is made
 * @param seed seed of a random order, slope of wavefronts, 0 for others
 * @param schedule when the network is called
 */
public record MaskingPlan(OrderKind kind, long seed, Schedule schedule) implements Plan {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MOST_SLOPE = 64;

    /** Natural plans of at least so many calls, one for each step, are written without their increments. */
    private static final int SHORTENED = 64;

    /** How an order is made; the place in this list is part of the archive format. */
    public enum OrderKind {
        /** {@link Order#spread}. */
        SPREAD,
        /** {@link Order#random(int, long)}. */
        RANDOM,
        /** {@link Order#natural}. */
        NATURAL,
        /** All places of an image together that do not depend on each other, see {@link #wavefront}. */
        WAVEFRONT
    }

    /**
     * A plan of a masking model.
     *
     * @throws IllegalArgumentException if it is one of another kind of model
     */
    public static MaskingPlan of(Plan plan) {
        if (plan instanceof MaskingPlan masking) {
            return masking;
        }
        throw new IllegalArgumentException("a plan of another kind of model: " + plan.describe());
    }

    /** Generation in the spread order. */
    public static MaskingPlan spread(Schedule schedule) {
        return new MaskingPlan(OrderKind.SPREAD, 0, schedule);
    }

    /** Generation in the random order of a seed. */
    public static MaskingPlan random(long seed, Schedule schedule) {
        return new MaskingPlan(OrderKind.RANDOM, seed, schedule);
    }

    /** Generation from the first position to the last. */
    public static MaskingPlan natural(Schedule schedule) {
        return new MaskingPlan(OrderKind.NATURAL, 0, schedule);
    }

    /**
     * Generation of images in wavefronts: place (x, y) at step {@code x + slope * y}, a call for each step.
     *
     * @param slope in [1, 64]
     * @throws IllegalArgumentException if the process does not generate the pixels of images, all channels of one together
     */
    public static MaskingPlan wavefront(int slope, Process process) {
        Wavefront waves = Wavefront.of(process.unitSpace(), slope);
        return new MaskingPlan(OrderKind.WAVEFRONT, slope, waves.schedule(waves.order(process.units()), 0));
    }

    /** Whether the units of a call do not depend on each other. */
    public boolean wavefronts() {
        return kind == OrderKind.WAVEFRONT;
    }

    /**
     * When the network is called if some units are known.
     *
     * @param process of items of the model's size, or of sequences of another length
     * @param order of all units, those known first
     * @param known number of units that are known
     * @param units number of units that are generated, at least 1; the last of the others may be left out
     */
    public Schedule schedule(Process process, Order order, int known, int units) {
        return kind == OrderKind.WAVEFRONT
                ? Wavefront.of(process.unitSpace(), (int) seed).schedule(order, known)
                : schedule.scaledTo(process.stages(), units);
    }

    /**
     * One generation of an absorbing diffusion: a call for each of its steps that reveals something. The order is not the drawn
     * one, but another of the same distribution that the plan can name: uniform, and independent of the group sizes, of other
     * items, and of items of other seeds.
     *
     * @param dimensions number of variables, at least 1
     * @param steps T, at least 1
     * @param item the number of the item that is generated
     */
    public static MaskingPlan absorbing(AbsorbingSchedule falling, int dimensions, int steps, long seed, long item) {
        AbsorbingDraw draw = falling.draw(RandomStream.of(seed, Purpose.FALLING_TIMES, item), dimensions, steps);
        return random(
                RandomStream.of(seed, Purpose.ORDER_SEED, item).nextLong(), Schedule.of(draw.starts(), dimensions));
    }

    /**
     * The order of the units of a process.
     *
     * @throws IllegalArgumentException if the schedule has another number of steps, or does not begin every stage with a call
     */
    public Order order(Process process) {
        check(process);
        Order order =
                switch (kind) {
                    case SPREAD -> Order.spread(process.unitSpace());
                    case RANDOM -> Order.random(process.units(), seed);
                    case NATURAL -> Order.natural(process.units());
                    case WAVEFRONT ->
                        Wavefront.of(process.unitSpace(), (int) seed).order(process.units());
                };
        return process.given().count() == 0
                ? order
                : order.knownFirst(process.given().flags(process.units()));
    }

    @Override
    public int calls() {
        return schedule.calls();
    }

    @Override
    public String describe() {
        return switch (kind) {
            case SPREAD -> "spread";
            case NATURAL -> "natural";
            case WAVEFRONT -> "wavefronts of slope " + seed;
            case RANDOM -> "random, seed " + seed;
        };
    }

    private void check(Process process) {
        if (schedule.steps() != process.steps() || !schedule.hasStages(process.stages())) {
            throw new IllegalArgumentException("a schedule of " + schedule.steps() + " steps does not fit items of "
                    + process.space() + " generated in " + process.stages() + " stages");
        }
        if (kind == OrderKind.WAVEFRONT) {
            if (!process.continuesOnly() || !equals(wavefront((int) seed, process))) {
                throw new IllegalArgumentException("these are not the wavefronts of items of " + process.space());
            }
        } else if (process.naturalOrder() && kind != OrderKind.NATURAL) {
            throw new IllegalArgumentException("an autoregressive model generates in the natural order only");
        }
    }

    /**
     * As bytes: kind of order (one byte), seed (eight bytes little-endian, random orders only) or slope (LEB128 varint, wavefronts only), number
     * of calls and then the increments of the starts (LEB128 varints). Of natural plans of 64 calls and more with one for each step there are no
     * increments, which are all 1; older files have them.
     */
    @Override
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind.ordinal());
        if (kind == OrderKind.RANDOM) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(seed)
                    .array());
        }
        if (kind == OrderKind.WAVEFRONT) {
            writeVarint(out, (int) seed);
        }
        writeVarint(out, schedule.calls());
        boolean each = shortened(kind, schedule.calls(), schedule.steps());
        for (int call = 1; !each && call < schedule.calls(); call++) {
            writeVarint(out, schedule.start(call) - schedule.start(call - 1));
        }
        return out.toByteArray();
    }

    private static boolean shortened(OrderKind kind, int calls, int steps) {
        return kind == OrderKind.NATURAL && calls == steps && calls >= SHORTENED;
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @param steps number of steps of the process the plan is for
     * @throws IllegalArgumentException if the bytes are not a plan for that number of steps
     */
    public static MaskingPlan fromBytes(byte[] bytes, int steps) {
        if (bytes.length < 2 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a plan of " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int kind = in.get();
        if (kind < 0 || kind >= OrderKind.values().length) {
            throw new IllegalArgumentException("unknown kind of order " + kind);
        }
        long seed = 0;
        if (kind == OrderKind.RANDOM.ordinal()) {
            if (in.remaining() < 8) {
                throw new IllegalArgumentException("the plan is cut off");
            }
            seed = in.getLong();
        }
        if (kind == OrderKind.WAVEFRONT.ordinal()) {
            seed = readVarint(in);
            if (seed < 1 || seed > MOST_SLOPE) {
                throw new IllegalArgumentException("wavefronts of slope " + seed);
            }
        }
        int calls = readVarint(in);
        boolean each = shortened(OrderKind.values()[kind], calls, steps) && !in.hasRemaining();
        if (calls < 1 || calls > steps || !each && calls - 1 > in.remaining()) {
            throw new IllegalArgumentException("a plan of " + calls + " calls for " + steps + " steps");
        }
        int[] starts = new int[calls];
        for (int call = 1; call < calls; call++) {
            starts[call] = Math.addExact(starts[call - 1], each ? 1 : readVarint(in));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("the plan is followed by " + in.remaining() + " bytes");
        }
        return new MaskingPlan(OrderKind.values()[kind], seed, Schedule.of(starts, steps));
    }

    /**
     * Reads the plan of items of a process.
     *
     * @throws IllegalArgumentException if the bytes are not a plan for it
     */
    public static MaskingPlan fromBytes(byte[] bytes, Process process) {
        MaskingPlan plan = fromBytes(bytes, process.steps());
        plan.check(process);
        return plan;
    }

    private static int readVarint(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            if (!in.hasRemaining()) {
                throw new IllegalArgumentException("the plan is cut off");
            }
            int b = in.get();
            value |= (b & 0x7F) << shift;
            if (b == 0 && shift > 0) {
                throw new IllegalArgumentException("a number in the plan is longer than necessary");
            }
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number in the plan is too large");
    }
}
