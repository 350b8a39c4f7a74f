package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.Text;
import dev.ardm.app.archive.RestoredNames;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(Text.count(1, "item")).isEqualTo("1 item");
        assertThat(Text.count(0, "item")).isEqualTo("0 items");
        assertThat(Text.count(12345, "byte")).isEqualTo("12,345 bytes");
    }

    @Test
    void namesStayApartWhenTheyAreMadePortable() throws IOException {
        assertThat(RestoredNames.portable(
                        List.of("a\\b.png", "a_b.png", "a\tb.png", "d\u0001/x.y/n", "d\\/x.y/n", "a:b*?.png")))
                .containsExactly("a_b_2.png", "a_b.png", "a_b_3.png", "d_/x.y/n", "d_/x.y/n_2", "a:b*?.png");
        assertThat(RestoredNames.numbered(7, 10)).isEqualTo("00007");
        assertThat(RestoredNames.numbered(7, 1_000_001)).isEqualTo("0000007");
    }
}
