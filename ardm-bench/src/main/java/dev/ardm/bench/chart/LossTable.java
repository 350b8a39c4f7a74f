package dev.ardm.bench.chart;

import dev.ardm.core.masking.plan.LossComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Loss components as tab-separated values, one observed step a line: t, L_t in bits, its standard error, its stage. The last line is the last step of
 * all; steps between two lines of a stage are interpolated linearly, as {@link dev.ardm.core.masking.plan.LossComponentEstimator} does.
 */
final class LossTable {
    private static final String HEADER = "t\tL_t\tstandard_error\tstage";
    private static final int FIELDS = 4;
    /** Steps of a table; a picture of more shows nothing more. */
    private static final int MOST_STEPS = 1 << 24;

    private LossTable() {}

    /** The observed steps of a curve. */
    static String text(LossComponents curve) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (int t = 0; t < curve.steps(); t++) {
            if (curve.count(t) > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%d\t%.6f\t%.6f\t%d%n",
                        t,
                        curve.bits(t),
                        curve.standardError(t),
                        t / curve.units()));
            }
        }
        return text.toString();
    }

    /**
     * Reads a table. Lines that start with # and a first line of names are skipped; standard errors may be NaN.
     *
     * @return counts are 1 where the table has a line, the error of the total is unknown
     * @throws IOException if a line is something else, steps do not increase, a stage is not where its steps are, or one has no line; the message
     *     names file and line
     */
    static LossComponents read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<double[]> entries = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#") || (i == 0 && line.startsWith("t\t"))) {
                continue;
            }
            String place = file + ": line " + (i + 1);
            double[] entry = entry(line, place);
            double before = entries.isEmpty() ? -1 : entries.get(entries.size() - 1)[0];
            if (!(entry[0] > before && entry[0] < MOST_STEPS && entry[0] == Math.rint(entry[0]))) {
                throw new IOException(place + ": steps must be increasing integers from 0 to " + (MOST_STEPS - 1));
            }
            entries.add(entry);
            places.add(place);
        }
        if (entries.size() < 2) {
            throw new IOException(file + ": at least two loss components are needed, there are " + entries.size());
        }
        double[] last = entries.get(entries.size() - 1);
        int steps = (int) last[0] + 1;
        int stages = (int) last[3] + 1;
        if (stages < 1 || steps % stages != 0) {
            throw new IOException(file + ": " + steps + " steps are not a whole number of " + stages + " stages");
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i)[3] != Math.floor(entries.get(i)[0] / (steps / stages))) {
                throw new IOException(places.get(i) + ": with " + stages + " stages of " + steps / stages
                        + " steps, this step is not of stage " + entries.get(i)[3]);
            }
        }
        return interpolated(file, entries, stages, steps / stages);
    }

    private static double[] entry(String line, String place) throws IOException {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IOException(place + " has " + fields.length
                    + " fields, not t, L_t, standard error and stage with tabs between");
        }
        double[] entry = new double[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            try {
                entry[i] = Double.parseDouble(fields[i]);
            } catch (NumberFormatException e) {
                throw new IOException(place + ": '" + fields[i] + "' is not a number", e);
            }
        }
        if (!(entry[1] >= 0 && entry[1] < Double.POSITIVE_INFINITY) || entry[2] < 0) {
            throw new IOException(place + ": a loss component and its standard error must be finite and not negative");
        }
        return entry;
    }

    private static LossComponents interpolated(Path file, List<double[]> entries, int stages, int units)
            throws IOException {
        double[] bits = new double[stages * units];
        double[] errors = new double[bits.length];
        int[] counts = new int[bits.length];
        for (int s = 0; s < stages; s++) {
            int stage = s;
            List<double[]> own =
                    entries.stream().filter(entry -> entry[3] == stage).toList();
            if (own.isEmpty()) {
                throw new IOException(file + ": stage " + stage + " has no line");
            }
            double[] t = own.stream().mapToDouble(entry -> entry[0]).toArray();
            for (int step = stage * units; step < (stage + 1) * units; step++) {
                double place = Math.max(t[0], Math.min(step, t[t.length - 1]));
                bits[step] = SeedBand.at(
                        t, own.stream().mapToDouble(entry -> entry[1]).toArray(), place);
                errors[step] = SeedBand.at(
                        t, own.stream().mapToDouble(entry -> entry[2]).toArray(), place);
                counts[step] = Arrays.binarySearch(t, step) >= 0 ? 1 : 0;
            }
        }
        return LossComponents.of(stages, bits, errors, counts, Double.NaN);
    }
}
