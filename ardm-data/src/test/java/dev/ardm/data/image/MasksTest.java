package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
    private static final Space SPACE = Space.image(4, 5, 1, 2);

    @TempDir
    Path dir;

    private static String draw(boolean[] mask, int width) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < mask.length; i++) {
            text.append(i > 0 && i % width == 0 ? "/" : "").append(mask[i] ? '#' : '.');
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "missing:left ..###/..###/..###/..###",
                "missing:right ##.../##.../##.../##...",
                "missing:top ...../...../#####/#####",
                "missing:bottom #####/#####/...../.....",
                "missing:center #####/#...#/#...#/#####",
                "missing:all ...../...../...../.....",
                "missing:rect=3,1,2,3 #####/###../###../###..",
                "missing:stripes=1 #####/...../#####/.....",
                "missing:random=0 #####/#####/#####/#####",
                "missing:random=1,7 ...../...../...../.....",
            })
    void regionsAreWhereTheirNameSays(String spec, String expected) {
        assertThat(draw(Masks.parse(spec, SPACE), 5)).isEqualTo(expected);
        String reverse = expected.replace('#', 'x').replace('.', '#').replace('x', '.');
        assertThat(draw(Masks.parse(spec.replace("missing", "known"), SPACE), 5))
                .isEqualTo(reverse);
    }

    @Test
    void regionsCoverAllChannelsAndRandomOnesRepeat() {
        Space rgb = Space.image(16, 16, 3, 256);
        boolean[] mask = Masks.parse("missing:random=0.5,3", rgb);
        int missing = 0;
        for (int i = 0; i < mask.length; i += 3) {
            assertThat(mask[i] == mask[i + 1] && mask[i] == mask[i + 2]).isTrue();
            missing += mask[i] ? 0 : 1;
        }
        assertThat(missing).isBetween(96, 160);
        assertThat(Masks.parse("missing:random=0.5,3", rgb)).isEqualTo(mask);
        assertThat(Masks.parse("missing:random=0.5,4", rgb)).isNotEqualTo(mask);
        assertThat(draw(Masks.parse("known:left", Space.of(new int[] {5}, 3, Space.Scale.NOMINAL)), 5))
                .isEqualTo("##...");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "left",
                "absent:left",
                "missing:",
                "missing:middle",
                "missing:rect=1,2,3",
                "missing:rect=0,0,6,1",
                "missing:rect=-1,0,1,1",
                "missing:rect=0,0,0,1",
                "missing:rect=2147483647,0,2147483647,1",
                "missing:random=2",
                "missing:random=x",
                "missing:random=NaN",
                "missing:random=0.5,1,2",
                "missing:stripes=0",
                "missing:stripes=4",
                "missing:spots=3"
            })
    void nonsenseIsRefused(String spec) {
        assertThatThrownBy(() -> Masks.parse(spec, SPACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask \"" + spec + "\"");
    }
}
