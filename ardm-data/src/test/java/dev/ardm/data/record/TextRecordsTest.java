package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextRecordsTest extends RecordSuite<String> {
    @Override
    RecordKind<String> kind() {
        return new MappedRecords<>("texts", new ByteRecords(), new TextMapping());
    }

    @Override
    List<String> usual(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 200)
                .mapToObj(k -> "user " + random.nextInt(50) + " logged " + (random.nextBoolean() ? "in" : "out"))
                .toList();
    }

    @Override
    List<String> strange() {
        return List.of("", "\n", "zwölf Käse \uD83E\uDDC0", "\u0000\uFEFF", "e\u0301 and \u00E9", "x".repeat(5000));
    }

    @Override
    Map<String, String> refused() {
        return Map.of("a\uD83E", "no Unicode text", "\uDDC0b", "no Unicode text");
    }

    @Override
    Object shown(String record) {
        return record;
    }

    @Test
    void bytesThatAreNoTextAreNotGuessed() {
        assertThatThrownBy(() -> trained().form().record(Item.ofBytes(new byte[] {(byte) 0xFF})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no text in UTF-8");
    }
}
