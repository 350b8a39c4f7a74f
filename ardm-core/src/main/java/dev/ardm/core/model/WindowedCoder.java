package dev.ardm.core.model;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.ArchivedDocument;
import dev.ardm.coding.CheckedStream;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Codes documents with a model of windows, see {@link DocumentWindow}. All windows of a document share one stream, so its
 * overhead is paid once. Encoding evaluates the windows side by side; decoding takes the documents side by side. Streams
 * depend on the model, the plan, the context and the resting value only. Safe for use by several threads.
 */
public final class WindowedCoder implements DocumentCoder {
    private final Process process;
    private final Plan plan;
    private final Order order;
    private final int context;
    private final int restingValue;
    private final int dimensions;
    private final WindowCalls calls;

    /**
     * A coder.
     *
     * @param plan for whole windows; scaled for windows of which something is known
     * @param context c, the least number of values that are known at the start of every window but the first, in
     *     [0, D); 0 if documents have D values
     * @param restingValue what fills the window of a document of fewer than D values, a value of the space
     * @throws IllegalArgumentException if one of them is out of range, the plan does not fit, or the model is conditional
     */
    public WindowedCoder(ArdmModel model, Plan plan, int context, int restingValue) {
        this.process = model.process();
        this.plan = plan;
        this.calls = new WindowCalls(model, plan, restingValue);
        this.order = calls.order();
        this.restingValue = restingValue;
        this.dimensions = process.space().dimensions();
        this.context = WindowCalls.checkedContext(context, dimensions);
    }

    @Override
    public int windows(int length) {
        return DocumentWindow.count(length, dimensions, context);
    }

    private DocumentWindow window(int length, int index) {
        return DocumentWindow.of(length, dimensions, context, index);
    }

    /** Whether documents may have another number of values than a window. */
    private boolean takesAnyLength() {
        return process.space().rank() == 1 && process.space().categories().length == 1 && process.unitSize() == 1;
    }

    private void check(int[] document) {
        if (document.length == dimensions) {
            process.space().check(document);
            return;
        }
        if (!takesAnyLength()) {
            throw new IllegalArgumentException(
                    "an item of " + process.space() + " has " + dimensions + " values, got " + document.length);
        }
        process.space().checkValues(document);
    }

    /** Number of units of a document. */
    private int units(int length) {
        return length / process.unitSize();
    }

    /** Number of units a window generates. */
    private int units(DocumentWindow window) {
        return window.generated() / process.unitSize();
    }

    /** A window of one of several documents, to be evaluated. */
    private record Part(int document, DocumentWindow window, int[] item, DocumentWindow.Task task, int firstSymbol)
            implements WindowCalls.Part {}

    /** Runs a task for each network call of each window of each document, in any order. */
    private void forEachCall(List<int[]> documents, IntConsumer progress, WindowCalls.CallTask<Part> task) {
        WindowCalls.Run<Part> run = calls.new Run<>(progress, task);
        for (int d = 0; d < documents.size(); d++) {
            int[] document = documents.get(d);
            int units = 0;
            for (int w = 0; w < windows(document.length); w++) {
                DocumentWindow window = window(document.length, w);
                run.add(new Part(
                        d,
                        window,
                        window.item(document, dimensions, restingValue),
                        window.task(process, plan, order),
                        units * calls.symbolsPerUnit()));
                units += units(window);
            }
        }
        run.finish();
    }

    @Override
    public List<byte[]> encode(List<int[]> documents, List<byte[]> extras, IntConsumer progress) {
        WindowCalls.checkExtras(documents, extras, "documents");
        documents.forEach(this::check);
        int[] symbols = documents.stream()
                .mapToInt(document -> calls.symbols(units(document.length), "a document"))
                .toArray();
        SymbolIntervals intervals = new SymbolIntervals(symbols);
        forEachCall(documents, progress, (generation, part, call) -> {
            int before = WindowCalls.symbolsBefore(
                    generation.distributions(),
                    units(part.window),
                    part.task.schedule().start(call));
            intervals.note(generation, part.task, part.item, call, part.document, part.firstSymbol + before);
        });
        return intervals.encode(d -> CheckedStream.checkOf(extras.get(d), documents.get(d)));
    }

    @Override
    public List<Optional<int[]>> decode(List<ArchivedDocument> documents, IntConsumer progress) {
        return calls.decode(documents, progress, this::decode);
    }

    private int[] decode(Generation generation, ArchivedDocument coded, Runnable windowDone) throws Exception {
        byte[] stream = coded.stream();
        if (stream == null) {
            throw new IllegalArgumentException("a document without a stream");
        }
        int length = coded.length();
        if (length != dimensions && !takesAnyLength()) {
            throw WindowCalls.damaged("it has " + length + " values, not " + dimensions);
        }
        AnsStack stack = CheckedStream.open(stream, 0, stream.length);
        int windows = windows(length);
        // Grows with what is decoded: the length is no more than a claim.
        int[] document = new int[Math.min(length, dimensions)];
        for (int w = 0; w < windows; w++) {
            DocumentWindow window = window(length, w);
            int end = window.start() + window.to();
            if (end > document.length) {
                document = Arrays.copyOf(document, (int) Math.min(length, Math.max(2L * document.length, end)));
            }
            DocumentWindow.Task task = window.task(process, plan, order);
            int[] item = new int[dimensions];
            System.arraycopy(document, window.start(), item, 0, window.from());
            Arrays.fill(item, window.to(), dimensions, restingValue);
            generation.walk(
                    item,
                    task.known(),
                    task.order(),
                    task.schedule(),
                    (distribution, symbol) -> WindowCalls.pop(stack, distribution));
            System.arraycopy(item, window.from(), document, window.start() + window.from(), window.generated());
            windowDone.run();
        }
        CheckedStream.close(stack, CheckedStream.checkOf(coded.extra(), document));
        return document;
    }

    /**
     * The information content of documents, without the rounding of integer distributions: what {@link #encode} pays but for its
     * overhead.
     *
     * @param progress hears how many windows are done; called from any thread
     * @return for each document the bits of each unit: of each value, or of all values of a place together if the process
     *     generates them together
     */
    public List<double[]> unitBits(List<int[]> documents, IntConsumer progress) {
        documents.forEach(this::check);
        int[] units =
                documents.stream().mapToInt(document -> units(document.length)).toArray();
        DocumentBits nats = new DocumentBits(units, process.stages());
        forEachCall(
                documents,
                progress,
                (generation, part, call) -> nats.note(generation, part, call, unit -> part.window.start() + unit));
        return nats.bits();
    }
}
