package dev.ardm.core.masking;

import dev.ardm.core.masking.arithmetic.Arithmetic;
import dev.ardm.core.masking.arithmetic.v1.Arithmetic1;
import dev.ardm.core.model.ArithmeticVersions;
import java.util.List;

/** The versions of the arithmetic of masking models: the only place that names their packages. */
public final class Arithmetics {
    private static final List<Arithmetic> KNOWN = List.of(new Arithmetic1());

    private Arithmetics() {}

    /**
     * A version by its number.
     *
     * @throws IllegalArgumentException if this program does not know it
     */
    public static Arithmetic of(int version) {
        ArithmeticVersions.require(version);
        return KNOWN.get(version - 1);
    }
}
