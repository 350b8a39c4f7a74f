package dev.ardm.core.decision;

/** Codes decisions: writes those it is given, or reads and returns them. */
public interface SymbolCoder {
    /**
     * Codes whether something happens.
     *
     * @param probability that it happens, from 1 to 65,535 in 1/65,536
     * @param happens ignored when reading
     * @return whether it happens
     */
    boolean decide(int probability, boolean happens);

    /**
     * Codes one of several cases.
     *
     * @param starts increasing from 0 to 65,536: case k has the slots from {@code starts[k]} to {@code starts[k + 1]}
     * @param cases number of cases
     * @param chosen ignored when reading
     * @return the case
     */
    int choose(int[] starts, int cases, int chosen);
}
