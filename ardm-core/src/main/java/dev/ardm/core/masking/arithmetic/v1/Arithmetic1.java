package dev.ardm.core.masking.arithmetic.v1;

import dev.ardm.core.masking.arithmetic.Arithmetic;
import dev.ardm.core.masking.arithmetic.UnitDistributions;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.LogitOutput;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.exact.Kernels;

/** Version 1. */
public final class Arithmetic1 implements Arithmetic {
    @Override
    public int version() {
        return 1;
    }

    @Override
    public UnitDistributions distributions(Process process, OutputDistribution output, Kernels kernels) {
        if (output instanceof LogitOutput logits) {
            return new LogitDistributions(process, logits, new Softmax(kernels));
        }
        return new LogisticDistributions(process, (LogisticMixture) output, kernels);
    }
}
