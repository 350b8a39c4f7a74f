package dev.ardm.bench.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Loss components L_t of a model (Hoogeboom et al. 2022, section 3.1) at some or all steps: the mean cross entropy of one variable, in bits, when t
 * steps are done.
 *
 * @param t steps, increasing
 * @param bits L_t
 * @param error its standard error; NaN where unknown
 * @param stage of each step, from 0 on, not decreasing
 */
record LossTable(double[] t, double[] bits, double[] error, int[] stage) {
    /**
     * Reads tab-separated values: t, L_t, standard error, stage; the last two may be missing. Lines that start with # and a first line of names are
     * passed over.
     *
     * @throws IOException if a line is something else, or there are fewer than two; the message names file and line
     */
    static LossTable read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<double[]> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#") || (i == 0 && line.startsWith("t\t"))) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            double[] entry = {0, 0, Double.NaN, 0};
            try {
                if (fields.length < 2 || fields.length > 4) {
                    throw new NumberFormatException(fields.length + " fields");
                }
                for (int field = 0; field < fields.length; field++) {
                    entry[field] = Double.parseDouble(fields[field]);
                }
            } catch (NumberFormatException e) {
                throw new IOException(
                        file + ": line " + (i + 1) + " is not 't L_t [error [stage]]' with tabs between: "
                                + e.getMessage(),
                        e);
            }
            double[] before = entries.isEmpty() ? new double[] {-1, 0, 0, 0} : entries.get(entries.size() - 1);
            if (!(entry[0] > before[0]) || entry[0] != Math.rint(entry[0])) {
                throw new IOException(file + ": line " + (i + 1) + ": steps must be increasing integers from 0 on");
            }
            if (!(entry[1] >= 0) || Double.isInfinite(entry[1])) {
                throw new IOException(file + ": line " + (i + 1) + ": a loss component must not be negative");
            }
            if (entry[3] < before[3] || entry[3] != Math.rint(entry[3])) {
                throw new IOException(file + ": line " + (i + 1) + ": stages must be integers and not decrease");
            }
            entries.add(entry);
        }
        if (entries.size() < 2) {
            throw new IOException(file + ": at least two loss components are needed, there are " + entries.size());
        }
        return new LossTable(
                entries.stream().mapToDouble(entry -> entry[0]).toArray(),
                entries.stream().mapToDouble(entry -> entry[1]).toArray(),
                entries.stream().mapToDouble(entry -> entry[2]).toArray(),
                entries.stream().mapToInt(entry -> (int) entry[3]).toArray());
    }

    /** Number of steps in all: one more than the last. */
    int steps() {
        return (int) t[t.length - 1] + 1;
    }

    /** First step of each stage; where the table is sparse, the first that it has. */
    int[] stageStarts() {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 1; i < stage.length; i++) {
            if (stage[i] > stage[i - 1]) {
                starts.add((int) t[i]);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** L_t in bits at every step: between two entries of a stage linear, beyond the first and the last entry of a stage constant. */
    double[] curve() {
        int[] starts = stageStarts();
        double[] curve = new double[steps()];
        int from = 0;
        for (int s = 0; s < starts.length; s++) {
            int end = s + 1 < starts.length ? starts[s + 1] : steps();
            int to = from;
            while (to < t.length && t[to] < end) {
                to++;
            }
            double[] x = Arrays.copyOfRange(t, from, to);
            double[] y = Arrays.copyOfRange(bits, from, to);
            for (int step = starts[s]; step < end; step++) {
                curve[step] = SeedBand.at(x, y, Math.max(x[0], Math.min(step, x[x.length - 1])));
            }
            from = to;
        }
        return curve;
    }
}
