package dev.ardm.core.masking.process;

/**
 * The distributions of what is not known of an item, given what is: what a network of this method approximates. The exact distributions of a
 * source are the network that no other can beat.
 */
@FunctionalInterface
public interface ConditionalDistributions {
    /**
     * The distribution of each single variable, conditional on the known ones (not their joint distribution).
     *
     * @param values an item; its unknown values are not looked at
     * @param known which variables are known
     * @return {@code [position][category]}, rows of sum 1; that of a known variable is certain of its value
     * @throws IllegalArgumentException if lengths differ from the space's or known values are not of it; an exact distribution also
     *     refuses known values that cannot occur together
     */
    double[][] conditionals(int[] values, boolean[] known);
}
