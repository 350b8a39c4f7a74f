package dev.ardm.app;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and names as messages show them. */
public final class Text {
    private Text() {}

    /** {@code 1 item}, {@code 2,345 items}. */
    public static String count(long n, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    /** {@code 2,345}. */
    public static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** What share one number of bytes is of another. */
    public static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }

    /** {@code 1.5 s}, {@code 90 s}, {@code 3.2 min}. */
    public static String duration(long nanos) {
        double seconds = nanos / 1e9;
        return String.format(
                Locale.ROOT,
                seconds < 10 ? "%.1f s" : seconds < 120 ? "%.0f s" : "%.1f min",
                seconds < 120 ? seconds : seconds / 60);
    }

    /** Bits per dimension, as reports show them. */
    public static String bits(double bitsPerDimension) {
        return String.format(Locale.ROOT, "%.4f bits/dim", bitsPerDimension);
    }

    /** Bits per dimension of a number of bytes; 0 without dimensions. */
    public static double bitsPerDimension(long bytes, long items, int dimensions) {
        return items == 0 ? 0 : 8.0 * bytes / ((double) items * dimensions);
    }

    /** A command line that a shell reads as these words. */
    public static String command(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** A name that somebody else made up, without what could confuse a terminal. */
    public static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
