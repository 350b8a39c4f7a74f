package dev.ardm.exact;

import org.jspecify.annotations.Nullable;

/**
 * What is done to the results of a product while they are still in the cache. It changes no bit: each result is first complete, and the
 * operation is that of {@link Kernels} of the same name.
 *
 * @param kind the operation
 * @param addend for {@link Kind#ADD}: row r's numbers are those from {@code addendOffset + r * addendStep}, one per output
 * @param addendStep floats between rows; 0 adds the same to every row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Epilogue(Kind kind, float @Nullable [] addend, int addendOffset, int addendStep) {
    /** Nothing. */
    public static final Epilogue NONE = new Epilogue(Kind.NONE, null, 0, 0);

    /** {@link Kernels#silu}. */
    public static final Epilogue SILU = new Epilogue(Kind.SILU, null, 0, 0);

    /** {@link Kernels#gelu}. */
    public static final Epilogue GELU = new Epilogue(Kind.GELU, null, 0, 0);

    /** The operations. */
    public enum Kind {
        /** None. */
        NONE,
        /** Sum with other numbers. */
        ADD,
        /** SiLU. */
        SILU,
        /** GELU. */
        GELU
    }

    /** Sum with numbers in another array. */
    public static Epilogue add(float[] addend, int offset, int step) {
        return new Epilogue(Kind.ADD, addend, offset, step);
    }
}
