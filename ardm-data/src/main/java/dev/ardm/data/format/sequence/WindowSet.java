package dev.ardm.data.format.sequence;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Windows of sequences, as items. Within a sequence they begin at multiples of the stride; of the last ones see {@link
 * Trailing}. A sequence shorter than a window makes one window that ends with padding values; an empty one makes none.
 */
public final class WindowSet implements ItemSet {
    /** Treatment of the symbols after the last full window of a sequence. */
    public enum Trailing {
        /** One more window ends where the sequence ends, and overlaps the one before. */
        OVERLAP,
        /** They are in no window. */
        LEAVE_OUT
    }

    /**
     * Positions {@code [from, to)} of a window: its part that is in no earlier window and no padding.
     *
     * @param from first position, at least 0
     * @param to after the last position, at most the length of a window
     */
    public record Span(int from, int to) {}

    private final Space space;
    private final int window;
    private final int stride;
    private final int paddingValue;
    private final List<String> names;
    private final List<SymbolSequence> sequences;
    private final int[] usable;
    private final int[] firstWindow;
    private final List<String> skipped;

    /**
     * Cuts sequences.
     *
     * @param stride at most a window, a multiple of {@code symbolsPerFrame} like it
     * @param symbolsPerFrame windows begin and end at multiples of it
     * @throws DataException if there are no windows, or too many
     */
    WindowSet(
            Space space,
            int stride,
            Trailing trailing,
            int symbolsPerFrame,
            int paddingValue,
            List<String> names,
            List<SymbolSequence> sequences,
            List<String> skipped)
            throws DataException {
        this.space = space;
        this.window = space.dimensions();
        this.stride = stride;
        this.paddingValue = paddingValue;
        this.names = List.copyOf(names);
        this.sequences = List.copyOf(sequences);
        this.skipped = List.copyOf(skipped);
        this.usable = sequences.stream()
                .mapToInt(sequence -> sequence.length() - sequence.length() % symbolsPerFrame)
                .toArray();
        this.firstWindow = new int[usable.length + 1];
        long count = 0;
        for (int s = 0; s < usable.length; s++) {
            count += windows(usable[s], trailing);
            if (count > Integer.MAX_VALUE) {
                throw DataException.in(
                        names.get(s), "this makes " + count + " windows, too many for one set; take a larger stride");
            }
            firstWindow[s + 1] = (int) count;
        }
        if (count == 0) {
            throw DataException.in(names.isEmpty() ? "the data" : names.get(0), "no symbols to make windows of");
        }
    }

    private long windows(int length, Trailing trailing) {
        if (length <= window) {
            return length == 0 ? 0 : 1;
        }
        int rest = length - window;
        return rest / stride + 1L + (rest % stride != 0 && trailing == Trailing.OVERLAP ? 1 : 0);
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public int size() {
        return firstWindow[firstWindow.length - 1];
    }

    @Override
    public int[] item(int index) {
        int sequence = sequence(index);
        int start = start(index);
        int present = length(index);
        int[] item = new int[window];
        sequences.get(sequence).copy(start, present, item);
        Arrays.fill(item, present, window, paddingValue);
        return item;
    }

    @Override
    public int length(int index) {
        return Math.min(window, usable[sequence(index)] - start(index));
    }

    /** The name of the file, {@code @}, and {@link #start}. */
    @Override
    public String name(int index) {
        return names.get(sequence(index)) + "@" + start(index);
    }

    /** Number of the sequence (in the order of the files) that a window is of. */
    public int sequence(int index) {
        Objects.checkIndex(index, size());
        int found = Arrays.binarySearch(firstWindow, index);
        if (found < 0) {
            return -found - 2;
        }
        // Empty sequences have the same first window as the next that is not empty.
        while (firstWindow[found + 1] == index) {
            found++;
        }
        return found;
    }

    /** Where in its sequence a window begins. */
    public int start(int index) {
        int sequence = sequence(index);
        long regular = (long) (index - firstWindow[sequence]) * stride;
        int last = Math.max(0, usable[sequence] - window);
        return (int) Math.min(regular, last);
    }

    /**
     * The part of a window to count when every symbol counts once: what is in no earlier window, and no padding. Over
     * all windows these parts make up all symbols but {@link #leftOut}.
     */
    public Span counted(int index) {
        int sequence = sequence(index);
        int start = start(index);
        int seen = index == firstWindow[sequence] ? 0 : start(index - 1) + window;
        return new Span(Math.max(0, seen - start), Math.min(window, usable[sequence] - start));
    }

    /** Number of sequences. */
    public int sequences() {
        return sequences.size();
    }

    /** A whole sequence, in a fresh array. */
    public int[] wholeSequence(int number) {
        int[] values = new int[sequences.get(number).length()];
        sequences.get(number).copy(0, values.length, values);
        return values;
    }

    /** Number of symbols of all sequences together. */
    public long symbols() {
        return sequences.stream().mapToLong(SymbolSequence::length).sum();
    }

    /** Number of symbols that are in no window. */
    public long leftOut() {
        long in = 0;
        for (int s = 0; s < usable.length; s++) {
            if (firstWindow[s + 1] > firstWindow[s]) {
                in += Math.min(usable[s], start(firstWindow[s + 1] - 1) + window);
            }
        }
        return symbols() - in;
    }

    /** Number of padding values in windows of short sequences. */
    public long padding() {
        return Arrays.stream(usable)
                .filter(length -> length > 0)
                .mapToLong(length -> Math.max(0, window - length))
                .sum();
    }

    /** Files next to the data and were skipped because they are of another kind. */
    @Override
    public List<String> skipped() {
        return skipped;
    }
}
