package dev.ardm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.report.Charts;
import dev.ardm.train.TrainingReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves of runs of any length: look at what {@code -Dardm.test.pictures=FOLDER} keeps. */
class CurveTest {
    @TempDir
    Path folder;

    /** Reports at equal intervals, of bits that fall from one value to another. */
    private static List<TrainingReport> run(int count, double seconds, double from, double to) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> {
                    double bits = to + (from - to) * Math.exp(-5.0 * (i - 1) / count);
                    return new TrainingReport(i, seconds * i / count, i, 0.001, bits, bits + 0.02, 0.01, 1, 100);
                })
                .toList();
    }

    private XYChart drawn(String name, List<TrainingReport> reports) throws Exception {
        XYChart chart = Curve.chart(reports);
        Path kept = Path.of(System.getProperty("ardm.test.pictures", folder.toString()));
        Charts.write(kept.resolve(name), chart);
        assertThat(ImageIO.read(kept.resolve(name).toFile()).getWidth()).isEqualTo(900);
        assertThat(chart.getStyler().getLegendPosition()).isEqualTo(LegendPosition.OutsideS);
        return chart;
    }

    @Test
    void oneReportIsAPointFromZeroOn() throws Exception {
        XYChart chart = drawn("one.png", run(1, 2.0243, 2.3, 2.3));
        assertThat(chart.getXAxisTitle()).isEqualTo("seconds");
        assertThat(chart.getStyler().getXAxisMin()).isZero();
        assertThat(chart.getSeriesMap().values())
                .filteredOn(XYSeries::isShowInLegend)
                .hasSize(2)
                .allMatch(series -> series.getMarker() == SeriesMarkers.CIRCLE);
    }

    @Test
    void closeValuesFillThePicture() throws Exception {
        XYChart chart = drawn("close.png", run(8, 333.8196633, 7.3, 7.0));
        assertThat(chart.getXAxisTitle()).isEqualTo("minutes");
        assertThat(chart.getStyler().getYAxisMin()).isBetween(6.9, 7.0);
        assertThat(chart.getStyler().getYAxisMax()).isBetween(7.3, 7.4);
    }

    @Test
    void aLongRunShowsItsEnd() throws Exception {
        XYChart chart = drawn("long.png", run(400, 36_000, 8, 1.05));
        assertThat(chart.getXAxisTitle()).isEqualTo("hours");
        assertThat(chart.getStyler().getYAxisMin()).isZero();
        assertThat(chart.getStyler().getYAxisMax()).isBetween(2.6, 3.2);
        assertThat(chart.getSeriesMap().values()).allMatch(series -> series.getMarker() == SeriesMarkers.NONE);
    }

    @Test
    void ticksAreShort() throws Exception {
        XYChart chart = drawn("short.png", run(3, 2.024291798, 2.3, 2.2));
        var label = chart.getStyler().getxAxisTickLabelsFormattingFunction();
        assertThat(label.apply(0.033738196633333)).isEqualTo("0.0337382");
        assertThat(label.apply(0.30000000000000004)).isEqualTo("0.3");
        assertThat(label.apply(0.0)).isEqualTo("0");
        assertThat(label.apply(12000.0)).isEqualTo("12000");
    }

    @Test
    void reportsOfAFolderBecomeAPicture() throws Exception {
        MetricsLog log = new MetricsLog(folder, 0);
        Curve.write(folder);
        assertThat(folder.resolve(Curve.NAME)).doesNotExist();
        log.add(run(1, 2, 3, 3).get(0));
        Curve.write(folder);
        assertThat(Files.size(folder.resolve(Curve.NAME))).isPositive();
    }
}
