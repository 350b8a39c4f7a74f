package dev.ardm.core.masking;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.KnownUnits;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.window.ImageTiling;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws what is unknown of items, on the threads of a model: decodes random bits, so that sampler and decoder share the
 * distributions.
 *
 * <p>An item of the model's size is one window. In a sequence or image of any size, the window that begins half a window before
 * the first unknown value (in an image: in both directions, as far as the image reaches) is completed, then the next one,
 * until nothing is unknown; so a gap shorter than half a window is drawn at once, given what is known on all its sides.
 */
final class MaskingGenerator implements ItemGenerator {
    private final Evaluator evaluator;
    private final Process process;
    private final LongFunction<? extends Plan> plans;
    private final ItemLayout layout;
    private final int alignment;
    private final int windowHeight;
    private final int windowWidth;
    private final int channels;
    private final AtomicReference<@Nullable Ordered> last = new AtomicReference<>();

    /** See {@link LikelihoodModel#generator}. */
    MaskingGenerator(Evaluator evaluator, LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        if (alignment < 1) {
            throw new IllegalArgumentException("windows cannot begin at multiples of " + alignment);
        }
        Space space = evaluator.process().space();
        if (!layout.images() && layout.sequences() && space.rank() != 1) {
            throw new IllegalArgumentException("sequences take a model of one axis, not one of " + space);
        }
        this.evaluator = evaluator;
        this.process = evaluator.process();
        this.plans = plans;
        this.layout = layout;
        this.alignment = alignment;
        this.windowHeight = layout.images() ? space.extent(0) : 1;
        this.windowWidth = layout.images() ? space.extent(1) : space.dimensions();
        this.channels = layout.images() ? space.extent(2) : 1;
    }

    /** A plan with its order, which takes a while to make. */
    private record Ordered(MaskingPlan plan, Order order) {}

    private Ordered plan(long number) {
        MaskingPlan plan = evaluator.plan(plans.apply(number));
        Ordered known = last.get();
        if (known == null || !known.plan.equals(plan)) {
            known = new Ordered(plan, plan.order(process));
            last.set(known);
        }
        return known;
    }

    @Override
    public List<Item> generate(List<PartialItem> items, long first, long seed, GenerationListener listener) {
        items.forEach(this::check);
        AtomicInteger done = new AtomicInteger();
        return evaluator.inGroups(items.size(), (generation, from, to) -> {
            List<Filling> all = new ArrayList<>();
            for (int index = from; index < to; index++) {
                int number = index;
                all.add(new Filling(
                        generation,
                        items.get(index),
                        plan(first + index),
                        RandomStream.of(seed, Purpose.SAMPLE, first + index),
                        (positions, values) -> listener.decided(number, positions, values)));
            }
            List<Filling> active = new ArrayList<>(all);
            while (true) {
                active.removeIf(filling -> {
                    boolean complete = !filling.more();
                    if (complete) {
                        listener.done(done.incrementAndGet());
                    }
                    return complete;
                });
                if (active.isEmpty()) {
                    return all.stream().map(Filling::item).toList();
                }
                List<Call> calls = Walk.calls(active.stream().map(Filling::walk).toList());
                for (int n = 0; n < calls.size(); n++) {
                    active.get(n).draw(calls.get(n));
                }
            }
        });
    }

    private void check(PartialItem partial) {
        int length = partial.item().values().length;
        int[] shape = partial.item().shape();
        if (layout.images()) {
            ImageTiling.checkShape(shape, length, channels);
        } else if (shape.length > 0) {
            throw new IllegalArgumentException("only images of any size have a shape of their own");
        } else if (!layout.sequences() && length != windowWidth && !(evaluator.ends() && length < windowWidth)) {
            throw new IllegalArgumentException(
                    "an item of " + process.space() + " has " + windowWidth + " values, got " + length);
        }
        if (!layout.anySize()) {
            KnownUnits.of(process.ofLength(length), partial.known()); // Refuse it before the work on others.
        }
    }

    /** Receives what a network call decided. */
    private interface Decided {
        void accept(int[] positions, int[] values);
    }

