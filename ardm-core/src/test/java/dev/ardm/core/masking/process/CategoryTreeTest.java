package dev.ardm.core.masking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryTreeTest {
    private static Space line(int length, int categories) {
        return Space.of(new int[] {length}, categories, Space.Scale.NOMINAL);
    }

    private static Upscale learn(Space space, int branching, List<int[]> items) {
        return CategoryTree.learn(new Upscale(space, branching, Given.NOTHING), items.stream());
    }

    /** 8 values in four classes by their remainder; a class follows the one before it, whatever the value. */
    private static List<int[]> classes(long seed, int items) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        List<int[]> all = new ArrayList<>();
        for (int n = 0; n < items; n++) {
            int[] item = new int[20];
            int from = random.nextInt(4);
            for (int i = 0; i < item.length; i++) {
                item[i] = 4 * random.nextInt(2) + (from + i) % 4;
            }
            all.add(item);
        }
        return all;
    }

    @Test
    void whatStandsNextToTheSameSharesABranch() {
        Upscale tree = learn(line(20, 8), 2, classes(1, 300));
        for (int value = 0; value < 8; value++) {
            assertThat(tree.coarse(value, 2)).as("%d", value).isEqualTo(tree.coarse(value % 4, 2));
            assertThat(tree.valueOf(tree.leaf(value))).isEqualTo(value);
        }
        assertThat(IntStream.range(0, 4).map(value -> tree.coarse(value, 2))).doesNotHaveDuplicates();
    }

    /** No exchange of two values of one branch of the level above raises the mutual information. */
    @ParameterizedTest
    @CsvSource({"7, 2, 1", "27, 6, 2", "30, 3, 3", "16, 4, 4"})
    void noExchangeIsBetter(int categories, int branching, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 1);
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            int[] item = new int[30];
            for (int i = 1; i < item.length; i++) {
                item[i] = (item[i - 1] * 5 + random.nextInt(1 + random.nextInt(categories))) % categories;
            }
            items.add(item);
        }
        Upscale tree = learn(line(30, categories), branching, items);
        int[] leaves = IntStream.range(0, categories).map(tree::leaf).toArray();
        for (int stage = 1; stage < tree.stages(); stage++) {
            double best = information(items, leaves, tree.width(stage));
            for (int a = 0; a < categories; a++) {
                for (int b = 0; b < a; b++) {
                    int[] other = leaves.clone();
                    other[a] = leaves[b];
                    other[b] = leaves[a];
                    if (leaves[a] / tree.width(stage - 1) == leaves[b] / tree.width(stage - 1)) {
                        assertThat(information(items, other, tree.width(stage))).isLessThan(best + 1e-2);
                    }
                }
            }
        }
    }

    /** Mutual information of a branch with the value before, and with the one after, times their number, in nats. */
    private static double information(List<int[]> items, int[] leaves, int width) {
        int branches = (leaves.length + width - 1) / width;
        double[][] before = new double[branches][leaves.length];
        double[][] after = new double[branches][leaves.length];
        for (int[] item : items) {
            for (int i = 1; i < item.length; i++) {
                before[leaves[item[i - 1]] / width][item[i]]++;
                after[leaves[item[i]] / width][item[i - 1]]++;
            }
        }
        // Less what does not depend on the branches: the entropy of the values.
        return Stream.of(before, after)
                .flatMap(Arrays::stream)
                .mapToDouble(counts ->
                        Arrays.stream(counts).map(CategoryTreeTest::entropy).sum()
                                - entropy(Arrays.stream(counts).sum()))
                .sum();
    }

    private static double entropy(double n) {
        return n == 0 ? 0 : n * Math.log(n);
    }

    @Test
    void theSameItemsGiveTheSameTree() {
        Upscale tree = learn(line(20, 8), 2, classes(3, 50));
        List<int[]> backwards = new ArrayList<>(classes(3, 50));
        java.util.Collections.reverse(backwards);
        assertThat(learn(line(20, 8), 2, backwards)).isEqualTo(tree);
        assertThat(IntStream.range(0, 8).map(tree::leaf).toArray())
                .as("written down once: it must not depend on the machine")
                .containsExactly(WRITTEN);
    }

    private static final int[] WRITTEN = {6, 0, 2, 4, 7, 1, 3, 5};

    /** Without neighbours values stay in the order of how frequent they are, and equally frequent ones by number. */
    @Test
    void withoutNeighboursNothingIsMoved() {
        assertThat(learn(line(1, 5), 2, List.of(new int[] {3})).hasTree()).isFalse();
        assertThat(CategoryTree.learn(new Upscale(line(9, 5), 2, Given.NOTHING), Stream.of())
                        .hasTree())
                .isFalse();
    }

    @Test
    void whatDoesNotOccurComesLast() {
        List<int[]> items = classes(1, 300);
        items.forEach(item -> Arrays.setAll(item, i -> 2 * item[i] + 1));
        Upscale tree = learn(line(20, 20), 2, items);
        for (int value = 0; value < 20; value++) {
            boolean occurs = value % 2 == 1 && value < 16;
            assertThat(tree.leaf(value) < 8).as("%d", value).isEqualTo(occurs);
        }
    }

    /** Of images, neighbours are above each other too, and never at the other end of a row. */
    @Test
    void neighboursAreAlongEveryAxis() {
        Space columns = Space.of(new int[] {6, 2}, 4, Space.Scale.NOMINAL);
        // Down a column 0, 1 alternate with 2, 3; along a row all are equally likely.
        RandomStream random = RandomStream.of(5, Purpose.TEST, 2);
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            int[] phases = {random.nextInt(2), random.nextInt(2)};
            items.add(IntStream.range(0, 12)
                    .map(i -> 2 * ((phases[i % 2] + i / 2) % 2) + random.nextInt(2))
                    .toArray());
        }
        Upscale tree = learn(columns, 2, items);
        assertThat(tree.coarse(0, 1)).isEqualTo(tree.coarse(1, 1)).isNotEqualTo(tree.coarse(2, 1));
        assertThat(tree.coarse(2, 1)).isEqualTo(tree.coarse(3, 1));
    }

    @Test
    void whatHasNoTreeIsRefused() {
        Space grey = Space.image(2, 2, 1, 5);
        Space many = line(3, CategoryTree.MOST_CATEGORIES + 1);
        for (Space space : List.of(grey, many)) {
            assertThat(CategoryTree.fits(space)).isFalse();
            assertThatThrownBy(() -> learn(space, 2, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a tree is learnt for values without order");
        }
        assertThat(CategoryTree.fits(line(3, CategoryTree.MOST_CATEGORIES))).isTrue();
    }
}
