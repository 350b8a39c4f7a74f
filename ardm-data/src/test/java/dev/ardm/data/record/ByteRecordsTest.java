package dev.ardm.data.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

class ByteRecordsTest extends RecordSuite<byte[]> {
    @Override
    RecordKind<byte[]> kind() {
        return new ByteRecords();
    }

    @Override
    List<byte[]> usual(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 200)
                .mapToObj(k -> ("id=" + random.nextInt(1000) + ";state=" + (k % 3 == 0 ? "new" : "old"))
                        .getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    @Override
    List<byte[]> strange() {
        byte[] noise = new byte[3000];
        new Random(1).nextBytes(noise);
        return List.of(new byte[0], new byte[] {0}, "a\nb\r\n".getBytes(StandardCharsets.UTF_8), noise);
    }

    @Override
    Map<byte[], String> refused() {
        return Map.of();
    }

    @Override
    Object shown(byte[] record) {
        return Arrays.toString(record);
    }
}
