package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapRecordsTest extends RecordSuite<Map<String, String>> {
    private static final List<String> COLUMNS = List.of("city", "zip");

    @Override
    RecordKind<Map<String, String>> kind() {
        return new MappedRecords<>("maps", new RowRecords(COLUMNS), new MapMapping(COLUMNS));
    }

    private static Map<String, String> map(String city, String zip) {
        Map<String, String> map = new HashMap<>();
        map.put("zip", zip);
        map.put("city", city);
        return map;
    }

    @Override
    List<Map<String, String>> usual(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 100)
                .mapToObj(k -> map("city" + random.nextInt(9), "" + (10000 + random.nextInt(500))))
                .toList();
    }

    @Override
    List<Map<String, String>> strange() {
        return List.of(map(null, null), map("", null), map("K\u00F6ln", "05"), map("a,\"b\"", " "));
    }

    @Override
    Map<Map<String, String>, String> refused() {
        Map<String, String> more = map("a", "b");
        more.put("state", "c");
        return Map.of(Map.of("city", "x"), "without an entry for the column 'zip'", more, "no columns: [state]");
    }

    @Override
    Object shown(Map<String, String> record) {
        return record;
    }

    @Test
    void entriesComeBackInTheOrderOfTheColumns() throws IOException {
        Map<String, String> back = trained().form().record(trained().form().item(map("a", "b")));
        assertThat(back.keySet()).containsExactly("city", "zip");
    }
}
