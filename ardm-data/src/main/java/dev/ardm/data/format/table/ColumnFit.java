package dev.ardm.data.format.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Chooses the code of a column from its fields in the training data. */
final class ColumnFit {
    /** Texts next to numbers that become words. */
    private static final int MAX_SPECIAL = 16;

    private static final int MAX_AFFIXES = 64;

    private final FieldCounts texts;
    private final FieldCounts numbers;
    private final Map<Affixes, DecimalCounts> decimals = new HashMap<>();
    private long size;

    private record Affixes(String prefix, String suffix, char mark) {}

    /**
     * No fields yet.
     *
     * @param mostCounted how many different texts are counted
     */
    ColumnFit(int mostCounted) {
        this.texts = new FieldCounts(mostCounted);
        this.numbers = new FieldCounts(mostCounted);
    }

    void add(String field) {
        size++;
        DecimalText number = DecimalText.find(field, '.');
        if (number == null) {
            texts.add(field);
            return;
        }
        numbers.add(field);
        count(field, number, '.');
        DecimalText other = field.indexOf('.') < 0 ? DecimalText.find(field, ',') : null;
        if (other != null) {
            count(field, other, ','); // A whole number counts for both.
        }
    }

    private void count(String field, DecimalText number, char mark) {
        Affixes affixes = new Affixes(field.substring(0, number.start()), field.substring(number.end()), mark);
        DecimalCounts counts = decimals.get(affixes);
        if (counts == null && decimals.size() < MAX_AFFIXES && FieldText.utf8(field) != null) {
            counts = new DecimalCounts();
            decimals.put(affixes, counts);
        }
        if (counts != null) {
            counts.add(number);
        }
    }

    /**
     * The code. All texts are words if there are few of them. Otherwise, if nine in ten fields are numbers of one spelling or
     * words that occur in their place, a code of numbers. Otherwise the most frequent texts are words, and the rest escapes.
     *
     * @param maxVocabulary number of words
     * @param maxBase symbols of a digit
     */
    ColumnCode code(int maxVocabulary, int maxBase) {
        boolean few = texts.complete() && numbers.complete() && texts.size() + numbers.size() <= maxVocabulary;
        if (!few) {
            ColumnCode code = decimals(Math.min(maxVocabulary, MAX_SPECIAL), maxBase);
            if (code != null) {
                return code;
            }
        }
        List<String> words = FieldCounts.union(texts, numbers).words(few ? 1 : 2, maxVocabulary);
        return new WordCode(words.isEmpty() ? List.of("") : words);
    }

    private @Nullable ColumnCode decimals(int maxSpecial, int maxBase) {
        DecimalCounts.Fit best = null;
        for (Map.Entry<Affixes, DecimalCounts> entry : decimals.entrySet()) {
            if (entry.getValue().size() <= size / 2) {
                continue; // At most one of each mark has more than half of the fields.
            }
            Affixes affixes = entry.getKey();
            DecimalCounts.Fit fit = entry.getValue().best(affixes.prefix(), affixes.suffix(), affixes.mark());
            if (fit != null
                    && (best == null
                            || fit.count() > best.count()
                            || (fit.count() == best.count() && affixes.mark() == '.'))) {
                best = fit;
            }
        }
        if (best == null) {
            return null;
        }
        List<String> special = texts.words(2, maxSpecial);
        long covered = best.count();
        for (String word : special) {
            covered += texts.count(word);
        }
        return covered < size - size / 10 || best.count() <= size / 2
                ? null
                : DecimalCode.covering(best.spelling(), best.least(), best.most(), maxBase, special);
    }

    /** The code that {@link ColumnCode#define} described. */
    static ColumnCode read(JsonNode node) {
        return node.has("decimals") ? DecimalCode.read(node) : new WordCode(FieldText.all(node, "words"));
    }
}
