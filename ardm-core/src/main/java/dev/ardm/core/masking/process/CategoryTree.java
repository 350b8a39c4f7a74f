package dev.ardm.core.masking.process;

import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Learns the tree of categories by which {@link Upscale} generates values without order: categories that stand next to the same ones
 * share a branch.
 *
 * <p>Level by level, from the coarsest, the categories of one branch are dealt to its branches, which have equally many. Two categories
 * of different branches are exchanged for as long as that raises the mutual information of a value's branch with the value before it,
 * and with the one after it: clustering by distributions (Pereira, Tishby and Lee 1993, "Distributional clustering of English words")
 * with exchanges (Kneser and Ney 1993). Neighbours are next to each other along any axis. Categories that do not occur come last, so
 * that they do not fill branches of others, which would leave nothing to the later digits. The same items give the same tree on every
 * machine: counts are integers, and so are their logarithms.
 */
public final class CategoryTree {
    /** The largest number of categories: time grows with its third power. */
    public static final int MOST_CATEGORIES = 512;

    /** Looking for exchanges ends after so many passes, if it still finds some. */
    private static final int MOST_PASSES = 30;

    /** Digits after the point of logarithms, in bits. */
    private static final int FRACTION = 16;

    /** Smaller counts have a table of {@link #nLogN}. */
    private static final int SMALL = 1 << 12;

    private final long[] table = new long[SMALL];
    private final int categories;
    /** How often each category stands before each one, and then how often after each one. */
    private final int[][] contexts;
    /** Categories in the order of their leaves: first those that occur next to others. */
    private final int[] values;

    private final int occurring;

    private CategoryTree(int[][] contexts) {
        for (int n = 1; n < SMALL; n++) {
            table[n] = computed(n);
        }
        this.contexts = contexts;
        categories = contexts.length;
        long[] counts = new long[categories];
        Arrays.setAll(
                counts, value -> Arrays.stream(contexts[value]).asLongStream().sum());
        // The most frequent first; the sort is stable, so equally frequent ones stay in their order.
        values = IntStream.range(0, categories)
                .boxed()
                .sorted(Comparator.comparingLong(value -> -counts[value]))
                .mapToInt(Integer::intValue)
                .toArray();
        occurring = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /** Whether a tree can be learnt for the values of a space. */
    public static boolean fits(Space space) {
        return space.categories().length == 1
                && space.scale() == Space.Scale.NOMINAL
                && space.maxCategories() <= MOST_CATEGORIES;
    }

    /**
     * The process with a tree.
     *
     * @param numbers the process without one
     * @param items of its space; sequences may be shorter. Less than 2^31 neighbours in all
     * @throws IllegalArgumentException if values are ordered or there are more than {@value #MOST_CATEGORIES} categories
     */
    public static Upscale learn(Upscale numbers, Stream<int[]> items) {
        Space space = numbers.space();
        if (!fits(space)) {
            throw new IllegalArgumentException("a tree is learnt for values without order, of at most "
                    + MOST_CATEGORIES + " categories, not for " + space);
        }
        CategoryTree tree = new CategoryTree(contexts(space, items));
        int parent = space.maxCategories();
        int width = parent;
        for (int stage = 1; stage < numbers.stages(); stage++) {
            width = numbers.width(stage);
            tree.makeLevel(width, parent);
            parent = width;
        }
        return numbers.withTree(tree.leaves(width));
    }

    private static int[][] contexts(Space space, Stream<int[]> items) {
        int categories = space.maxCategories();
        int[][] contexts = new int[categories][2 * categories];
        items.forEach(item -> {
            int stride = 1;
            for (int axis = space.rank() - 1; axis >= 0; axis--) {
                int extent = space.extent(axis);
                for (int i = stride; i < item.length; i++) {
                    if (i / stride % extent > 0) {
                        contexts[item[i - stride]][item[i]]++;
                        contexts[item[i]][categories + item[i - stride]]++;
                    }
                }
                stride *= extent;
            }
        });
        return contexts;
    }

    /**
     * Exchanges categories between branches that are in one branch of the level above.
     *
     * @param width number of leaves of a branch
     * @param parent that of the level above
     */
    private void makeLevel(int width, int parent) {
        int[][] branches = new int[(categories + width - 1) / width][2 * categories];
        for (int i = 0; i < categories; i++) {
            add(branches[i / width], contexts[values[i]], 1);
        }
        boolean changed = true;
        for (int pass = 0; pass < MOST_PASSES && changed; pass++) {
            changed = false;
            for (int i = 0; i < occurring; i++) {
                int end = Math.min(i / parent * parent + parent, occurring);
                for (int j = (i / width + 1) * width; j < end; j++) {
                    int[] a = contexts[values[i]];
                    int[] b = contexts[values[j]];
                    if (gain(branches[i / width], a, b) + gain(branches[j / width], b, a) > 0) {
                        exchange(branches[i / width], a, b);
                        exchange(branches[j / width], b, a);
                        int value = values[i];
                        values[i] = values[j];
                        values[j] = value;
                        changed = true;
                    }
                }
            }
        }
    }

    /** By how much a branch's part of the mutual information, times the number of pairs, is larger with one category for another. */
    private long gain(int[] branch, int[] without, int[] with) {
        long gain = 0;
        for (int side = 0; side < 2; side++) {
            long count = 0;
            long change = 0;
            for (int k = side * categories; k < (side + 1) * categories; k++) {
                int difference = with[k] - without[k];
                count += branch[k];
                change += difference;
                if (difference != 0) {
                    gain += nLogN(branch[k] + difference) - nLogN(branch[k]);
                }
            }
            gain -= nLogN(count + change) - nLogN(count);
        }
        return gain;
    }

    private static void exchange(int[] branch, int[] without, int[] with) {
        add(branch, without, -1);
        add(branch, with, 1);
    }

    private static void add(int[] branch, int[] context, int sign) {
        for (int k = 0; k < context.length; k++) {
            branch[k] += sign * context[k];
        }
    }

    private long nLogN(long n) {
        return n < SMALL ? table[(int) n] : computed(n);
    }

    private static long computed(long n) {
        return StrictMath.round(n * StrictMath.log(n) * (1 << FRACTION));
    }

    /** The leaf of each category; within the smallest branches in the order of their numbers. */
    private int[] leaves(int smallest) {
        for (int i = 0; i < categories; i += smallest) {
            Arrays.sort(values, i, Math.min(i + smallest, categories));
        }
        int[] leaves = new int[categories];
        for (int leaf = 0; leaf < categories; leaf++) {
            leaves[values[leaf]] = leaf;
        }
        return leaves;
    }
}
