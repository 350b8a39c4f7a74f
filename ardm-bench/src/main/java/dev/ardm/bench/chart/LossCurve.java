package dev.ardm.bench.chart;

import dev.ardm.app.report.Charts;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.OrderAgnosticPlanner;
import dev.ardm.core.masking.plan.Schedule;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/**
 * Loss components with the boundaries of the stages, and the staircase of a schedule over them: what is between two network calls costs what its
 * first step costs, so the area under the staircase is the price of the schedule (as in figures 3 and 6 of Hoogeboom et al. 2022).
 *
 * <p>A schedule is chosen and priced on the curve made monotone (isotonic regression): on a noisy one, calls where it is low by chance would seem cheaper
 * than a call for each step.
 */
public final class LossCurve {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;

    private LossCurve() {}

    /**
     * Arguments: the picture, its title, the table that {@link LossTable#read} takes, and optionally a schedule: a file with the step of one network call
     * a line, {@code even:CALLS}, or {@code best:CALLS} for the cheapest under these components.
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3 || args.length > 4) {
            System.err.println(
                    "usage: bench/run loss-curve OUT.png TITLE LOSS.tsv [SCHEDULE.txt | even:CALLS | best:CALLS]");
            System.exit(2);
        }
        LossComponents curve = LossTable.read(Path.of(args[2]));
        draw(Path.of(args[0]), args[1], curve, args.length > 3 ? schedule(args[3], curve) : null);
    }

    static Schedule schedule(String name, LossComponents curve) throws IOException {
        if (name.matches("even:[0-9]{1,9}")) {
            return OrderAgnosticPlanner.naive(curve.stages(), curve.units(), Integer.parseInt(name.substring(5)));
        }
        if (name.matches("best:[0-9]{1,9}")) {
            int calls = Integer.parseInt(name.substring(5));
            return new OrderAgnosticPlanner(curve, Monotonization.ISOTONIC).plan(calls);
        }
        try {
            return Schedule.of(
                    Files.readAllLines(Path.of(name)).stream()
                            .filter(line -> !line.isBlank())
                            .mapToInt(line -> Integer.parseInt(line.strip()))
                            .toArray(),
                    curve.steps());
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": not a schedule of " + curve.steps() + " steps: " + e.getMessage(), e);
        }
    }

    static void draw(Path target, String title, LossComponents curve, @Nullable Schedule schedule) throws IOException {
        XYChart chart = Charts.lines(title, "step t", "L_t, bits per variable", WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        int[] steps = IntStream.range(0, curve.steps()).toArray();
        double top = IntStream.of(steps).mapToDouble(curve::bits).max().orElseThrow();
        top = top > 0 ? 1.1 * top : 1;
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(top);
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisMax((double) curve.steps());
        if (schedule != null) {
            staircase(chart, Monotonization.ISOTONIC.of(curve), schedule);
        }
        int[] observed = IntStream.of(steps).filter(t -> curve.count(t) > 0).toArray();
        if (observed.length > 1 && IntStream.of(observed).noneMatch(t -> Double.isNaN(curve.standardError(t)))) {
            double most = top;
            Charts.band(
                    chart,
                    "two standard errors",
                    IntStream.of(observed).asDoubleStream().toArray(),
                    IntStream.of(observed)
                            .mapToDouble(t -> Math.max(0, curve.bits(t) - 2 * curve.standardError(t)))
                            .toArray(),
                    IntStream.of(observed)
                            .mapToDouble(t -> Math.min(most, curve.bits(t) + 2 * curve.standardError(t)))
                            .toArray(),
                    Charts.colour(0));
        }
        Charts.line(
                chart,
                String.format(
                        Locale.ROOT, "L_t; a call for each of %,d steps: %,.1f bits", curve.steps(), curve.total()),
                IntStream.of(steps).asDoubleStream().toArray(),
                IntStream.of(steps).mapToDouble(curve::bits).toArray(),
                Charts.colour(0));
        for (int stage = 1; stage < curve.stages(); stage++) {
            double boundary = stage * curve.units();
            XYSeries line = Charts.line(
                    chart, "stage " + stage, new double[] {boundary, boundary}, new double[] {0, top}, Color.DARK_GRAY);
            line.setLineStyle(
                    new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, new float[] {6, 6}, 0));
            line.setShowInLegend(false);
        }
        Charts.write(target, chart);
    }

    private static void staircase(XYChart chart, LossComponents monotone, Schedule schedule) {
        double[] corners = new double[2 * schedule.calls()];
        double[] heights = new double[corners.length];
        for (int call = 0; call < schedule.calls(); call++) {
            corners[2 * call] = schedule.start(call);
            corners[2 * call + 1] = schedule.end(call);
            heights[2 * call] = monotone.bits(schedule.start(call));
            heights[2 * call + 1] = heights[2 * call];
        }
        String name = String.format(
                Locale.ROOT,
                "%,d calls, on the curve made monotone: %,.1f bits",
                schedule.calls(),
                monotone.cost(schedule));
        Charts.band(chart, "price of the schedule", corners, new double[corners.length], heights, Charts.colour(1));
        Charts.line(chart, name, corners, heights, Charts.colour(1));
    }
}