    /** The completion of one item, window by window and call by call. */
    private final class Filling {
        private final Generation generation;
        private final Item partial;
        private final int[] shape;
        private final int[] values;
        private final boolean[] known;
        private final Ordered plan;
        private final RandomStream random;
        private final Decided decided;
        /** Everything before it is known. */
        private int next;
        /** The positions of the values of the window that is being drawn; -1 where it has none. */
        private int[] positions = {};

        private @Nullable Walk walk;

        Filling(Generation generation, PartialItem partial, Ordered plan, RandomStream random, Decided decided) {
            this.generation = generation;
            this.partial = partial.item();
            this.values = this.partial.values().clone();
            this.shape = layout.images() ? this.partial.shape() : new int[] {1, values.length, 1};
            this.known = partial.known().clone();
            this.plan = plan;
            this.random = random;
            this.decided = decided;
        }

        Item item() {
            return new Item(partial.name(), partial.modified(), partial.shape(), values, partial.side());
        }

        Walk walk() {
            return Objects.requireNonNull(walk);
        }

        /** Whether something is left to draw; begins with the next window, if that is needed. */
        boolean more() {
            if (walk != null && walk.more()) {
                return true;
            }
            while (next < values.length && known[next]) {
                next++;
            }
            if (next == values.length) {
                return false;
            }
            int size = shape[0] * shape[1] * channels;
            int offset = next / size * size;
            int pixel = (next - offset) / channels;
            int width = shape[1];
            int y = start(pixel / width, windowHeight, shape[0], 1);
            int x = start(pixel % width, windowWidth, width, alignment);
            begin(
                    offset + (y * width + x) * channels,
                    Math.min(windowHeight, shape[0]),
                    Math.min(windowWidth, width),
                    width);
            return true;
        }

        /**
         * Begins with what is unknown of a window.
         *
         * @param origin position of its first value
         * @param rows rows of it that are in the raster
         * @param columns columns of it that are in the raster
         * @param width columns of the raster
         */
        private void begin(int origin, int rows, int columns, int width) {
            Process own = evaluator.ends() ? process.ofLength(columns) : process;
            int dimensions = own.space().dimensions();
            positions = new int[dimensions];
            Arrays.fill(positions, -1);
            for (int i = 0; i < rows * columns * channels; i++) {
                int row = i / channels / columns;
                int column = i / channels % columns;
                int within = i % channels;
                positions[(row * windowWidth + column) * channels + within] =
                        origin + (row * width + column) * channels + within;
            }
            boolean padded = !process.naturalOrder();
            int[] item = new int[dimensions];
            boolean[] flags = new boolean[dimensions];
            int unknown = 0;
            for (int i = 0; i < dimensions; i++) {
                int from = positions[i];
                item[i] = from < 0 ? layout.paddingValue() : values[from];
                flags[i] = from < 0 ? padded : known[from];
                unknown += from >= 0 && !flags[i] ? 1 : 0;
            }
            FixedPolicy policy =
                    FixedPolicy.of(own, plan.plan, plan.order, KnownUnits.of(own, flags), unknown / process.unitSize());
            walk = generation.walk(item, policy);
        }

        /** Draws what a call decides. */
        void draw(Call call) {
            int[] item = walk().item();
            int[] units = walk().decide(
                            call,
                            (distribution, symbol) ->
                                    distribution.symbolAt(random.nextInt() >>> 32 - distribution.precision()));
            report(units, item);
            if (walk().more()) {
                return;
            }
            for (int i = 0; i < positions.length; i++) {
                if (positions[i] >= 0) {
                    values[positions[i]] = item[i];
                    known[positions[i]] = true;
                }
            }
        }

        private void report(int[] units, int[] item) {
            int size = process.unitSize();
            int[] where = new int[units.length * size];
            int[] what = new int[where.length];
            for (int i = 0; i < where.length; i++) {
                int position = units[i / size] * size + i % size;
                where[i] = positions[position];
                what[i] = item[position];
            }
            decided.accept(where, what);
        }
    }

    /** Where the window for the first unknown place begins along an axis. */
    private static int start(int unknown, int window, int length, int alignment) {
        int wanted = Math.max(0, unknown - window / 2);
        return Math.max(0, Math.min(wanted / alignment * alignment, length - window));
    }
}
