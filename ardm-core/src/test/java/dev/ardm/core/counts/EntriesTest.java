package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.counts.internal.Measure;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntriesTest {
    private static final String[] WORDS =
            "the cat sat on a mat and saw that the dog was not in its house when rain came".split(" ");

    /** Items of words, of which each depends on the one before. */
    private static List<int[]> items(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            StringBuilder text = new StringBuilder();
            int word = random.nextInt(WORDS.length);
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(WORDS[word]).append(' ');
                word = (word * 3 + random.nextInt(3)) % WORDS.length;
            }
            items.add(text.chars().toArray());
        }
        return items;
    }

    /** Items in which three symbols may follow each of a thousand pairs. */
    private static List<int[]> pairs(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int[] item = new int[40];
            item[1] = random.nextInt(200);
            for (int i = 2; i < item.length; i++) {
                item[i] = ((item[i - 1] * 31 + item[i - 2]) % 1_000 * 7 + random.nextInt(3) * 59) % 200;
            }
            items.add(item);
        }
        return items;
    }

    private static long symbols(List<int[]> items) {
        return items.stream().mapToLong(item -> item.length + 1L).sum();
    }

    private static byte[] learnt(List<int[]> items, int most) {
        return Entries.learn(items, symbols(items), most);
    }

    private static double bits(Learnt learnt, List<int[]> items) {
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        Measure measure = new Measure();
        items.forEach(item -> predictor.write(measure, item, false));
        return measure.bits();
    }

    @Test
    void costLittleMoreThanTheSourceSays() throws Exception {
        byte[] entries = learnt(items(6_000, 1), 0);
        List<int[]> test = items(300, 2);
        double items = 0;
        for (int[] item : test) {
            long words = Arrays.stream(item).filter(symbol -> symbol == ' ').count();
            items += Math.log(WORDS.length * 12 * Math.pow(3, words - 1)) / Math.log(2);
        }
        assertThat(bits(Entries.read(entries), test)).isBetween(0.9 * items, 1.25 * items);
        assertThat(entries.length).isLessThan(4_000); // The items have 170,000 symbols.
    }

    @Test
    void hasTheSameBytesEverywhere() throws Exception {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(learnt(items(500, 1), 0)));
        assertThat(hash).isEqualTo("cae93e1c5b8d2fbf3993220c0c56a05091daf0d5ee020fa793accd68b6f28f6a");
    }

    @Test
    void keepToASize() throws Exception {
        List<int[]> items = pairs(3_000, 3);
        byte[] best = learnt(items, 0);
        int most = best.length * 3 / 4;
        byte[] less = learnt(items, most);
        assertThat(less.length).isBetween(most / 2, most);
        List<int[]> test = pairs(100, 4);
        assertThat(bits(Entries.read(less), test)).isGreaterThan(bits(Entries.read(best), test));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learnt(items, 99))
                .withMessage("entries cannot be stored in 99 bytes");
    }

    @Test
    void learnFromNothingAndFromLittle() throws Exception {
        List<List<int[]>> few = List.of(
                List.of(),
                List.of(new int[0]),
                List.of(new int[] {255}),
                List.of(new int[] {1, 2, 3}, new int[] {1, 2, 3}),
                List.of(new int[100_000]));
        for (List<int[]> items : few) {
            Learnt learnt = Entries.read(learnt(items, 0));
            assertThat(bits(learnt, List.of(new int[] {1, 2, 3, 255, 0}))).isPositive();
        }
    }

    /** What the file lists, the table has: with one symbol after each context the count is exact. */
    @Test
    void haveTheCountsOfTheItems() throws Exception {
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < 70; k++) {
            items.add("abcdefghijkl".chars().toArray());
        }
        Learnt learnt = Entries.read(learnt(items, 0));
        int place = learnt.counts.find(Contexts.hash(0, new int[] {'c'}));
        assertThat(place).isNotZero();
        assertThat(learnt.counts.distinct(place)).isEqualTo(1);
        assertThat(learnt.counts.count(place, 'd')).isBetween(64, 80);
        assertThat(learnt.counts.find(Contexts.hash(0, new int[] {'z'}))).isZero();
    }

    @Test
    void damageEndsInAnErrorOrOtherCounts() throws Exception {
        byte[] entries = learnt(items(500, 1), 0);
        Random random = new Random(1);
        int refused = 0;
        for (int k = 0; k < 60; k++) {
            byte[] damaged = entries.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(Entries.read(damaged).counts.contexts()).isLessThan(100_000);
            } catch (DamagedException damage) {
                assertThat(damage).hasMessageContaining("damaged");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void otherEndsAndNumbersAreRefused() {
        byte[] entries = learnt(items(200, 1), 0);
        for (int length = 0; length < entries.length; length += 7) {
            byte[] cut = Arrays.copyOf(entries, length);
            assertThatThrownBy(() -> Entries.read(cut)).isInstanceOf(DamagedException.class);
        }
        byte[] longer = Arrays.copyOf(entries, entries.length + 1);
        longer[entries.length] = 1;
        assertThatThrownBy(() -> Entries.read(longer)).isInstanceOf(DamagedException.class);
        byte[] levels = entries.clone();
        levels[0] = 99;
        assertThatThrownBy(() -> Entries.read(levels))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("number of lengths of contexts");
    }
}
