package dev.ardm.data.format.sequence;

import dev.ardm.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The characters that are symbols, in the order of their code points. If there were more in the training data than symbols,
 * one symbol more, the last, stands for all others.
 */
final class Alphabet {
    private static final String REPLACEMENT = "\uFFFD";

    private final int[] codePoints;
    private final boolean hasOther;
    private final int[] symbolOfBmp = new int[1 << 16];
    private final Map<Integer, Integer> symbolBeyondBmp = new HashMap<>();

    /**
     * An alphabet.
     *
     * @param codePoints ascending, no surrogates, at least one
     * @param hasOther whether there is a symbol for other characters
     * @throws DataException if these are not characters in order, or the symbols are fewer than 2 or more than 65536
     */
    Alphabet(int[] codePoints, boolean hasOther) throws DataException {
        this.codePoints = codePoints.clone();
        this.hasOther = hasOther;
        if (size() < 2 || size() > 1 << 16) {
            throw new DataException("malformed definition: an alphabet of " + size() + " symbols");
        }
        Arrays.fill(symbolOfBmp, -1);
        for (int i = 0; i < codePoints.length; i++) {
            int c = codePoints[i];
            if (!isScalar(c) || (i > 0 && c <= codePoints[i - 1])) {
                throw new DataException("malformed definition: the alphabet is not in order at " + c);
            }
            if (c < symbolOfBmp.length) {
                symbolOfBmp[c] = i;
            } else {
                symbolBeyondBmp.put(c, i);
            }
        }
    }

    /**
     * The most frequent characters; of equally frequent ones those of lower code points.
     *
     * @param max symbols, at least 2
     * @throws DataException if no character was counted
     */
    static Alphabet of(CharacterCounts counts, int max) throws DataException {
        int[] found = counts.found();
        if (found.length == 0) {
            throw new DataException("the training data contains no characters");
        }
        // A space needs at least two symbols.
        boolean other = found.length > max || found.length == 1;
        int[] kept = IntStream.of(found)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(counts::of)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(found.length > max ? max - 1 : found.length)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return new Alphabet(kept, other);
    }

    static boolean isScalar(int codePoint) {
        return Character.isValidCodePoint(codePoint) && (codePoint < 0xD800 || codePoint > 0xDFFF);
    }

    /** Number of symbols. */
    int size() {
        return codePoints.length + (hasOther ? 1 : 0);
    }

    boolean hasOther() {
        return hasOther;
    }

    /** The symbol for all other characters; -1 if there is none. */
    int other() {
        return hasOther ? codePoints.length : -1;
    }

    /** The symbol of a character; -1 if it has none of its own. */
    int symbol(int codePoint) {
        return codePoint < symbolOfBmp.length ? symbolOfBmp[codePoint] : symbolBeyondBmp.getOrDefault(codePoint, -1);
    }

    int[] codePoints() {
        return codePoints.clone();
    }

    /** UTF-8 of each symbol; of the one for other characters that of U+FFFD. */
    byte[][] utf8() {
        byte[][] utf8 = new byte[size()][];
        for (int i = 0; i < codePoints.length; i++) {
            utf8[i] = Character.toString(codePoints[i]).getBytes(StandardCharsets.UTF_8);
        }
        if (hasOther) {
            utf8[other()] = REPLACEMENT.getBytes(StandardCharsets.UTF_8);
        }
        return utf8;
    }
}
