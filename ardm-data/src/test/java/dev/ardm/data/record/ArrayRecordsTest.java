package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrayRecordsTest extends RecordSuite<int[]> {
    private static final Space SPACE = Space.of(new int[] {2, 3}, 10, Space.Scale.NOMINAL);

    @Override
    RecordKind<int[]> kind() {
        return new ArrayRecords(SPACE);
    }

    @Override
    List<int[]> usual(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 200)
                .mapToObj(k -> random.ints(6, 0, 3).map(x -> x + seed).toArray())
                .toList();
    }

    @Override
    List<int[]> strange() {
        return List.of(new int[6], new int[] {9, 9, 9, 9, 9, 9}, new int[] {0, 1, 2, 3, 4, 5});
    }

    @Override
    Map<int[], String> refused() {
        return Map.of(
                new int[5],
                "5",
                new int[] {0, 0, 0, 0, 0, 10},
                "10",
                new int[] {-1, 0, 0, 0, 0, 0},
                "-1",
                new int[7],
                "7");
    }

    @Override
    Object shown(int[] record) {
        return Arrays.toString(record);
    }

    @Test
    void theArrayMayBeChangedAfterwards() throws IOException {
        int[] record = {1, 2, 3, 4, 5, 6};
        Item item = trained().form().item(record);
        record[0] = 9;
        assertThat(item.values()[0]).isEqualTo(1);
        trained().form().record(item)[1] = 9;
        assertThat(item.values()[1]).isEqualTo(2);
    }

    @Test
    void filesAreNoArrays() {
        assertThatThrownBy(() -> trained().form().record(Item.whole("", new byte[] {1})))
                .isInstanceOf(DataException.class);
    }
}
