package dev.ardm.app.train;

import dev.ardm.app.report.Charts;
import dev.ardm.train.TrainingReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** {@code curve.png}: bits per dimension over training time. */
public final class Curve {
    public static final String NAME = "curve.png";

    /** A line through so few points does not show where they are, and through one it does not show at all. */
    private static final int FEW = 20;

    private Curve() {}

    static void write(Path folder) throws IOException {
        List<TrainingReport> reports = MetricsLog.read(folder);
        if (!reports.isEmpty()) {
            Charts.write(folder.resolve(NAME), chart(reports));
        }
    }

    static XYChart chart(List<TrainingReport> reports) {
        double last = reports.get(reports.size() - 1).seconds();
        Unit unit = Stream.of(Unit.values())
                .filter(longer -> last > longer.most)
                .reduce(Unit.SECONDS, (before, longer) -> longer);
        double[] times =
                reports.stream().mapToDouble(r -> r.seconds() / unit.seconds).toArray();
        double[] training =
                reports.stream().mapToDouble(TrainingReport::trainingBits).toArray();
        double[] validation =
                reports.stream().mapToDouble(TrainingReport::validationBits).toArray();
        XYChart chart =
                Charts.lines("Training", unit.name().toLowerCase(Locale.ROOT), "bits per dimension (bound)", 900, 500);
        DoubleSummaryStatistics bits = DoubleStream.concat(DoubleStream.of(training), DoubleStream.of(validation))
                .summaryStatistics();
        // The first reports of a long run would leave no room for the others.
        Charts.range(chart, bits.getMin(), Math.min(bits.getMax(), 2.5 * validation[validation.length - 1]));
        Charts.fromZero(chart, last / unit.seconds);
        Charts.line(chart, "training batches", times, training, Charts.colour(0));
        Charts.line(chart, "held-out items, averaged weights", times, validation, Charts.colour(1));
        if (times.length < FEW) {
            chart.getSeriesMap().values().stream()
                    .filter(XYSeries::isShowInLegend)
                    .forEach(series -> series.setMarker(SeriesMarkers.CIRCLE));
        }
        return chart;
    }

    /** What time is counted in, of training that took longer than so many seconds. */
    private enum Unit {
        SECONDS(1, 0),
        MINUTES(60, 120),
        HOURS(3600, 3 * 3600);

        private final double seconds;
        private final double most;

        Unit(double seconds, double most) {
            this.seconds = seconds;
            this.most = most;
        }
    }
}
