package dev.ardm.core.counts.internal.trie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.AnsStack;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContextTrieTest {
    private static List<int[]> items() {
        Random random = new Random(7);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < 400; k++) {
            int[] item = new int[random.nextInt(30)];
            for (int i = 0; i < item.length; i++) {
                item[i] = i > 0 && random.nextInt(4) > 0
                        ? (item[i - 1] * 2 + random.nextInt(2)) % 11
                        : random.nextInt(11);
            }
            items.add(item);
        }
        return items;
    }

    /** Counts by symbol, of each context as text. */
    private static Map<String, Map<Integer, Integer>> expected(List<int[]> items, int longest) {
        Map<String, Map<Integer, Integer>> counts = new HashMap<>();
        for (int[] item : items) {
            int[] whole = new int[item.length + 2];
            whole[0] = ContextTrie.END;
            System.arraycopy(item, 0, whole, 1, item.length);
            whole[item.length + 1] = ContextTrie.END;
            for (int i = 1; i < whole.length; i++) {
                for (int length = 0; length <= Math.min(longest, i); length++) {
                    counts.computeIfAbsent(
                                    Arrays.toString(Arrays.copyOfRange(whole, i - length, i)), k -> new TreeMap<>())
                            .merge(whole[i], 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static Map<String, Map<Integer, Integer>> found(ContextTrie trie) {
        Map<String, Map<Integer, Integer>> counts = new HashMap<>();
        for (int length = 0; length < trie.levels.size(); length++) {
            ContextTrie.Level level = trie.levels.get(length);
            int[] symbols = new int[length];
            for (int context = 0; context < level.contexts; context++) {
                ContextCounter.symbols(trie, level, length, context, symbols);
                Map<Integer, Integer> followers = new TreeMap<>();
                for (int entry = level.starts[context]; entry < level.starts[context + 1]; entry++) {
                    followers.put((int) level.symbols[entry], level.counts[entry]);
                }
                counts.put(Arrays.toString(symbols), followers);
            }
        }
        return counts;
    }

    @Test
    void countsEachContextThatOccursOftenEnough() {
        Map<String, Map<Integer, Integer>> expected = expected(items(), 5);
        expected.values()
                .removeIf(followers ->
                        followers.values().stream().mapToInt(count -> count).sum() < 3);
        assertThat(found(new ContextCounter(items(), 3, 1 << 20).count(5))).isEqualTo(expected);
    }

    @Test
    void countsTheMostFrequentContextsWhereTheyAreMany() {
        Map<String, Map<Integer, Integer>> all = expected(items(), 4);
        Map<String, Map<Integer, Integer>> some = found(new ContextCounter(items(), 3, 20).count(4));
        assertThat(all).containsAllEntriesOf(some);
        assertThat(some.size()).isBetween(30, 1 + 4 * 20);
    }

    @Test
    void prunedTriesAreReadAsTheyWereWritten() throws Exception {
        ContextTrie all = new ContextCounter(items(), 2, 1 << 20).count(6);
        TriePruning pruning = new TriePruning(all);
        int before = Integer.MAX_VALUE;
        for (double weight : new double[] {0.01, 0.3, 1, 3, 1e9}) {
            ContextTrie pruned = pruning.pruned(weight);
            assertThat(pruned.entries()).isLessThanOrEqualTo(before);
            before = pruned.entries();
            assertThat(expected(items(), 6)).allSatisfy((context, followers) -> {
                Map<Integer, Integer> kept = found(pruned).get(context);
                assertThat(kept == null || followers.entrySet().containsAll(kept.entrySet()))
                        .isTrue();
            });
            StackWriter writer = new StackWriter();
            ContextTrie written = TrieCoder.write(writer, pruned);
            AnsStack stack = AnsStack.of(1);
            writer.push(stack);
            ContextTrie read = TrieCoder.read(new StackReader(stack), pruned.levels.size(), pruned.entries());
            assertThat(found(read)).isEqualTo(found(written));
            assertThat(found(read).keySet()).isEqualTo(found(pruned).keySet());
            assertThat(stack.head()).isEqualTo(1);
            assertThat(stack.words()).isZero();
        }
        assertThat(before).isEqualTo(12); // The frequencies of all symbols stay.
    }

    @Test
    void aCountStandsForItsClass() {
        for (int of = 0; of <= CountClasses.LARGEST; of++) {
            assertThat(CountClasses.of(CountClasses.count(of))).isEqualTo(of);
        }
        for (int count = 0; count < 100_000; count++) {
            int stored = CountClasses.count(CountClasses.of(count));
            assertThat(Math.abs(stored - count)).isLessThanOrEqualTo(count / 8);
        }
    }
}
