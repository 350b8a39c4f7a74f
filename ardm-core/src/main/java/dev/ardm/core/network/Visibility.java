package dev.ardm.core.network;

/** The places whose keys the query of a place sees in attention. */
public enum Visibility {
    /** All places. */
    ALL,
    /** Its own place and those before it, in row-major order; the others are left out. */
    CAUSAL
}
