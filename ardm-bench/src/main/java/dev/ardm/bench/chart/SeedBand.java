package dev.ardm.bench.chart;

import java.util.Arrays;
import java.util.List;

/**
 * Several runs of one setting as one line: their mean, and the least and the greatest, at the places where any of them reported and all of them
 * have begun and not ended, linear between reports.
 */
record SeedBand(double[] x, double[] mean, double[] low, double[] high) {
    /**
     * @param xs places of each run, increasing
     * @param ys values of each run
     * @throws IllegalArgumentException if the runs have no place in common
     */
    static SeedBand of(List<double[]> xs, List<double[]> ys) {
        double from = xs.stream().mapToDouble(x -> x[0]).max().orElseThrow();
        double to = xs.stream().mapToDouble(x -> x[x.length - 1]).min().orElseThrow();
        if (from > to) {
            throw new IllegalArgumentException(
                    "the runs do not overlap: one begins at " + from + ", another ends at " + to);
        }
        double[] places = xs.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(x -> x >= from && x <= to)
                .sorted()
                .distinct()
                .toArray();
        int n = places.length;
        SeedBand band = new SeedBand(places, new double[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            band.low[i] = Double.POSITIVE_INFINITY;
            band.high[i] = Double.NEGATIVE_INFINITY;
            for (int run = 0; run < xs.size(); run++) {
                double value = at(xs.get(run), ys.get(run), places[i]);
                band.mean[i] += value / xs.size();
                band.low[i] = Math.min(band.low[i], value);
                band.high[i] = Math.max(band.high[i], value);
            }
        }
        return band;
    }

    /** Linear interpolation at a place between the first and the last. */
    static double at(double[] x, double[] y, double place) {
        int found = Arrays.binarySearch(x, place);
        if (found >= 0) {
            return y[found];
        }
        int next = -found - 1;
        double part = (place - x[next - 1]) / (x[next] - x[next - 1]);
        return y[next - 1] + part * (y[next] - y[next - 1]);
    }
}
