package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountTableTest {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @Test
    void countsAsAMapDoes() {
        CountTable table = new CountTable();
        Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
        Random random = new Random(1);
        for (int k = 0; k < 60_000; k++) {
            int context = random.nextInt(1 + random.nextInt(4_000));
            int symbol = context % 7 == 0 ? 5 : random.nextInt(1 + context % 257);
            table.add((context + 1) * SPREAD, symbol);
            counts.computeIfAbsent(context, any -> new HashMap<>()).merge(symbol, 1, Integer::sum);
        }
        assertThat(table.contexts()).isEqualTo(counts.size());
        boolean[] excluded = new boolean[CountTable.SYMBOLS];
        counts.forEach((context, followers) -> {
            int entry = table.find((context + 1) * SPREAD);
            assertThat(table.distinct(entry)).isEqualTo(followers.size());
            assertThat(table.total(entry))
                    .isEqualTo(
                            followers.values().stream().mapToInt(count -> count).sum());
            for (int symbol = 0; symbol <= SymbolPredictor.END; symbol++) {
                assertThat(table.count(entry, symbol)).isEqualTo(followers.getOrDefault(symbol, 0));
            }
            int most =
                    followers.values().stream().mapToInt(count -> count).max().orElseThrow();
            assertThat(table.count(entry, table.likeliest(entry, excluded))).isEqualTo(most);
        });
        assertThat(table.find(4_001 * SPREAD)).isZero();
    }

    @Test
    void givesTheNextSymbolWhereTheLikeliestIsExcluded() {
        CountTable table = new CountTable();
        for (int symbol : new int[] {3, 9, 9, 9, 3, 4}) {
            table.add(SPREAD, symbol);
        }
        boolean[] excluded = new boolean[CountTable.SYMBOLS];
        int entry = table.find(SPREAD);
        for (int symbol : new int[] {9, 3, 4}) {
            assertThat(table.likeliest(entry, excluded)).isEqualTo(symbol);
            excluded[symbol] = true;
        }
        assertThat(table.likeliest(entry, excluded)).isEqualTo(-1);
    }
}
