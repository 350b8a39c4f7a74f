package dev.ardm.app.report;

import dev.ardm.coding.internal.file.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
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

    /** An empty chart of lines without markers on white, the legend inside at the top right. */
    public static XYChart lines(String title, String xTitle, String yTitle, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
        return chart;
    }

    /** The colour of the series of an index; they repeat. */
    public static Color colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** Adds a line. */
    public static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
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
