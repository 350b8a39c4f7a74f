package dev.ardm.data.format.sequence;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** How often each character occurs in a text. */
final class CharacterCounts implements Utf8.Listener {
    private final long[] bmp = new long[1 << 16];
    /** The others are rare, and a million of them is much to look through for a short text. */
    private final Map<Integer, Long> beyondBmp = new HashMap<>();

    @Override
    public void codePoint(int codePoint) {
        if (codePoint < bmp.length) {
            bmp[codePoint]++;
        } else {
            beyondBmp.merge(codePoint, 1L, Long::sum);
        }
    }

    @Override
    public void strayByte(int value) {}

    long of(int codePoint) {
        return codePoint < bmp.length ? bmp[codePoint] : beyondBmp.getOrDefault(codePoint, 0L);
    }

    /** Code points that occur, ascending. */
    int[] found() {
        return IntStream.concat(
                        IntStream.range(0, bmp.length).filter(c -> bmp[c] > 0),
                        beyondBmp.keySet().stream().mapToInt(Integer::intValue).sorted())
                .toArray();
    }
}
