package dev.ardm.core.engine;

/**
 * The network's evaluation of one item that becomes known unit by unit. {@link ExactEngine.Worker#session} computes anew at each call; a
 * session of another kind may keep what it computed for the calls that follow. For one thread.
 */
public abstract class Session {
    /** Begins with a stage: known are only the units that were known at first. */
    public abstract void begin(int stage);

    /** Units of the stage are decided now; their values are in the item. */
    public abstract void reveal(int[] units);

    /** Whether the outputs are the same for all items of one label, because nothing of the item is known. */
    public abstract boolean unconditional();

    /**
     * The network's outputs for chosen units, given all that is known.
     *
     * @param ops computes, possibly on several threads
     * @return for each unit its outputs, in the order of {@code units}
     */
    abstract float[] outputs(ExactOps ops, int[] units);
}
