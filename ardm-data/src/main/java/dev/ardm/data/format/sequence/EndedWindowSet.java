package dev.ardm.data.format.sequence;

import dev.ardm.core.Space;
import dev.ardm.core.masking.window.EndedWindows;
import dev.ardm.core.masking.window.SequenceWindow;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Windows of sequences that contain their end, as a model of these sees them when it codes: each sequence is followed by a value that is
 * one more than the largest, and so are the places after it. The first half of every window but the first of its sequence is {@link
 * #context}.
 */
public final class EndedWindowSet implements ItemSet {
    private final Space space;
    private final int end;
    private final EndedWindows windows;
    private final List<SymbolSequence> sequences;
    private final int[] firstWindow;
    private final List<String> skipped;

    /**
     * Cuts sequences.
     *
     * @param space of the windows, with the end
     * @param place where the sequences are, in messages
     * @throws DataException if there are none, or too many windows
     */
    EndedWindowSet(Space space, String place, List<SymbolSequence> sequences, List<String> skipped)
            throws DataException {
        this.space = space;
        this.end = space.maxCategories() - 1;
        this.windows = new EndedWindows(space.dimensions());
        this.sequences = List.copyOf(sequences);
        this.skipped = List.copyOf(skipped);
        this.firstWindow = new int[sequences.size() + 1];
        long count = 0;
        for (int s = 0; s < sequences.size(); s++) {
            count += windows.count(Math.addExact(sequences.get(s).length(), 1));
            if (count > Integer.MAX_VALUE) {
                throw DataException.in(place, "this makes " + count + " windows, too many for one set");
            }
            firstWindow[s + 1] = (int) count;
        }
        if (count == 0) {
            throw DataException.in(place, "nothing to learn from");
        }
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public int size() {
        return firstWindow[firstWindow.length - 1];
    }

    private int sequence(int index) {
        int found = Arrays.binarySearch(firstWindow, Objects.checkIndex(index, size()));
        return found < 0 ? -found - 2 : found;
    }

    private SequenceWindow window(int index) {
        int sequence = sequence(index);
        return windows.of(sequences.get(sequence).length() + 1, index - firstWindow[sequence]);
    }

    @Override
    public int[] item(int index) {
        SequenceWindow window = window(index);
        SymbolSequence sequence = sequences.get(sequence(index));
        int[] item = new int[space.dimensions()];
        int present = Math.min(window.to(), sequence.length() - window.start());
        sequence.copy(window.start(), present, item);
        Arrays.fill(item, present, item.length, end);
        return item;
    }

    @Override
    public int length(int index) {
        return window(index).to();
    }

    @Override
    public int context(int index) {
        return window(index).from();
    }

    @Override
    public List<String> skipped() {
        return skipped;
    }
}
