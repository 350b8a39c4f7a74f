package dev.ardm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tabulates what {@code bench/run evidence} measured. Usage: FOLDER. For each model the mean over the seeds, the standard error over the
 * items of one seed, and where there are several seeds their standard deviation.
 */
public final class EvidenceTable {
    private EvidenceTable() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, List<JsonNode>> models = new TreeMap<>();
        try (Stream<Path> folders = Files.list(Path.of(arguments[0]))) {
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve("eval.json");
                if (Files.exists(file)) {
                    String name = folder.getFileName().toString().replaceAll("-[0-9]+$", "");
                    models.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(new JsonMapper().readTree(Files.readString(file)));
                }
            }
        }
        System.out.println(
                "| model | seeds | test items | bound | one order and schedule | calls |\n|---|---|---|---|---|---|");
        models.forEach((name, runs) -> System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %s | %s | %s |%n",
                name,
                runs.size(),
                runs.get(0).path("items").asInt(),
                figure(runs, "bound"),
                figure(runs, "order_and_schedule"),
                runs.get(0)
                        .path("estimates")
                        .valueStream()
                        .filter(e -> e.path("kind").asString("").equals("order_and_schedule"))
                        .map(e -> e.path("calls").asString())
                        .findFirst()
                        .orElse("-")));
    }

    private static String figure(List<JsonNode> runs, String kind) {
        List<Double> bits = new ArrayList<>();
        double error = Double.NaN;
        for (JsonNode run : runs) {
            for (JsonNode estimate : run.path("estimates").values()) {
                if (estimate.path("kind").asString("").equals(kind)) {
                    bits.add(estimate.path("bits_per_dimension").asDouble());
                    error = estimate.path("standard_error").asDouble(Double.NaN);
                }
            }
        }
        double mean = bits.stream().mapToDouble(b -> b).average().orElse(Double.NaN);
        double squares = bits.stream().mapToDouble(b -> (b - mean) * (b - mean)).sum();
        return bits.size() < 2
                ? String.format(Locale.ROOT, "%.4f ± %.4f", mean, error)
                : String.format(
                        Locale.ROOT, "%.4f ± %.4f (seeds %.4f)", mean, error, Math.sqrt(squares / (bits.size() - 1)));
    }
}
