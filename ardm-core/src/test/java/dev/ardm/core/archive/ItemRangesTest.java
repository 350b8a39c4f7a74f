package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemRangesTest {
    @Test
    void rangesAreWhatWasAdded() {
        ItemRanges.Builder builder = new ItemRanges.Builder();
        builder.add(3);
        builder.add(7);
        builder.add(8, 13);
        builder.add(Integer.MAX_VALUE - 2, Integer.MAX_VALUE);
        ItemRanges ranges = builder.build();
        assertThat(ranges.count()).isEqualTo(9);
        List<Integer> numbers = List.of(3, 7, 8, 9, 10, 11, 12, Integer.MAX_VALUE - 2, Integer.MAX_VALUE - 1);
        assertThat(ranges.numbers().boxed()).isEqualTo(numbers);
        assertThat(IntStream.range(0, 20).filter(ranges::contains).boxed())
                .containsExactlyElementsOf(numbers.subList(0, 7));
        assertThat(ranges.contains(Integer.MAX_VALUE - 1)).isTrue();
        assertThat(ranges.contains(Integer.MAX_VALUE - 3)).isFalse();
        assertThat(ranges).hasToString("3, 7-12, 2147483645-2147483646");
    }

    @Test
    void noneIsNone() {
        ItemRanges none = new ItemRanges.Builder().build();
        assertThat(none.count()).isZero();
        assertThat(none.contains(0)).isFalse();
        assertThat(none).hasToString("none");
    }
}
