package dev.ardm.core.masking.engine;

/**
 * The network's evaluation of one item that becomes known unit by unit; {@link ItemEngine.Worker#outputs} runs it. One of any network
 * computes anew in each call, one of a network that allows it ({@link dev.ardm.core.masking.network.Network#stepwise}) keeps what it
 * computed. For one thread.
 */
public sealed interface Session permits StatelessSession, StepSession {
    /** Begins with a stage: known are only the units that were known at first. */
    void begin(int stage);

    /** Units of the stage are decided now; their values are in the item. */
    void reveal(int[] units);

    /**
     * Whether the outputs are the same for all items of one label, because nothing of the item is known; not of items that are shorter
     * than the space.
     */
    boolean unconditional();
}
