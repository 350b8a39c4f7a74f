package dev.ardm.core.output;

import dev.ardm.core.process.Process;

/** What a network's outputs for a unit mean: the distribution of its values, given what is known. */
public sealed interface OutputDistribution permits LogitOutput, LogisticMixture {
    /** Number of network outputs for one unit. */
    int outputs();

    /**
     * Checks that it can be used with a process.
     *
     * @throws IllegalArgumentException if it cannot, saying why
     */
    void check(Process process);

    /** The categorical distribution a process has unless something else is asked for. */
    static OutputDistribution of(Process process) {
        return new Categorical(process.space().categories());
    }
}
