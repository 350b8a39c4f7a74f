package dev.ardm.exact;

import static dev.ardm.exact.Numbers.ALL;
import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.random;
import static dev.ardm.exact.Numbers.rounds;
import static dev.ardm.exact.Numbers.untouched;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Normalisations and attention in pieces, in any order, against the reference's whole operation; nothing else is written. */
class PartialOperationsTest {
    private final Random random = new Random(12);
    private final Workspace workspace = new Workspace();

    void all() {
        statisticsOfSomeGroups();
        someRowsNormalised();
        groupNormIsStatisticsAndNormalisation();
        someQueriesAndHeads();
        wholeAttentionIsItsPieces();
    }

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    /** A random cut of [0, size), in random order, now and then with empty ranges. */
    private List<int[]> ranges(int size) {
        List<int[]> ranges = new ArrayList<>();
        for (int from = 0, end; from < size; from = end) {
            end = Math.min(size, from + random.nextInt(1 + Math.max(2, size / 2)));
            ranges.add(new int[] {from, end});
        }
        Collections.shuffle(ranges, random);
        return ranges;
    }

    @Test
    void statisticsOfSomeGroups() {
        for (int round = 0; round < rounds(200); round++) {
            int spatial = round % 4 == 0 ? upTo(300) : upTo(70);
            int groups = upTo(9);
            int channels = groups * upTo(round % 2 == 0 ? 5 : 30);
            int xOffset = random.nextInt(5);
            float[] x = random(random, xOffset + spatial * channels, 2);
            float[] gamma = random(random, channels + 1, 1);
            float[] mean = untouched(channels + 2);
            float[] scale = untouched(channels + 2);
            SCALAR.groupStatistics(
                    new Rows(x, xOffset, spatial, channels),
                    new Groups(groups, 0, groups),
                    gamma,
                    1e-5f,
                    new Statistics(mean, scale),
                    workspace);
            String what = spatial + "x" + channels + " in " + groups + " groups";
            for (Kernels kernels : ALL) {
                float[] meanOf = untouched(mean.length);
                float[] scaleOf = untouched(scale.length);
                for (int[] r : ranges(groups)) {
                    float[] meanBefore = meanOf.clone();
                    float[] scaleBefore = scaleOf.clone();
                    kernels.groupStatistics(
                            new Rows(x, xOffset, spatial, channels),
                            new Groups(groups, r[0], r[1]),
                            gamma,
                            1e-5f,
                            new Statistics(meanOf, scaleOf),
                            workspace);
                    int first = r[0] * (channels / groups);
                    int count = (r[1] - r[0]) * (channels / groups);
                    System.arraycopy(mean, first, meanBefore, first, count);
                    System.arraycopy(scale, first, scaleBefore, first, count);
                    assertSameBits(meanOf, meanBefore, kernels.name() + " mean of " + what);
                    assertSameBits(scaleOf, scaleBefore, kernels.name() + " scale of " + what);
                }
                assertSameBits(meanOf, mean, kernels.name() + " all means of " + what);
            }
        }
    }

    @Test
    void someRowsNormalised() {
        for (int round = 0; round < rounds(200); round++) {
            int rows = upTo(40);
            int channels = upTo(round % 2 == 0 ? 10 : 90);
            int xOffset = random.nextInt(5);
            int offset = random.nextInt(5);
            boolean silu = random.nextBoolean();
            float[] x = random(random, xOffset + rows * channels, 2);
            float[] mean = random(random, channels + random.nextInt(2), 1);
            float[] scale = random(random, channels + random.nextInt(2), 1);
            float[] beta = random(random, channels + random.nextInt(2), 1);
            float[] expected = untouched(offset + rows * channels + 3);
            for (int i = 0; i < rows * channels; i++) {
                int c = i % channels;
                float y = Math.fma(x[xOffset + i] - mean[c], scale[c], beta[c]);
                expected[offset + i] = silu ? ScalarMath.silu(y) : y;
            }
            for (Kernels kernels : ALL) {
                float[] actual = untouched(expected.length);
                float[] inPlace = untouched(expected.length);
                System.arraycopy(x, xOffset, inPlace, offset, rows * channels);
                for (int[] r : ranges(rows)) {
                    int from = xOffset + r[0] * channels;
                    int to = offset + r[0] * channels;
                    int count = r[1] - r[0];
                    kernels.normalise(
                            new Rows(x, from, count, channels), new Statistics(mean, scale), beta, silu, actual, to);
                    kernels.normalise(
                            new Rows(inPlace, to, count, channels),
                            new Statistics(mean, scale),
                            beta,
                            silu,
                            inPlace,
                            to);
                }
                assertSameBits(actual, expected, kernels.name() + " normalise " + rows + "x" + channels);
                assertSameBits(inPlace, expected, kernels.name() + " in place " + rows + "x" + channels);
            }
        }
    }

