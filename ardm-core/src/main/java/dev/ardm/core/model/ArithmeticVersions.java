package dev.ardm.core.model;

/** The versions of the arithmetic that this program knows, from 1 on. Every family decodes by the version that a model names. */
public final class ArithmeticVersions {
    /** The version that new models get. */
    public static final int NEWEST = 1;

    private ArithmeticVersions() {}

    /**
     * Checks a version.
     *
     * @throws IllegalArgumentException if this program does not know it
     */
    public static void require(int version) {
        if (version < 1 || version > NEWEST) {
            throw new IllegalArgumentException(
                    "needs arithmetic version " + version + ", this program knows " + NEWEST);
        }
    }
}
