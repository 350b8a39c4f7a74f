package dev.ardm.app.weights;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * How the weights of a finished model are stored.
 *
 * @param kind of storage
 * @param loss of rounded weights: the part by which the bits of items may grow; 0 otherwise
 */
public record WeightStorage(Kind kind, double loss) {
    /** Kinds of storage. */
    public enum Kind {
        /** As binary32. */
        F32,
        /** As binary16. */
        F16,
        /** As integers of a step, coded. */
        CODED
    }

    /** As they are. */
    public static final WeightStorage F32 = new WeightStorage(Kind.F32, 0);

    /** Rounded so far that a thousandth more bits for items is all that is lost. */
    public static final WeightStorage AUTO = new WeightStorage(Kind.CODED, 0.001);

    /** Checks the range. */
    public WeightStorage {
        if (kind == Kind.CODED ? !(loss > 0 && loss <= 1) : loss != 0) {
            throw new IllegalArgumentException(
                    "weights may lose more than 0 % and at most 100 %, got " + 100 * loss + " %");
        }
    }

    /**
     * Reads what a user gives, or {@link #text} wrote: {@code auto}, {@code f32}, {@code f16}, or a loss such as {@code 0.3%}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    @JsonCreator
    public static WeightStorage of(String text) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        switch (lower) {
            case "auto":
                return AUTO;
            case "f32":
                return F32;
            case "f16":
                return new WeightStorage(Kind.F16, 0);
            default:
                if (lower.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%")) {
                    return new WeightStorage(
                            Kind.CODED, Double.parseDouble(lower.substring(0, lower.length() - 1)) / 100);
                }
                throw new IllegalArgumentException(
                        "weights must be auto, f32, f16 or what they may lose, such as 0.3%, got '" + text + "'");
        }
    }

    /** As a user gives it. */
    @JsonValue
    public String text() {
        return kind != Kind.CODED
                ? kind.name().toLowerCase(Locale.ROOT)
                : equals(AUTO) ? "auto" : String.format(Locale.ROOT, "%s%%", 100 * loss);
    }

    /** Writes a model in this way; its weights are rounded already. */
    public void write(Model model, OutputStream out) throws IOException {
        switch (kind) {
            case F32 -> ModelFile.write(model, Type.F32, out);
            case F16 -> ModelFile.write(model, Type.F16, out);
            case CODED -> ModelFile.writeCoded(model, out);
        }
    }

    /** How many bytes {@link #write} writes. */
    public long size(Model model) throws IOException {
        return ModelFile.size(out -> write(model, out));
    }
}
