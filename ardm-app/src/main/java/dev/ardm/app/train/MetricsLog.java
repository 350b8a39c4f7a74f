package dev.ardm.app.train;

import dev.ardm.train.TrainingReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** {@code metrics.jsonl}: one report a line. */
public final class MetricsLog implements AutoCloseable {
    static final String NAME = "metrics.jsonl";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter writer;

    MetricsLog(Path folder, boolean append) throws IOException {
        writer = Files.newBufferedWriter(
                folder.resolve(NAME),
                StandardOpenOption.CREATE,
                append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    void add(TrainingReport report) throws IOException {
        writer.write(JSON.writeValueAsString(report));
        writer.newLine();
        writer.flush();
    }

    public static List<TrainingReport> read(Path folder) throws IOException {
        List<TrainingReport> reports = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(NAME))) {
            reports.add(JSON.readValue(line, TrainingReport.class));
        }
        return reports;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
