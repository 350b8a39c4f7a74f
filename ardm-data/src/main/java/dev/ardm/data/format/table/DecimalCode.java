package dev.ardm.data.format.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of numbers: the scaled value less the least one, as digits of a base, the highest (a coarse bin) first. The first
 * variable has the bins, then words that stand in the place of numbers (missing values), then the escape; the other digits of
 * these are 0. Nothing is rounded.
 */
final class DecimalCode implements ColumnCode {
    private final DecimalSpelling spelling;
    private final long least;
    private final int bins;
    private final int base;
    private final int digits;
    private final List<String> words;
    private final Map<String, Integer> symbols = new HashMap<>();
    /** The value of a step of the highest digit. */
    private final long step;

    /**
     * A code of {@code bins * base^(digits - 1)} values.
     *
     * @param least scaled value of the first one
     * @param bins symbols of the highest digit
     * @param base symbols of each of the others
     */
    DecimalCode(DecimalSpelling spelling, long least, int bins, int base, int digits, List<String> words) {
        if (digits < 1 || digits > 62 || bins < 1 || base < 2 || Math.abs(least) >= DecimalSpelling.LIMIT) {
            throw new IllegalArgumentException(
                    digits + " digits of base " + base + ", " + bins + " bins, from " + least);
        }
        this.spelling = spelling;
        this.least = least;
        this.bins = bins;
        this.base = base;
        this.digits = digits;
        this.words = List.copyOf(words);
        this.step = power(base, digits - 1);
        Math.multiplyExact(step, (long) bins);
        for (int i = 0; i < words.size(); i++) {
            if (symbols.put(words.get(i), bins + i) != null
                    || spelling.value(words.get(i)).isPresent()) {
                throw new IllegalArgumentException("'" + words.get(i) + "' has two symbols");
            }
        }
    }

    /**
     * The code of fewest digits with at most that many symbols each.
     *
     * @param least the least scaled value
     * @param most the largest one
     * @param maxBase at least 2
     */
    static DecimalCode covering(DecimalSpelling spelling, long least, long most, int maxBase, List<String> words) {
        long values = Math.addExact(Math.subtractExact(most, least), 1);
        int digits = 1;
        while (!reaches(maxBase, digits, values)) {
            digits++;
        }
        int base = 2;
        while (!reaches(base, digits, values)) {
            base++;
        }
        long step = power(base, digits - 1);
        return new DecimalCode(spelling, least, (int) ((values - 1) / step + 1), base, digits, words);
    }

    private static boolean reaches(int base, int digits, long values) {
        long left = values;
        for (int i = 0; i < digits; i++) {
            left = (left - 1) / base + 1;
        }
        return left == 1;
    }

    private static long power(int base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power = Math.multiplyExact(power, (long) base);
        }
        return power;
    }

    @Override
    public int[] categories() {
        int[] categories = new int[digits];
        Arrays.fill(categories, base);
        categories[0] = bins + words.size() + 1;
        return categories;
    }

    @Override
    public boolean encode(String field, int[] row, int at) {
        Arrays.fill(row, at, at + digits, 0);
        Integer word = symbols.get(field);
        if (word != null) {
            row[at] = word;
            return true;
        }
        OptionalLong value = spelling.value(field);
        // Both are below 10^18, so the difference is exact.
        if (value.isEmpty() || value.getAsLong() < least || (value.getAsLong() - least) / step >= bins) {
            row[at] = bins + words.size();
            return false;
        }
        long rest = value.getAsLong() - least;
        for (int i = digits - 1; i > 0; i--) {
            row[at + i] = (int) (rest % base);
            rest /= base;
        }
        row[at] = (int) rest;
        return true;
    }

    @Override
    public @Nullable String decode(int[] row, int at) {
        int first = row[at];
        if (first >= bins) {
            return first - bins < words.size() ? words.get(first - bins) : null;
        }
        long offset = first;
        for (int i = 1; i < digits; i++) {
            offset = offset * base + row[at + i];
        }
        return spelling.text(least + offset);
    }

    @Override
    public void define(ObjectNode node) {
        ObjectNode decimals = node.putObject("decimals");
        decimals.put("prefix", FieldText.shown(spelling.prefix()));
        decimals.put("suffix", FieldText.shown(spelling.suffix()));
        if (spelling.mark() != '.') {
            decimals.put("mark", String.valueOf(spelling.mark()));
        }
        decimals.put("leastFraction", spelling.least());
        decimals.put("mostFraction", spelling.most());
        decimals.put("least", least);
        decimals.put("bins", bins);
        decimals.put("base", base);
        decimals.put("digits", digits);
        FieldText.putAll(node, "words", words);
    }

    /** Reads what {@link #define} wrote. */
    static DecimalCode read(JsonNode node) {
        JsonNode decimals = node.required("decimals");
        String mark = decimals.has("mark") ? decimals.required("mark").stringValue() : ".";
        return new DecimalCode(
                new DecimalSpelling(
                        FieldText.bytes(decimals.required("prefix").stringValue()),
                        FieldText.bytes(decimals.required("suffix").stringValue()),
                        mark.length() == 1 ? mark.charAt(0) : 0,
                        decimals.required("leastFraction").intValue(),
                        decimals.required("mostFraction").intValue()),
                decimals.required("least").longValue(),
                decimals.required("bins").intValue(),
                decimals.required("base").intValue(),
                decimals.required("digits").intValue(),
                FieldText.all(node, "words"));
    }
}
