package dev.ardm.core.model;

import dev.ardm.core.masking.arithmetic.Arithmetic;
import dev.ardm.core.masking.arithmetic.v1.Arithmetic1;
import java.util.List;
import java.util.stream.Collectors;

/** The versions of the arithmetic that this program knows: the only place that names their packages. */
public final class ArithmeticVersions {
    private static final List<Arithmetic> KNOWN = List.of(new Arithmetic1());

    /** The version that new models get. */
    public static final int NEWEST = KNOWN.get(KNOWN.size() - 1).version();

    private ArithmeticVersions() {}

    /**
     * A version by its number.
     *
     * @throws IllegalArgumentException if this program does not know it
     */
    public static Arithmetic of(int version) {
        for (Arithmetic arithmetic : KNOWN) {
            if (arithmetic.version() == version) {
                return arithmetic;
            }
        }
        throw new IllegalArgumentException("needs arithmetic version " + version + ", this program knows "
                + KNOWN.stream().map(known -> Integer.toString(known.version())).collect(Collectors.joining(", ")));
    }
}
