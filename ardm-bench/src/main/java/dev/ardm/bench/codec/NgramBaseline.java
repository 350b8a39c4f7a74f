package dev.ardm.bench.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An interpolated n-gram of bytes with absolute discounting, frozen after it was trained (S. Chen and J. Goodman 1998, equation
 * 18): what a table of counts takes for lines that are coded alone, before any rounding.
 */
final class NgramBaseline {
    private static final double DISCOUNT = 0.6;

    private final int order;
    private final Map<String, Map<Character, Integer>> counts = new HashMap<>();

    /** Counts lines that have their ends. */
    NgramBaseline(List<byte[]> lines, int order) {
        this.order = order;
        for (byte[] line : lines) {
            String text = text(line);
            for (int i = 1; i < text.length(); i++) {
                for (int o = 0; o <= Math.min(order, i); o++) {
                    counts.computeIfAbsent(text.substring(i - o, i), context -> new HashMap<>())
                            .merge(text.charAt(i), 1, Integer::sum);
                }
            }
        }
    }

    /** One character a byte, after an end of line. */
    private static String text(byte[] line) {
        return '\n' + new String(line, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Bytes that lines take together, each alone. */
    double size(List<byte[]> lines) {
        double bits = 0;
        for (byte[] line : lines) {
            String text = text(line);
            for (int i = 1; i < text.length(); i++) {
                bits -= Math.log(probability(text, i)) / Math.log(2);
            }
        }
        return bits / 8;
    }

    private double probability(String text, int i) {
        double probability = 1.0 / 256;
        for (int o = 0; o <= Math.min(order, i); o++) {
            Map<Character, Integer> following = counts.get(text.substring(i - o, i));
            if (following == null) {
                break;
            }
            double total = following.values().stream().mapToInt(n -> n).sum();
            double own = Math.max(following.getOrDefault(text.charAt(i), 0) - DISCOUNT, 0) / total;
            probability = own + DISCOUNT * following.size() / total * probability;
        }
        return probability;
    }
}
