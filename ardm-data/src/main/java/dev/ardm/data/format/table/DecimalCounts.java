package dev.ardm.data.format.table;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The numbers of a column that have one text before and one after them, by their fraction digits. */
final class DecimalCounts {
    private static final int LENGTHS = DecimalText.MAX_DIGITS + 1;

    private final Tally[] all = new Tally[LENGTHS];
    /** Only those that do not end in a fraction digit 0. */
    private final Tally[] trimmed = new Tally[LENGTHS];

    private long size;

    DecimalCounts() {
        Arrays.setAll(all, i -> new Tally());
        Arrays.setAll(trimmed, i -> new Tally());
    }

    /** Number of numbers. */
    long size() {
        return size;
    }

    void add(DecimalText number) {
        size++;
        all[number.fraction()].add(number.unscaled());
        if (!number.endsInZero()) {
            trimmed[number.fraction()].add(number.unscaled());
        }
    }

    /** A spelling, how many numbers are spelled like that, and the least and largest of their scaled values. */
    record Fit(DecimalSpelling spelling, long count, long least, long most) {}

    /** The most frequent spelling of numbers; of several the coarsest, and of these the most specific. */
    @Nullable
    Fit best(String prefix, String suffix, char mark) {
        Fit best = null;
        for (int most = 0; most < LENGTHS; most++) {
            for (int least = most; least >= 0; least--) {
                Fit fit = fit(new DecimalSpelling(prefix, suffix, mark, least, most));
                if (fit != null && (best == null || fit.count > best.count)) {
                    best = fit;
                }
            }
        }
        return best;
    }

    private @Nullable Fit fit(DecimalSpelling spelling) {
        long count = 0;
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int fraction = spelling.least(); fraction <= spelling.most(); fraction++) {
            Tally tally = fraction == spelling.least() ? all[fraction] : trimmed[fraction];
            if (tally.count == 0) {
                continue;
            }
            OptionalLong least = spelling.scaled(tally.least, fraction);
            OptionalLong most = spelling.scaled(tally.most, fraction);
            if (least.isEmpty() || most.isEmpty()) {
                return null;
            }
            count += tally.count;
            low = Math.min(low, least.getAsLong());
            high = Math.max(high, most.getAsLong());
        }
        return count == 0 ? null : new Fit(spelling, count, low, high);
    }

    private static final class Tally {
        long count;
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;

        void add(long value) {
            count++;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
    }
}
