package dev.ardm.core.masking.arithmetic;

import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.exact.Kernels;

/**
 * A version of the arithmetic that turns a network's outputs into integers. Anything that changes one bit of a distribution is a new
 * version, in a package of its own; old versions stay as they are, so that what was written with them can be decoded for ever.
 */
public interface Arithmetic {
    /** Its number, which the definition of a model and the header of an archive have. */
    int version();

    /**
     * The distributions of the units of a process, for one thread.
     *
     * @param output what the network's outputs mean; it fits the process
     */
    UnitDistributions distributions(Process process, OutputDistribution output, Kernels kernels);
}
