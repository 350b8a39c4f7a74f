package dev.ardm.app.report;

import dev.ardm.coding.internal.file.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the charts of this program, and of its benchmarks, are drawn and written. */
public final class Charts {
    /** Colours that differ in brightness as well (Okabe and Ito 2008), for as many series. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private Charts() {}

    /** An empty chart of lines without markers on white, the legend below, where it covers nothing. */
    public static XYChart lines(String title, String xTitle, String yTitle, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setPlotContentSize(1); // Axes begin and end where they are set to.
        chart.getStyler().setxAxisTickLabelsFormattingFunction(Charts::number);
        chart.getStyler().setyAxisTickLabelsFormattingFunction(Charts::number);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
        return chart;
    }

    /** A number at an axis: six digits, without zeros at its end. */
    static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /**
     * Begins the horizontal axis at 0. Call it after {@link #range}.
     *
     * @param most the largest value on it
     */
    public static void fromZero(XYChart chart, double most) {
        double end = 1.02 * most;
        double low = chart.getStyler().getYAxisMin();
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(end);
        // Where points lie at equal intervals the library puts its ticks at them, whatever their numbers are. These
        // invisible ones are not.
        XYSeries uneven =
                line(chart, "ticks", new double[] {0, 0.1 * end, end}, new double[] {low, low, low}, Color.WHITE);
        uneven.setLineStyle(SeriesLines.NONE);
        uneven.setShowInLegend(false);
    }

    /**
     * Sets the range of the vertical axis to that of values, with some room: from 0 where they come near it, else close around
     * them.
     *
     * @param low the least value, at least 0
     * @param high the largest value
     */
    public static void range(XYChart chart, double low, double high) {
        double room = high > low ? 0.08 * (high - low) : Math.max(0.08 * high, 0.01);
        chart.getStyler().setYAxisMin(low < 0.4 * high ? 0.0 : Math.max(0, low - room));
        chart.getStyler().setYAxisMax(high + room);
    }

    /** The colour of the series of an index; they repeat. */
    public static Color colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** Adds a line. */
    public static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setMarkerColor(colour);
        series.setLineColor(colour);
        series.setLineWidth(2);
        return series;
    }

    /** Adds a shaded band between two curves over the same places, without a place in the legend. */
    public static void band(XYChart chart, String name, double[] x, double[] low, double[] high, Color colour) {
        double[] aroundX = new double[2 * x.length];
        double[] aroundY = new double[2 * x.length];
        for (int i = 0; i < x.length; i++) {
            aroundX[i] = x[i];
            aroundY[i] = high[i];
            aroundX[2 * x.length - 1 - i] = x[i];
            aroundY[2 * x.length - 1 - i] = low[i];
        }
        Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60);
        XYSeries series = chart.addSeries(name, aroundX, aroundY);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(faint);
        series.setLineColor(faint);
        series.setLineStyle(new BasicStroke(0));
        series.setShowInLegend(false);
    }

    /**
     * Draws charts next to each other and writes them as one PNG file, which replaces what is there.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Path target, XYChart... charts) throws IOException {
        int width = 0;
        int height = 0;
        for (XYChart chart : charts) {
            width += chart.getWidth();
            height = Math.max(height, chart.getHeight());
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            for (XYChart chart : charts) {
                chart.paint(graphics, chart.getWidth(), chart.getHeight());
                graphics.translate(chart.getWidth(), 0);
            }
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        AtomicFile.write(target, true, stream -> stream.write(png.toByteArray()));
    }
}
