package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTest {
    private static Ranges ranges(int... numbers) {
        Ranges ranges = new Ranges();
        Arrays.stream(numbers).forEach(ranges::add);
        assertThat(ranges.size()).isEqualTo(numbers.length);
        return ranges;
    }

    @Test
    void rangesAreShort() {
        assertThat(ranges()).hasToString("");
        assertThat(ranges(4)).hasToString("4");
        assertThat(ranges(0, 1, 2, 5, 7, 8)).hasToString("0-2, 5, 7-8");
        assertThat(ranges(IntStream.range(3, 5000).toArray())).hasToString("3-4999");
        for (int n : new int[] {100, 1000}) {
            assertThat(ranges(IntStream.range(0, n).map(i -> 2 * i).toArray()).toString())
                    .hasSizeLessThan(140)
                    .startsWith("0, 2, 4, ")
                    .endsWith(", ...")
                    .doesNotContain("..., ");
        }
    }

    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(Text.count(1, "item")).isEqualTo("1 item");
        assertThat(Text.count(0, "item")).isEqualTo("0 items");
        assertThat(Text.count(12345, "byte")).isEqualTo("12,345 bytes");
    }

    @Test
    void namesStayApartWhenTheyAreMadePortable() throws IOException {
        assertThat(FolderNames.portable(
                        List.of("a\\b.png", "a_b.png", "a\tb.png", "d\u0001/x.y/n", "d\\/x.y/n", "a:b*?.png")))
                .containsExactly("a_b_2.png", "a_b.png", "a_b_3.png", "d_/x.y/n", "d_/x.y/n_2", "a:b*?.png");
        assertThat(FolderNames.numbered(7, 10)).isEqualTo("00007");
        assertThat(FolderNames.numbered(7, 1_000_001)).isEqualTo("0000007");
    }
}
