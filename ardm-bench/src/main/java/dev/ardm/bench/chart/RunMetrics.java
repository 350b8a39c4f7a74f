package dev.ardm.bench.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The validation curve of a run folder. Only the three fields needed are read, so that runs of other versions can be drawn in one chart.
 *
 * @param steps optimiser steps, increasing
 * @param seconds of training, increasing
 * @param bits validation bits per dimension
 */
record RunMetrics(double[] steps, double[] seconds, double[] bits) {
    /**
     * Reads {@code metrics.jsonl} of a run folder.
     *
     * @throws IOException if there is none, or none with a report, or a line has not the fields; the message names file and line
     */
    static RunMetrics read(Path folder) throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        List<String> lines = Files.readAllLines(file);
        List<double[]> reports = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String place = file + ": line " + (i + 1);
            JsonNode report;
            try {
                report = JsonMapper.shared().readTree(lines.get(i));
            } catch (JacksonException e) {
                throw new IOException(place + " is not JSON: " + e.getOriginalMessage(), e);
            }
            double[] values = {
                number(report, "step", place), number(report, "seconds", place), number(report, "validationBits", place)
            };
            if (!reports.isEmpty() && values[0] <= reports.get(reports.size() - 1)[0]) {
                // A run that was resumed from a checkpoint repeats what came after it; the later line is the one that
                // counts.
                reports.removeIf(earlier -> earlier[0] >= values[0]);
            }
            reports.add(values);
        }
        if (reports.isEmpty()) {
            throw new IOException(file + ": no reports yet");
        }
        return new RunMetrics(column(reports, 0), column(reports, 1), column(reports, 2));
    }

    private static double number(JsonNode report, String field, String place) throws IOException {
        JsonNode value = report.get(field);
        if (value == null || !value.isNumber()) {
            throw new IOException(place + " has no number '" + field + "'");
        }
        return value.doubleValue();
    }

    private static double[] column(List<double[]> reports, int index) {
        return reports.stream().mapToDouble(report -> report[index]).toArray();
    }
}
