package dev.ardm.app.plan;

import dev.ardm.app.report.Charts;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.Schedule;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;

/**
 * A picture of loss components: L_t with two standard errors on either side, where stages begin, and the staircase of a schedule
 * whose area is its price in random orders (as in figure 3 of Hoogeboom et al. 2022).
 */
public final class LossComponentsChart {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;

    private LossComponentsChart() {}

    /**
     * Draws and writes a PNG file, which replaces what is there.
     *
     * @param schedule drawn on the curve made monotone by isotonic regression; null for none
     */
    public static void write(Path target, String title, LossComponents curve, @Nullable Schedule schedule)
            throws IOException {
        XYChart chart = Charts.lines(title, "step t", "L_t, bits", WIDTH, HEIGHT);
        int[] steps = IntStream.range(0, curve.steps()).toArray();
        double[] t = IntStream.of(steps).asDoubleStream().toArray();
        double[] bits = IntStream.of(steps).mapToDouble(curve::bits).toArray();
        double highest = IntStream.of(steps).mapToDouble(curve::bits).max().orElseThrow();
        double top = highest > 0 ? 1.1 * highest : 1;
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(top);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) curve.steps());
        if (schedule != null) {
            staircase(chart, Monotonization.ISOTONIC.of(curve), schedule);
        }
        if (IntStream.of(steps).noneMatch(step -> Double.isNaN(curve.standardError(step)))) {
            Charts.band(
                    chart,
                    "two standard errors",
                    t,
                    IntStream.of(steps)
                            .mapToDouble(step -> Math.max(0, curve.bits(step) - 2 * curve.standardError(step)))
                            .toArray(),
                    IntStream.of(steps)
                            .mapToDouble(step -> Math.min(top, curve.bits(step) + 2 * curve.standardError(step)))
                            .toArray(),
                    Charts.colour(0));
        }
        String name = String.format(
                Locale.ROOT, "L_t; a call for each of %,d steps: %,.1f bits", curve.steps(), curve.total());
        Charts.line(chart, name, t, bits, Charts.colour(0));
        for (int stage = 1; stage < curve.stages(); stage++) {
            double start = (double) stage * curve.units();
            Charts.line(chart, "stage " + stage, new double[] {start, start}, new double[] {0, top}, Color.GRAY)
                    .setShowInLegend(false);
        }
        Charts.write(target, chart);
    }

    private static void staircase(XYChart chart, LossComponents monotone, Schedule schedule) {
        double[] x = new double[2 * schedule.calls()];
        double[] height = new double[x.length];
        for (int call = 0; call < schedule.calls(); call++) {
            x[2 * call] = schedule.start(call);
            x[2 * call + 1] = schedule.end(call);
            height[2 * call] = monotone.bits(schedule.start(call));
            height[2 * call + 1] = height[2 * call];
        }
        String name = String.format(Locale.ROOT, "%,d calls: %,.1f bits", schedule.calls(), monotone.cost(schedule));
        Charts.band(chart, "price", x, new double[x.length], height, Charts.colour(1));
        Charts.line(chart, name, x, height, Charts.colour(1));
    }
}
