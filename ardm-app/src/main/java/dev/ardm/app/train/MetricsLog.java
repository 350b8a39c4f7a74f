package dev.ardm.app.train;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.train.TrainingReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code metrics.jsonl}: one report a line. A standard error that is not known is null. */
public final class MetricsLog {
    static final String NAME = "metrics.jsonl";

    private static final String ERROR = "validationError";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /**
     * Begins a log, or goes on with the one that is there.
     *
     * @param step of the checkpoint to go on from; later reports are dropped, since their steps are taken again
     */
    MetricsLog(Path folder, long step) throws IOException {
        file = folder.resolve(NAME);
        StringBuilder kept = new StringBuilder();
        if (step > 0 && Files.exists(file)) {
            for (TrainingReport report : read(folder)) {
                if (report.step() <= step) {
                    kept.append(line(report));
                }
            }
        }
        AtomicFile.write(file, true, stream -> stream.write(kept.toString().getBytes(StandardCharsets.UTF_8)));
    }

    void add(TrainingReport report) throws IOException {
        try {
            Files.writeString(file, line(report), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.named(file, e);
        }
    }

    private static String line(TrainingReport report) {
        ObjectNode node = JSON.valueToTree(report);
        if (Double.isNaN(report.validationError())) {
            node.putNull(ERROR);
        }
        return node + "\n";
    }

    /** The reports of a run. A line that is not whole, since the disk was full or the process was killed, is left out. */
    public static List<TrainingReport> read(Path folder) throws IOException {
        List<TrainingReport> reports = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(NAME))) {
            try {
                JsonNode tree = JSON.readTree(line);
                if (tree instanceof ObjectNode node && node.path(ERROR).isNull()) {
                    node.put(ERROR, Double.NaN);
                }
                reports.add(JSON.treeToValue(tree, TrainingReport.class));
            } catch (JacksonException e) {
                // Begun, and not ended.
            }
        }
        return reports;
    }
}
