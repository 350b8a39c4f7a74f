package dev.ardm.core.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Item numbers in ascending order, kept as ranges. Damage has few ranges, however large the archive is. Immutable. */
public final class ItemRanges {
    private final List<Range> ranges;
    private final long count;

    /** A range of items. */
    public record Range(int from, int to) {}

    private ItemRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
        this.count = ranges.stream().mapToLong(range -> range.to - range.from).sum();
    }

    /** A range of items. */
    public static ItemRanges of(int from, int to) {
        Builder builder = new Builder();
        if (to > from) {
            builder.add(from, to);
        }
        return builder.build();
    }

    /**
     * These items.
     *
     * @param ascending each number once
     * @throws IllegalArgumentException if one is not above the one before it
     */
    public static ItemRanges of(IntStream ascending) {
        Builder builder = new Builder();
        ascending.forEach(builder::add);
        return builder.build();
    }

    /** The ranges, in ascending order; items that follow each other are in one range. */
    public List<Range> ranges() {
        return ranges;
    }

    /** The number of items. */
    public long count() {
        return count;
    }

    /** Their numbers, in ascending order. */
    public IntStream numbers() {
        return ranges.stream().flatMapToInt(range -> IntStream.range(range.from, range.to));
    }

    /** Whether an item is one of them. */
    public boolean contains(int number) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).to <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < ranges.size() && ranges.get(low).from <= number;
    }

    /** For people: {@code 3, 7-12}, or {@code none}. */
    @Override
    public String toString() {
        return toString(Integer.MAX_VALUE);
    }

    /** For people, as {@link #toString()}, cut off with {@code , ...} after that many characters. */
    public String toString(int most) {
        if (ranges.isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            if (text.length() > most) {
                return text.append(", ...").toString();
            }
            text.append(text.length() == 0 ? "" : ", ").append(range.from);
            if (range.to - range.from > 1) {
                text.append('-').append(range.to - 1);
            }
        }
        return text.toString();
    }

    /** Takes numbers in ascending order. */
    public static final class Builder {
        private final List<Range> ranges = new ArrayList<>();

        /** Adds an item. */
        public void add(int number) {
            add(number, number + 1);
        }

        /**
         * Adds a range of items.
         *
         * @throws IllegalArgumentException if it has no items, or begins before the end of the last one
         */
        public void add(int from, int to) {
            int last = ranges.size() - 1;
            if (to <= from || last >= 0 && from < ranges.get(last).to) {
                throw new IllegalArgumentException(
                        "items from " + from + " to " + to + " after " + (last < 0 ? "none" : ranges.get(last)));
            }
            if (last >= 0 && ranges.get(last).to == from) {
                ranges.set(last, new Range(ranges.get(last).from, to));
            } else {
                ranges.add(new Range(from, to));
            }
        }

        /** The items that were added. */
        public ItemRanges build() {
            return new ItemRanges(ranges);
        }
    }
}
