package dev.ardm.exact.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width in use, fixed when the class is loaded. There must be one only: where a second species is used in the same JVM, even in another
 * method, compilers stop to know the type of a vector, and everything becomes several times slower.
 */
final class Lanes {
    /** At most 512 bits and at most what the processor has; {@code ardm.vector.bits} lowers it. */
    static final VectorSpecies<Float> SPECIES = choose();

    static final int WIDTH = SPECIES.length();

    /** Whether the register file has 32 vectors, as with 512 bits or on ARM, else 16. */
    private static final boolean MANY_REGISTERS = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
            || System.getProperty("os.arch", "").equals("aarch64");

    /**
     * Vectors of outputs in a panel. Every weight and every input that is loaded serves as many multiply-adds as a tile has pixels or vectors, and a
     * tile of 6 by 4 needs fewer loads for each than one of 8 by 2. Processors with two multiply-add units for such vectors cannot use both otherwise.
     */
    static final int PANEL = MANY_REGISTERS ? 4 : 2;

    /** Pixels of the tallest tile: as many as the registers hold chains for, with the weights of one tap and an input. */
    static int pixels(int vectors) {
        return MANY_REGISTERS && vectors < 4 ? 8 : 6;
    }

    private Lanes() {}

    private static VectorSpecies<Float> choose() {
        int available = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        if (available < 128) {
            throw new UnsupportedOperationException("vectors of " + available + " bits are not worth using");
        }
        int wanted = Integer.getInteger("ardm.vector.bits", 512);
        if (wanted != 128 && wanted != 256 && wanted != 512) {
            throw new IllegalArgumentException("ardm.vector.bits=" + wanted + ": must be 128, 256 or 512");
        }
        int bits = Math.min(wanted, available);
        if (bits >= 512) {
            return FloatVector.SPECIES_512;
        }
        return bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }
}
