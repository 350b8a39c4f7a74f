package dev.ardm.bench.chart;

import dev.ardm.cli.Charts;
import dev.ardm.core.plan.Planner;
import dev.ardm.core.plan.Schedule;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/**
 * Loss components with the boundaries of the stages, and the staircase of a schedule over them: what lies between two network calls costs what its
 * first step costs, so the area under the staircase is the price of the schedule (as in figures 3 and 6 of Hoogeboom et al. 2022).
 */
public final class LossCurve {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;
    /** Where a best schedule may call the network, at most; more candidates cost the square in time and memory. */
    private static final int MOST_CANDIDATES = 1024;

    private LossCurve() {}

    /**
     * Arguments: the picture, its title, the table that {@link LossTable#read} takes, and optionally a schedule: a file with the step of one network call
     * a line, {@code even:CALLS}, or {@code best:CALLS} for the cheapest under these components.
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3 || args.length > 4) {
            System.err.println("usage: loss-curve.sh OUT.png TITLE LOSS.tsv [SCHEDULE.txt | even:CALLS | best:CALLS]");
            System.exit(2);
        }
        LossTable table = LossTable.read(Path.of(args[2]));
        draw(Path.of(args[0]), args[1], table, args.length > 3 ? schedule(args[3], table) : null);
    }

    static Schedule schedule(String name, LossTable table) throws IOException {
        int[] stages = table.stageStarts();
        if (name.matches("even:[0-9]{1,9}")) {
            return withStages(Schedule.even(table.steps(), Integer.parseInt(name.substring(5))), stages);
        }
        if (name.matches("best:[0-9]{1,9}")) {
            return best(table, Integer.parseInt(name.substring(5)));
        }
        try {
            return Schedule.of(
                    Files.readAllLines(Path.of(name)).stream()
                            .filter(line -> !line.isBlank())
                            .mapToInt(line -> Integer.parseInt(line.strip()))
                            .toArray(),
                    table.steps());
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": not a schedule of " + table.steps() + " steps: " + e.getMessage(), e);
        }
    }

    /** No group reaches into the next stage, whose input depends on all of the stage before. */
    private static Schedule withStages(Schedule schedule, int[] stages) {
        TreeSet<Integer> starts = new TreeSet<>();
        Arrays.stream(schedule.starts()).forEach(starts::add);
        Arrays.stream(stages).forEach(starts::add);
        return Schedule.of(starts.stream().mapToInt(Integer::intValue).toArray(), schedule.steps());
    }

    private static Schedule best(LossTable table, int calls) {
        int steps = table.steps();
        int[] stages = table.stageStarts();
        if (calls < stages.length) {
            throw new IllegalArgumentException(stages.length + " stages need as many calls at least, got " + calls);
        }
        double[] curve = table.curve();
        int[] candidates =
                withStages(Schedule.even(steps, MOST_CANDIDATES), stages).starts();
        double[][] costs = new double[candidates.length][];
        for (int i = 0; i < candidates.length; i++) {
            int start = candidates[i];
            int end = Arrays.stream(stages)
                    .filter(stage -> stage > start)
                    .findFirst()
                    .orElse(steps);
            costs[i] = new double[steps - start];
            Arrays.fill(costs[i], 0, end - start, curve[start]);
            Arrays.fill(costs[i], end - start, steps - start, Double.POSITIVE_INFINITY);
        }
        return new Planner(candidates, costs, steps).plan(calls);
    }

    /** Price in bits of a schedule: for each call the component at its first step, for as many steps as it generates. */
    static double cost(double[] curve, Schedule schedule) {
        return Arrays.stream(staircase(curve, schedule)).sum();
    }

    private static double[] staircase(double[] curve, Schedule schedule) {
        double[] stairs = new double[curve.length];
        for (int call = 0; call < schedule.calls(); call++) {
            Arrays.fill(stairs, schedule.start(call), schedule.end(call), curve[schedule.start(call)]);
        }
        return stairs;
    }

    static void draw(Path target, String title, LossTable table, @Nullable Schedule schedule) throws IOException {
        double[] curve = table.curve();
        double[] steps = IntStream.range(0, curve.length).asDoubleStream().toArray();
        XYChart chart = Charts.lines(title, "step t", "L_t, bits per variable", WIDTH, HEIGHT);
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        double top = Arrays.stream(table.bits()).max().orElseThrow();
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(top > 0 ? 1.05 * top : 1);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) curve.length);
        if (schedule != null) {
            double[] corners = new double[2 * schedule.calls()];
            double[] heights = new double[corners.length];
            for (int call = 0; call < schedule.calls(); call++) {
                corners[2 * call] = schedule.start(call);
                corners[2 * call + 1] = schedule.end(call);
                heights[2 * call] = curve[schedule.start(call)];
                heights[2 * call + 1] = heights[2 * call];
            }
            double[] under = new double[corners.length];
            Charts.band(chart, "area of the schedule", corners, under, heights, Charts.colour(1));
            Charts.line(
                    chart,
                    String.format(Locale.ROOT, "%d network calls: %,.1f bits", schedule.calls(), cost(curve, schedule)),
                    corners,
                    heights,
                    Charts.colour(1));
        }
        if (Arrays.stream(table.error()).noneMatch(Double::isNaN)) {
            double[] low = new double[table.t().length];
            double[] high = new double[low.length];
            for (int i = 0; i < low.length; i++) {
                low[i] = Math.max(0, table.bits()[i] - 2 * table.error()[i]);
                high[i] = table.bits()[i] + 2 * table.error()[i];
            }
            Charts.band(chart, "two standard errors", table.t(), low, high, Charts.colour(0));
        }
        String name = String.format(
                Locale.ROOT,
                "L_t, one call a step: %,.1f bits",
                Arrays.stream(curve).sum());
        Charts.line(chart, name, steps, curve, Charts.colour(0));
        int[] stages = table.stageStarts();
        for (int stage = 1; stage < stages.length; stage++) {
            XYSeries boundary = Charts.line(
                    chart,
                    "stage " + stage,
                    new double[] {stages[stage], stages[stage]},
                    new double[] {0, 1.05 * top},
                    Color.DARK_GRAY);
            boundary.setLineStyle(
                    new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, new float[] {6, 6}, 0));
            boundary.setShowInLegend(false);
        }
        Charts.write(target, chart);
    }
}
