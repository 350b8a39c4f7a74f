package dev.ardm.core.conformance;

/** How much the self-test does. */
public enum Extent {
    /** The kernels only: needs no models. */
    KERNELS,
    /** The kernels and tiny models: for interpreters and emulators. */
    QUICK,
    /** All models, in seconds. */
    STANDARD,
    /** All models, in minutes: large batches, all items. */
    FULL
}
