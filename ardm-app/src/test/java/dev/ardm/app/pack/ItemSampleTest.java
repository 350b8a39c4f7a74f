package dev.ardm.app.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.source.Lines;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemSampleTest {
    @Test
    void allItemsAreKeptIfTheyFit() throws IOException {
        ItemSample sample = ItemSample.of(Lines.cursor(List.of("a", "bc", "")), 6);
        assertThat(sample.complete()).isTrue();
        assertThat(sample.count()).isEqualTo(3);
        assertThat(sample.symbols()).isEqualTo(3 + 3);
        assertThat(sample.equal()).isFalse();
    }

    @Test
    void ofManyItemsEveryNthIsKeptInTheirOrder() throws IOException {
        List<String> lines =
                IntStream.range(0, 1000).mapToObj(k -> String.format("%03d", k)).toList();
        ItemSample sample = ItemSample.of(Lines.cursor(lines), 1000);
        assertThat(sample.every()).isEqualTo(4);
        assertThat(sample.items()).hasSize(250);
        assertThat(sample.symbols()).isEqualTo(4000);
        for (int k = 0; k < 250; k++) {
            assertThat(sample.items().get(k).values())
                    .isEqualTo(Lines.items(List.of(lines.get(4 * k))).get(0).values());
        }
    }

    @Test
    void anItemThatIsTooLongCountsButIsNotKept() throws IOException {
        ItemSample sample = ItemSample.of(Lines.cursor(List.of("a", "x".repeat(100), "b")), 50);
        assertThat(sample.items()).hasSize(2);
        assertThat(sample.count()).isEqualTo(3);
        assertThat(sample.complete()).isFalse();
    }

    @Test
    void equalItemsAreSeenToBeEqual() throws IOException {
        assertThat(ItemSample.of(Lines.cursor(Collections.nCopies(5, "same")), Long.MAX_VALUE)
                        .equal())
                .isTrue();
        assertThat(ItemSample.of(Lines.cursor(List.of("same", "same", "samE")), Long.MAX_VALUE)
                        .equal())
                .isFalse();
    }
}
