package dev.ardm.cli;

import dev.ardm.coding.AtomicFile;
import dev.ardm.train.TrainingReport;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** {@code curve.png}: bits per dimension over training time. */
final class Curve {
    static final String NAME = "curve.png";

    private Curve() {}

    static void write(Path folder) throws IOException {
        List<TrainingReport> reports = MetricsLog.read(folder);
        if (reports.isEmpty()) {
            return;
        }
        double[] minutes = reports.stream().mapToDouble(r -> r.seconds() / 60).toArray();
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title("Training")
                .xAxisTitle("minutes")
                .yAxisTitle("bits per dimension (bound)")
                .build();
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        double first = reports.get(0).validationBits();
        double last = reports.get(reports.size() - 1).validationBits();
        chart.getStyler().setYAxisMax(Math.min(first, 2.5 * last) * 1.05);
        chart.addSeries(
                        "training batches",
                        minutes,
                        reports.stream()
                                .mapToDouble(TrainingReport::trainingBits)
                                .toArray())
                .setMarker(SeriesMarkers.NONE);
        chart.addSeries(
                        "held-out items, averaged weights",
                        minutes,
                        reports.stream()
                                .mapToDouble(TrainingReport::validationBits)
                                .toArray())
                .setMarker(SeriesMarkers.NONE);
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        AtomicFile.write(folder.resolve(NAME), true, stream -> stream.write(png.toByteArray()));
    }
}
