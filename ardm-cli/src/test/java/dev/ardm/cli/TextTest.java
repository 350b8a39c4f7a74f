package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void rangesAreShort() {
        assertThat(Text.ranges(List.of())).isEmpty();
        assertThat(Text.ranges(List.of(4))).isEqualTo("4");
        assertThat(Text.ranges(List.of(0, 1, 2, 5, 7, 8))).isEqualTo("0-2, 5, 7-8");
        assertThat(Text.ranges(IntStream.range(0, 1000).map(i -> 2 * i).boxed().toList()))
                .hasSizeLessThan(140)
                .endsWith(", ...");
    }

    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(Text.count(1, "item")).isEqualTo("1 item");
        assertThat(Text.count(0, "item")).isEqualTo("0 items");
        assertThat(Text.count(12345, "byte")).isEqualTo("12,345 bytes");
    }

    @Test
    void namesStayApartWhenTheyAreMadePortable() {
        assertThat(FolderNames.portable(List.of("a:b.png", "a_b.png", "a*b.png", "d?/x.y/n", "d:/x.y/n")))
                .containsExactly("a_b_2.png", "a_b.png", "a_b_3.png", "d_/x.y/n", "d_/x.y/n_2");
        assertThat(FolderNames.numbered(7, 10)).isEqualTo("00007");
        assertThat(FolderNames.numbered(7, 1_000_001)).isEqualTo("0000007");
    }
}
