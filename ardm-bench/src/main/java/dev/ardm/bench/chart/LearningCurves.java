package dev.ardm.bench.chart;

import dev.ardm.app.report.Charts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.knowm.xchart.XYChart;

/** Validation bits per dimension of several runs against optimiser steps and against seconds, next to each other. */
public final class LearningCurves {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;
    /** The start of training would flatten the rest: values above that many times the best are left out of view. */
    private static final double MOST_ABOVE_BEST = 2.5;

    private LearningCurves() {}

    /**
     * Arguments: the picture, its title, and run folders, each with a label if that is not its name. Runs of one label are seeds of one setting:
     * one line, their mean, with a band from the least to the greatest.
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3) {
            System.err.println("usage: bench/run curves OUT.png TITLE RUN_DIR[=label]...");
            System.exit(2);
        }
        draw(Path.of(args[0]), args[1], Arrays.asList(args).subList(2, args.length));
    }

    static void draw(Path target, String title, List<String> runs) throws IOException {
        Map<String, List<RunMetrics>> settings = new LinkedHashMap<>();
        for (String run : runs) {
            int equals = run.lastIndexOf('=');
            Path folder = Path.of(equals < 0 ? run : run.substring(0, equals));
            String label = equals < 0
                    ? folder.toAbsolutePath().normalize().getFileName().toString()
                    : run.substring(equals + 1);
            settings.computeIfAbsent(label, unused -> new ArrayList<>()).add(RunMetrics.read(folder));
        }
        XYChart steps = chart(title, "optimiser steps", settings, RunMetrics::steps);
        XYChart seconds = chart(title, "seconds of training", settings, RunMetrics::seconds);
        Charts.write(target, steps, seconds);
    }

    private static XYChart chart(
            String title, String axis, Map<String, List<RunMetrics>> settings, Function<RunMetrics, double[]> x) {
        XYChart chart = Charts.lines(title, axis, "validation bits per dimension (bound)", WIDTH / 2, HEIGHT);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        List<SeedBand> bands = new ArrayList<>();
        for (Map.Entry<String, List<RunMetrics>> setting : settings.entrySet()) {
            SeedBand band = SeedBand.of(
                    setting.getValue().stream().map(x).toList(),
                    setting.getValue().stream().map(RunMetrics::bits).toList());
            bands.add(band);
            least = Math.min(least, Arrays.stream(band.low()).min().orElseThrow());
            greatest = Math.max(greatest, Arrays.stream(band.high()).max().orElseThrow());
        }
        double top = Math.min(greatest, MOST_ABOVE_BEST * least);
        double margin = 0.05 * (top - least);
        chart.getStyler().setYAxisMin(least - margin).setYAxisMax(top + margin);
        int index = 0;
        for (Map.Entry<String, List<RunMetrics>> setting : settings.entrySet()) {
            SeedBand band = bands.get(index);
            int seeds = setting.getValue().size();
            if (seeds > 1) {
                Charts.band(
                        chart, setting.getKey() + ": band", band.x(), band.low(), band.high(), Charts.colour(index));
            }
            String name = setting.getKey() + (seeds > 1 ? " (" + seeds + " seeds)" : "");
            Charts.line(chart, name, band.x(), band.mean(), Charts.colour(index++));
        }
        return chart;
    }
}
