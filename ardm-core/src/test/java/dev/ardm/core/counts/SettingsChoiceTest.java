package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SettingsChoiceTest {
    private static List<int[]> items(int count, Function<Random, String> source) {
        Random random = new Random(1);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            items.add(source.apply(random).chars().toArray());
        }
        return items;
    }

    private static Settings choose(List<int[]> items) {
        return SettingsChoice.choose(
                items, items.stream().mapToLong(item -> item.length + 1L).sum());
    }

    @Test
    void leavesOutWhatBringsNothing() {
        Settings settings =
                choose(items(4_000, random -> "level " + "abc".charAt(random.nextInt(3)) + random.nextInt(10) + "."));
        int corpus = (1 << Contexts.SHARED - Contexts.ORDERS) - 1;
        assertThat(Integer.bitCount(settings.others() & corpus)).isLessThan(3);
        assertThat(settings.others() | corpus).isEqualTo(Settings.COMMON.others()); // Those within the item stay.
    }

    @Test
    void keepsTheContextsThatAreNeeded() {
        // What follows depends on a word far before, over digits that are free.
        Settings settings = choose(items(2_000, random -> {
            boolean red = random.nextBoolean();
            return (red ? "red " : "sky ") + (100_000 + random.nextInt(900_000)) + (red ? " left" : " right");
        }));
        assertThat(settings.has(Contexts.ORDERS) || settings.has(Contexts.ORDERS + 5))
                .isTrue(); // The shape of the item.
    }

    @Test
    void choosesNothingFromFewSymbolsOrLongItems() {
        assertThat(choose(items(10, random -> "a few"))).isEqualTo(Settings.COMMON);
        assertThat(choose(items(1, random -> "x".repeat(40_000))).orders()).isEqualTo(Settings.COMMON.orders());
    }

    @Test
    void areReadAsTheyWereWritten() throws Exception {
        for (Settings settings :
                List.of(Settings.COMMON, Settings.DENSE, new Settings(List.of(1, 4, 31), 5, 1_000, false))) {
            assertThat(read(written(settings))).isEqualTo(settings);
        }
    }

    @Test
    void damageIsSaid() {
        byte[] bytes = written(new Settings(List.of(1, 4, 31), 5, 7, true));
        bytes[3] = 31; // Lengths 1, 4 and 35.
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("lengths of contexts [1, 4, 35]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(List.of(1, 2, 3), 0, 0, true))
                .withMessageContaining("outside [1, 1000]");
    }

    private static byte[] written(Settings settings) {
        ByteSink bytes = new ByteSink();
        settings.write(bytes);
        return bytes.toByteArray();
    }

    private static Settings read(byte[] bytes) throws DamagedException {
        return Settings.read(new ByteCursor(DamagedException.STREAM, "settings", 0, bytes, bytes.length));
    }
}
