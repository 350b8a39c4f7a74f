package dev.ardm.core.masking.engine;

/**
 * The network's evaluation of one item that becomes known unit by unit. That of {@link ItemEngine.Worker#session} computes anew in each
 * call. A session of another kind may keep what it computed for the calls that follow: its evaluations then also give what it keeps. For
 * one thread.
 */
public interface Session {
    /** Begins with a stage: known are only the units that were known at first. */
    void begin(int stage);

    /** Units of the stage are decided now; their values are in the item. */
    void reveal(int[] units);

    /**
     * Whether the outputs are the same for all items of one label, because nothing of the item is known; not of items that are shorter
     * than the space.
     */
    boolean unconditional();

    /** The evaluation of the network for chosen units, given all that is known. It is run before anything else is done with the session. */
    Evaluation evaluation(int[] units);
}
