package dev.ardm.app.train;

import dev.ardm.app.report.Charts;
import dev.ardm.train.TrainingReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;

/** {@code curve.png}: bits per dimension over training time. */
public final class Curve {
    public static final String NAME = "curve.png";

    private Curve() {}

    static void write(Path folder) throws IOException {
        List<TrainingReport> reports = MetricsLog.read(folder);
        if (reports.isEmpty()) {
            return;
        }
        double[] minutes = reports.stream().mapToDouble(r -> r.seconds() / 60).toArray();
        XYChart chart = Charts.lines("Training", "minutes", "bits per dimension (bound)", 900, 500);
        chart.getStyler().setYAxisMin(0.0);
        double first = reports.get(0).validationBits();
        double last = reports.get(reports.size() - 1).validationBits();
        chart.getStyler().setYAxisMax(Math.min(first, 2.5 * last) * 1.05);
        Charts.line(
                chart,
                "training batches",
                minutes,
                reports.stream().mapToDouble(TrainingReport::trainingBits).toArray(),
                Charts.colour(0));
        Charts.line(
                chart,
                "held-out items, averaged weights",
                minutes,
                reports.stream().mapToDouble(TrainingReport::validationBits).toArray(),
                Charts.colour(1));
        Charts.write(folder.resolve(NAME), chart);
    }
}
