package example;

import dev.ardm.Ardm;
import dev.ardm.RecordModel;
import dev.ardm.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Finds the rows of a table that are unlike the others: those that take most bits. */
public final class OutlierScores {
    private OutlierScores() {}

    private static Map<String, String> row(String sensor, String state, int temperature, int current) {
        return Map.of(
                "sensor", sensor, "state", state, "temperature", "" + temperature, "current", "" + current);
    }

    /** A machine that is warm when it runs, and takes current then. */
    private static Map<String, String> usual(Random random) {
        boolean runs = random.nextInt(3) > 0;
        return row(
                "s" + random.nextInt(8),
                runs ? "running" : "idle",
                (runs ? 60 : 20) + random.nextInt(5),
                runs ? 200 + random.nextInt(10) : 0);
    }

    /** Learns from rows, and scores others. */
    public static void main(String[] arguments) throws IOException {
        Random random = new Random(1);
        List<Map<String, String>> old = new ArrayList<>();
        List<Map<String, String>> rows = new ArrayList<>();
        for (int k = 0; k < 4000; k++) {
            old.add(usual(random));
            rows.add(usual(random));
        }
        // Each value is a usual one; together they are not.
        Map<Integer, Map<String, String>> odd = Map.of(
                100, row("s1", "idle", 62, 0),
                1500, row("s2", "running", 21, 205),
                3999, row("s3", "idle", 20, 204));
        odd.forEach(rows::set);

        RecordModel<Map<String, String>> model = Ardm.train(
                        old, RecordType.maps("sensor", "state", "temperature", "current"))
                .run();
        List<Double> bits = model.bits(rows);
        List<Integer> worst = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparing(bits::get).reversed())
                .limit(odd.size())
                .toList();
        worst.forEach(k -> System.out.printf("row %4d: %5.1f bits  %s%n", k, bits.get(k), rows.get(k)));
        double mean = bits.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        System.out.printf("all rows: %5.1f bits on average%n", mean);
        if (!odd.keySet().containsAll(worst)) {
            throw new IllegalStateException("other rows are more unlike the others: " + worst);
        }
    }
}
