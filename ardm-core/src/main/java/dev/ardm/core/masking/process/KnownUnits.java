package dev.ardm.core.masking.process;

/** Which units of a process are known, derived from the variables that are. */
public final class KnownUnits {
    private KnownUnits() {}

    /**
     * Flags of all units.
     *
     * @param known flags of all variables
     * @throws IllegalArgumentException if these are not that many, a unit is known in part only, the process cannot start from what is known, or
     *     something is not known that it is always given
     */
    public static boolean[] of(Process process, boolean[] known) {
        if (known.length != process.space().dimensions()) {
            throw new IllegalArgumentException(
                    known.length + " flags for " + process.space().dimensions() + " variables");
        }
        int size = process.unitSize();
        boolean[] units = new boolean[process.units()];
        for (int unit = 0; unit < units.length; unit++) {
            units[unit] = known[unit * size];
            for (int i = 1; i < size; i++) {
                if (known[unit * size + i] != units[unit]) {
                    throw new IllegalArgumentException("position " + unit
                            + " is known in part only, and this model generates all its channels together");
                }
            }
        }
        if (process.continuesOnly()) {
            for (int i = 1; i < units.length; i++) {
                if (units[i] && !units[i - 1]) {
                    throw new IllegalArgumentException(
                            "an autoregressive model can only continue a beginning, and variable " + i
                                    + " is known while the one before is not");
                }
            }
        }
        for (int unit : process.given().units()) {
            if (!units[unit]) {
                throw new IllegalArgumentException("this model is conditional: position " + unit + " must be known");
            }
        }
        return units;
    }
}
