package dev.ardm.core.counts.pixel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The contexts of a pixel of an image of two levels: ever more of the nearest pixels that come before it, alone and with its place, and
 * how many of those around it are set. Outside is nothing set.
 *
 * <p>Source: templates of nearest pixels, as in JBIG (ITU-T T.82), of many sizes at once.
 */
final class BinaryContexts {
    /** Number of contexts. */
    static final int COUNT = 22;

    private static final int FAR = 7;
    private static final int[] TEMPLATES = {4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 25, 28, 32, 36, 42, 50};
    private static final int MOST = TEMPLATES[TEMPLATES.length - 1];

    private final int height;
    private final int width;
    private final int[] ups = new int[MOST];
    private final int[] rights = new int[MOST];

    BinaryContexts(int height, int width) {
        this.height = height;
        this.width = width;
        List<int[]> all = new ArrayList<>();
        for (int up = 0; up <= FAR; up++) {
            for (int right = -FAR; right <= FAR; right++) {
                if (up > 0 || right < 0) {
                    all.add(new int[] {up, right});
                }
            }
        }
        all.sort(Comparator.<int[]>comparingInt(at -> at[0] * at[0] + at[1] * at[1])
                .thenComparingInt(at -> at[0])
                .thenComparingInt(at -> at[1]));
        for (int k = 0; k < MOST; k++) {
            ups[k] = all.get(k)[0];
            rights[k] = all.get(k)[1];
        }
    }

    private int at(int[] image, int row, int column) {
        return row < 0 || column < 0 || column >= width ? 0 : image[row * width + column];
    }

    /** The hashes of the contexts of a pixel. */
    void hashes(int[] image, int row, int column, long[] hashes) {
        long bits = 0;
        int next = 0;
        long small = 0;
        long middle = 0;
        for (int k = 0; k < MOST; k++) {
            bits = bits << 1 | at(image, row - ups[k], column + rights[k]);
            if (k + 1 == TEMPLATES[next]) {
                hashes[next] = Answers.hash(next, bits, 0);
                small = k + 1 == 4 ? bits : small;
                middle = k + 1 == 12 ? bits : middle;
                next++;
            }
        }
        int x = column * 28 / width;
        int y = row * 28 / height;
        long coarse = sums(image, row, column);
        hashes[next++] = Answers.hash(30, small, y * 32L + x);
        hashes[next++] = Answers.hash(31, middle, y / 2 * 32L + x / 2);
        hashes[next++] = Answers.hash(32, middle, y / 4 * 32L + x / 4);
        hashes[next++] = Answers.hash(33, middle, coarse);
        hashes[next++] = Answers.hash(34, small, coarse * 64 + y / 4 * 8 + x / 4);
        hashes[next] = Answers.hash(35, bits & 0xFFFF, coarse);
    }

    /** How full six blocks around are, each in four classes: three above, far above, and two on the left. */
    private long sums(int[] image, int row, int column) {
        long sums = 0;
        sums = sums * 4 + full(image, row - 8, row - 4, column - 9, column - 3);
        sums = sums * 4 + full(image, row - 8, row - 4, column - 3, column + 4);
        sums = sums * 4 + full(image, row - 8, row - 4, column + 4, column + 10);
        sums = sums * 4 + full(image, row - 4, row, column + 4, column + 10);
        sums = sums * 4 + full(image, row - 4, row, column - 10, column - 4);
        return sums * 4 + full(image, row - 16, row - 8, column - 8, column + 8);
    }

    private int full(int[] image, int fromRow, int toRow, int fromColumn, int toColumn) {
        int count = 0;
        for (int row = Math.max(0, fromRow); row < toRow; row++) {
            for (int column = Math.max(0, fromColumn); column < Math.min(width, toColumn); column++) {
                count += image[row * width + column];
            }
        }
        int of = (toRow - fromRow) * (toColumn - fromColumn);
        return count == 0 ? 0 : 4 * count < of ? 1 : 2 * count < of ? 2 : 3;
    }
}
