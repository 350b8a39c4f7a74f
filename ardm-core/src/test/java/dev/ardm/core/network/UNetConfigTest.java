package dev.ardm.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetConfigTest {
    private static UNetConfig config(int channels, int heads, int groups) {
        return new UNetConfig(
                List.of(channels), List.of(1), List.of(), List.of(true), heads, groups, 8, 8, 4 * Math.abs(groups), 0);
    }

    @Test
    void sizesThatFit() {
        assertThat(config(16, 4, 8).levels()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"16, -2, 4", "16, 2, -4", "16, 0, 4", "16, 2, 0", "18, 2, 2", "16, 3, 4", "16, 4, 3", "0, 1, 1"})
    void sizesThatDoNot(int channels, int heads, int groups) {
        assertThatThrownBy(() -> config(channels, heads, groups)).isInstanceOf(IllegalArgumentException.class);
    }
}
