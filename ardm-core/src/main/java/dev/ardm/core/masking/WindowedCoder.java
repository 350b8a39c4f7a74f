package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.window.SequenceWindow;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemScorer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Codes items of the model's size, and sequences of any length, in windows ({@link SequenceWindow}); an item of the model's
 * size is one window. All windows of an item share one stream, so its overhead is paid once. Encoding evaluates windows in
 * parallel, decoding items.
 */
final class WindowedCoder implements ItemCoder, ItemScorer {
    private final Process process;
    private final MaskingPlan plan;
    private final Order order;
    private final int context;
    private final int paddingValue;
    private final boolean anyLength;
    private final boolean ends;
    private final int dimensions;
    private final WindowCalls calls;

    /**
     * A coder.
     *
     * @param plan for whole windows; scaled for partly known windows
     * @param layout of the model's size, or of sequences. For these its context is the least number of known values at the start
     *     of every window except the first, in [0, D), and its padding value fills the window of a shorter sequence
     * @throws IllegalArgumentException if the layout or the plan does not fit, or the model is conditional
     */
    WindowedCoder(Evaluator evaluator, MaskingPlan plan, ItemLayout layout) {
        this.process = evaluator.process();
        this.plan = plan;
        this.calls = new WindowCalls(evaluator, plan, layout.paddingValue());
        this.order = calls.order();
        this.paddingValue = layout.paddingValue();
        this.dimensions = process.space().dimensions();
        this.context = WindowCalls.checkedContext(layout.context(), dimensions);
        this.anyLength = layout.sequences();
        this.ends = evaluator.ends();
        if (anyLength
                && (process.space().rank() != 1
                        || process.space().categories().length != 1
                        || process.unitSize() != 1)) {
            throw new IllegalArgumentException("sequences take a model of one axis, not one of " + process.space());
        }
    }

    @Override
    public long windows(int length, int[] shape) {
        return windows(length);
    }

    private int windows(int length) {
        return SequenceWindow.count(length, dimensions, context);
    }

    private SequenceWindow window(int length, int index) {
        return SequenceWindow.of(length, dimensions, context, index);
    }

    private void check(Item item) {
        if (item.shape().length > 0) {
            throw new IllegalArgumentException("only images of any size have a shape of their own");
        }
        if (anyLength) {
            process.space().checkValues(item.values());
        } else {
            process.space().check(item.values());
        }
    }

    /** The windows of items; the symbols of one follow those of the one before. */
    private void parts(List<Item> items, Consumer<WindowCalls.Part> receiver) {
        for (int n = 0; n < items.size(); n++) {
            int[] values = items.get(n).values();
            int next = 0;
            for (int w = 0; w < windows(values.length); w++) {
                SequenceWindow window = window(values.length, w);
                FixedPolicy policy = policy(window);
                int[] symbols = new int[policy.calls()];
                for (int call = 0; call < symbols.length; call++) {
                    symbols[call] = next;
                    next += calls.symbols(policy, call);
                }
                int[] item = window.item(values, places(window), paddingValue);
                receiver.accept(new WindowCalls.Part(n, item, policy, symbols, unit -> window.start() + unit));
            }
        }
    }

    @Override
    public List<byte[]> encode(List<Item> items, IntConsumer progress) {
        items.forEach(this::check);
        return calls.encode(items, progress, this::parts);
    }

    @Override
    public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
        return calls.decodeGroups(items, progress, this::decode);
    }

    private List<Optional<int[]>> decode(Generation generation, List<ArchivedItem> coded, Runnable windowDone) {
        return SideBySide.all(coded.stream()
                .map(item -> new Decoding(generation, item, windowDone))
                .toList());
    }

    /** The decoding of one item, call by call and window by window. */
    private final class Decoding extends SideBySide<int[]> {
        private final Generation generation;
        private final ArchivedItem coded;
        private final Runnable windowDone;
        /** Grows with what is decoded: the length is only a claim. */
        private int[] values = {};

        private int index;
        private @Nullable AnsStack stack;
        private @Nullable Walk walk;

        Decoding(Generation generation, ArchivedItem coded, Runnable windowDone) {
            this.generation = generation;
            this.coded = coded;
            this.windowDone = windowDone;
        }

        @Override
        int[] decoded() {
            return values;
        }

        @Override
        Walk walk() {
            return Objects.requireNonNull(walk);
        }

        @Override
        boolean open() throws DamagedException {
            if (coded.length() != dimensions && !anyLength) {
                throw WindowCalls.damaged("it has " + coded.length() + " values, not " + dimensions);
            }
            stack = WindowCalls.open(coded);
            values = new int[Math.min(coded.length(), dimensions)];
            return begin();
        }

        /** Begins with the next window, if there is one; else the stream must end as it should. */
        private boolean begin() throws DamagedException {
            if (index == windows(coded.length())) {
                CheckedStream.close(
                        Objects.requireNonNull(stack), CheckedStream.checkOf(coded.side(), coded.shape(), values));
                return false;
            }
            SequenceWindow window = window(coded.length(), index);
            int end = window.start() + window.to();
            if (end > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(coded.length(), Math.max(2L * values.length, end)));
            }
            int[] item = new int[places(window)];
            System.arraycopy(values, window.start(), item, 0, window.from());
            Arrays.fill(item, window.to(), item.length, paddingValue);
            walk = generation.walk(item, policy(window));
            return true;
        }

        @Override
        boolean decode(Call call) throws DamagedException {
            AnsStack from = Objects.requireNonNull(stack);
            walk().decide(call, (distribution, symbol) -> WindowCalls.pop(from, distribution));
            if (walk().more()) {
                return true;
            }
            SequenceWindow window = window(coded.length(), index);
            System.arraycopy(walk().item(), window.from(), values, window.start() + window.from(), window.generated());
            windowDone.run();
            index++;
            return begin();
        }
    }

    @Override
    public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
        items.forEach(this::check);
        return calls.unitBits(items, progress, this::parts);
    }

    /** Places of a window that the network is shown: where items have ends, those of the item. */
    private int places(SequenceWindow window) {
        return ends ? window.to() : dimensions;
    }

    /**
     * How a window is generated. A process that can only continue a beginning never sees what fills a window, so padding is then neither
     * known nor generated.
     */
    private FixedPolicy policy(SequenceWindow window) {
        if (process.unitSize() > 1) {
            return FixedPolicy.of(process, plan, order); // a row
        }
        boolean[] known = new boolean[places(window)];
        Arrays.fill(known, 0, window.from(), true);
        if (!process.naturalOrder()) {
            Arrays.fill(known, window.to(), known.length, true);
        }
        return FixedPolicy.of(process, plan, order, known, window.generated());
    }
}
