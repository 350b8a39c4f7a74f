package dev.ardm.core.masking.call;

import dev.ardm.core.masking.arithmetic.UnitDistributions;
import dev.ardm.core.masking.arithmetic.UnitDistributions.SymbolCoder;
import dev.ardm.core.masking.output.UnitLikelihood;

/** A network call of one item that was evaluated: the units it decides, and the network's outputs for them. For one thread. */
public final class Call {
    private final Policy.Step step;
    private final float[] outputs;
    private final UnitDistributions distributions;
    private final UnitLikelihood likelihood;

    /**
     * @param outputs of the units, one after the other; not changed
     */
    public Call(Policy.Step step, float[] outputs, UnitDistributions distributions, UnitLikelihood likelihood) {
        this.step = step;
        this.outputs = outputs;
        this.distributions = distributions;
        this.likelihood = likelihood;
    }

    /** The units. */
    public int[] units() {
        return step.units();
    }

    /** The stage of the process. */
    public int stage() {
        return step.stage();
    }

    /** Codes, decodes or draws the units: their values in the item become what the coder returns. */
    public <E extends Exception> void code(int[] item, SymbolCoder<E> coder) throws E {
        for (int i = 0; i < units().length; i++) {
            distributions.code(outputs, offset(i), item, units()[i], stage(), coder);
        }
    }

    /** What each unit of an item costs whose values are known, in nats, without the rounding of integer distributions. */
    public double[] nats(int[] item) {
        double[] nats = new double[units().length];
        for (int i = 0; i < nats.length; i++) {
            nats[i] = likelihood.nats(outputs, offset(i), item, units()[i], stage());
        }
        return nats;
    }

    private int offset(int i) {
        return outputs.length / units().length * i;
    }
}
