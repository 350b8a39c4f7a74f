package dev.ardm.core.model;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Draws what is missing of documents of any length from a model of windows, given what is known. The window that begins half
 * a window before the first missing value (as far as the document reaches) is completed, then the next one, until nothing is
 * missing; so a gap shorter than half a window is drawn at once, between what is known on both its sides.
 */
public final class DocumentFiller {
    private final ArdmModel model;
    private final Process process;
    private final Plan plan;
    private final Order order;
    private final int restingValue;
    private final int alignment;
    private final int dimensions;

    /**
     * A filler.
     *
     * @param plan for whole windows; scaled for windows of which something is known
     * @param restingValue what fills the window of a document of fewer than D values, a value of the space
     * @param alignment windows begin at multiples of it, unless they end where the document does; at least 1
     */
    public DocumentFiller(ArdmModel model, Plan plan, int restingValue, int alignment) {
        if (alignment < 1) {
            throw new IllegalArgumentException("windows cannot begin at multiples of " + alignment);
        }
        this.model = model;
        this.process = model.process();
        this.plan = plan;
        this.order = plan.order(process);
        this.restingValue = restingValue;
        this.alignment = alignment;
        this.dimensions = process.space().dimensions();
    }

    /**
     * Completes documents; each depends on the seed, its place in the list and itself only.
     *
     * @param documents values; those of missing places mean nothing
     * @param known for each document as many flags as values, true = known
     * @param progress hears how many documents are done; called from any thread
     * @throws IllegalArgumentException if what is known is nothing the process can start from, such as anything behind a
     *     missing value in an autoregressive model; or documents of this length do not fit the space
     */
    public List<int[]> fill(List<int[]> documents, List<boolean[]> known, long seed, IntConsumer progress) {
        if (documents.size() != known.size()) {
            throw new IllegalArgumentException(documents.size() + " documents with " + known.size() + " masks");
        }
        for (int[] document : documents) {
            if (document.length != dimensions && process.space().rank() != 1) {
                throw new IllegalArgumentException(
                        "an item of " + process.space() + " has " + dimensions + " values, got " + document.length);
            }
        }
        AtomicInteger done = new AtomicInteger();
        return model.parallel(documents.size(), (generation, index) -> {
            int[] filled = fill(
                    generation,
                    documents.get(index).clone(),
                    known.get(index).clone(),
                    RandomStream.of(seed, Purpose.SAMPLE, index));
            progress.accept(done.incrementAndGet());
            return filled;
        });
    }

    private int[] fill(Generation generation, int[] document, boolean[] known, RandomStream random) throws Exception {
        if (document.length != known.length) {
            throw new IllegalArgumentException(document.length + " values with " + known.length + " flags");
        }
        for (int missing = next(known, 0); missing < known.length; missing = next(known, missing)) {
            int start = start(missing, document.length);
            int present = Math.min(dimensions, document.length - start);
            int[] item = new int[dimensions];
            System.arraycopy(document, start, item, 0, present);
            Arrays.fill(item, present, dimensions, restingValue);
            draw(generation, item, Arrays.copyOfRange(known, start, start + present), random);
            System.arraycopy(item, 0, document, start, present);
            Arrays.fill(known, start, start + present, true);
        }
        return document;
    }

    private static int next(boolean[] known, int from) {
        int at = from;
        while (at < known.length && known[at]) {
            at++;
        }
        return at;
    }

    /** Where the window for the first missing value begins. */
    private int start(int missing, int length) {
        int wanted = Math.max(0, missing - dimensions / 2);
        return Math.max(0, Math.min(wanted / alignment * alignment, length - dimensions));
    }

    /**
     * Draws what is not known of a window.
     *
     * @param knownValues flags of the values that the document has there; what is behind them is filling
     */
    private void draw(Generation generation, int[] item, boolean[] knownValues, RandomStream random) throws Exception {
        boolean[] flags = Arrays.copyOf(knownValues, dimensions);
        int generated = 0;
        for (boolean flag : knownValues) {
            generated += flag ? 0 : 1;
        }
        if (!SequenceWindow.knowsBeginningOnly(process)) {
            Arrays.fill(flags, knownValues.length, dimensions, true);
        }
        boolean[] units = KnownUnits.of(process, flags);
        SequenceWindow.Task task = SequenceWindow.Task.of(process, plan, order, units, generated / process.unitSize());
        ItemSampler.draw(generation, item, task.known(), task.order(), task.schedule(), random);
    }
}
