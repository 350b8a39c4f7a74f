package dev.ardm.app.plan;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.masking.plan.LossComponents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Loss components as tab-separated values, one measured step a line: the step t, its stage, L_t and its standard error in bits
 * (empty if unknown), and the number of observations.
 */
public final class LossComponentsTable {
    private static final String HEADER = "t\tstage\tL_t\tstandard_error\tcount";

    private LossComponentsTable() {}

    /** The measured steps of a curve. */
    static String text(LossComponents curve) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (int t = 0; t < curve.steps(); t++) {
            if (curve.count(t) > 0) {
                double error = curve.standardError(t);
                text.append(t)
                        .append('\t')
                        .append(t / curve.units())
                        .append('\t')
                        .append(curve.bits(t))
                        .append('\t')
                        .append(Double.isNaN(error) ? "" : Double.toString(error))
                        .append('\t')
                        .append(curve.count(t))
                        .append('\n');
            }
        }
        return text.toString();
    }

    public static void write(Path target, LossComponents curve) throws IOException {
        AtomicFile.write(target, true, stream -> stream.write(text(curve).getBytes(StandardCharsets.UTF_8)));
    }
}