    @Test
    void groupNormIsStatisticsAndNormalisation() {
        for (int round = 0; round < rounds(50); round++) {
            int spatial = upTo(100);
            int groups = upTo(6);
            int channels = groups * upTo(12);
            boolean silu = random.nextBoolean();
            float[] x = random(random, spatial * channels, 2);
            float[] gamma = random(random, channels, 1);
            float[] beta = random(random, channels, 1);
            float[] expected = new float[x.length];
            SCALAR.groupNorm(
                    new Images(x, 0, 1, spatial, channels, groups),
                    new Scaling(gamma, beta, 1e-5f),
                    silu,
                    expected,
                    0,
                    workspace);
            for (Kernels kernels : ALL) {
                float[] mean = new float[channels];
                float[] scale = new float[channels];
                float[] actual = new float[x.length];
                for (int[] r : ranges(groups)) {
                    kernels.groupStatistics(
                            new Rows(x, 0, spatial, channels),
                            new Groups(groups, r[0], r[1]),
                            gamma,
                            1e-5f,
                            new Statistics(mean, scale),
                            workspace);
                }
                for (int[] r : ranges(spatial)) {
                    int at = r[0] * channels;
                    kernels.normalise(
                            new Rows(x, at, r[1] - r[0], channels),
                            new Statistics(mean, scale),
                            beta,
                            silu,
                            actual,
                            at);
                }
                assertSameBits(actual, expected, kernels.name() + " " + spatial + "x" + channels);
            }
        }
    }

    @Test
    void someQueriesAndHeads() {
        for (int round = 0; round < rounds(80); round++) {
            int tokens = upTo(round % 4 == 0 ? 120 : 30);
            int heads = upTo(5);
            int headWidth = upTo(round % 3 == 0 ? 40 : 9);
            int row = heads * headWidth;
            int qOffset = random.nextInt(4);
            int kvOffset = random.nextInt(4);
            int offset = random.nextInt(4);
            // More queries than tokens are allowed: they need not come from the same places.
            int queries = upTo(2 * tokens);
            float[] q = random(random, qOffset + queries * row, 1);
            float[] k = random(random, kvOffset + tokens * row, 1);
            float[] v = random(random, kvOffset + tokens * row, 1);
            float[] expected = untouched(offset + queries * row + 3);
            SCALAR.attention(
                    new Queries(q, qOffset, queries, VisibleKeys.ALL),
                    new Keys(k, v, kvOffset, tokens, heads, headWidth),
                    new Output(expected, offset, 0, heads),
                    workspace);
            for (Kernels kernels : ALL) {
                float[] actual = untouched(expected.length);
                for (int[] some : ranges(queries)) {
                    for (int[] h : ranges(heads)) {
                        float[] before = actual.clone();
                        kernels.attention(
                                new Queries(q, qOffset + some[0] * row, some[1] - some[0], VisibleKeys.ALL),
                                new Keys(k, v, kvOffset, tokens, heads, headWidth),
                                new Output(actual, offset + some[0] * row, h[0], h[1]),
                                workspace);
                        for (int t = some[0]; t < some[1]; t++) {
                            int at = offset + t * row + h[0] * headWidth;
                            System.arraycopy(expected, at, before, at, (h[1] - h[0]) * headWidth);
                        }
                        assertSameBits(actual, before, kernels.name() + " " + queries + " queries, " + tokens);
                    }
                }
                assertSameBits(actual, expected, kernels.name() + " all " + queries + " queries");
            }
        }
    }

    /** Whole attention of an item, where queries are as many as tokens, is the same as its own pieces. */
    @Test
    void wholeAttentionIsItsPieces() {
        for (int round = 0; round < rounds(20); round++) {
            int tokens = upTo(60);
            int heads = upTo(4);
            int headWidth = upTo(20);
            int row = heads * headWidth;
            float[] q = random(random, 2 * tokens * row, 1);
            float[] k = random(random, q.length, 1);
            float[] v = random(random, q.length, 1);
            for (Kernels kernels : ALL) {
                float[] whole = new float[q.length];
                kernels.attention(q, new Keys(k, v, 0, tokens, heads, headWidth), 2, whole, workspace);
                float[] pieces = new float[q.length];
                for (int t = 0; t < 2 * tokens; t++) {
                    int at = t / tokens * tokens * row;
                    for (int head = 0; head < heads; head++) {
                        kernels.attention(
                                new Queries(q, t * row, 1, VisibleKeys.ALL),
                                new Keys(k, v, at, tokens, heads, headWidth),
                                new Output(pieces, t * row, head, head + 1),
                                workspace);
                    }
                }
                assertSameBits(pieces, whole, kernels.name() + " " + tokens + " tokens");
            }
        }
    }
}
