package dev.ardm.app.report;

import dev.ardm.app.UserError;
import dev.ardm.core.model.Estimate;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A likelihood as commands print it: bits per dimension and their standard error, NaN if that is unknown.
 *
 * @throws UserError if the likelihood is not a finite number
 */
public record Figure(double bitsPerDimension, double standardError) {
    public Figure {
        requireNumber(bitsPerDimension);
    }

    public static Figure of(Estimate estimate) {
        return new Figure(estimate.bitsPerDimension(), estimate.standardError());
    }

    /**
     * Refuses a likelihood that nobody can use.
     *
     * @throws UserError if it is not a finite number
     */
    public static void requireNumber(double bits) {
        if (!Double.isFinite(bits)) {
            throw new UserError(
                    "the model's likelihood of these items is not a finite number: its training diverged, or"
                            + " its weights are damaged; train it again, with a lower learning rate");
        }
    }

    /** {@code 1.2345 +- 0.0012}, or {@code ?} for an error that is unknown. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f +- ", bitsPerDimension)
                + (Double.isNaN(standardError) ? "?" : String.format(Locale.ROOT, "%.4f", standardError));
    }

    /** Adds both as members of a JSON object; an error that is unknown is null. */
    public void addTo(ObjectNode node) {
        node.put("bits_per_dimension", bitsPerDimension);
        if (Double.isNaN(standardError)) {
            node.putNull("standard_error");
        } else {
            node.put("standard_error", standardError);
        }
    }
}
