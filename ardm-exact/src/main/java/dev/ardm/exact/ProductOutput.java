package dev.ardm.exact;

/**
 * Where the results of a product go, which of them are computed, how their chains begin, and what follows. Products that differ in nothing but
 * this give each result the same bits, so that one product may be computed in pieces.
 *
 * @param values row r begins at {@code offset + r * step} and has a place for every output
 * @param step floats between the rows, at least the number of outputs
 * @param first the first output computed, a multiple of {@link Kernels#outputGrain}
 * @param end one past the last output computed
 * @param accumulate whether chains begin at what is in {@code values}, instead of at the bias
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProductOutput(
        float[] values, int offset, int step, int first, int end, boolean accumulate, Epilogue epilogue) {
    /** All outputs of the weights, rows next to each other. */
    public static ProductOutput of(PackedWeights weights, float[] values, int offset) {
        return new ProductOutput(values, offset, weights.outputs(), 0, weights.outputs(), false, Epilogue.NONE);
    }

    /** The same with rows further apart. */
    public ProductOutput withStep(int floats) {
        return new ProductOutput(values, offset, floats, first, end, accumulate, epilogue);
    }

    /** The same for some of the outputs only. */
    public ProductOutput outputs(int from, int to) {
        return new ProductOutput(values, offset, step, from, to, accumulate, epilogue);
    }

    /** The same with chains that continue from what is there. */
    public ProductOutput accumulating() {
        return new ProductOutput(values, offset, step, first, end, true, epilogue);
    }

    /** The same, followed by an operation. */
    public ProductOutput then(Epilogue operation) {
        return new ProductOutput(values, offset, step, first, end, accumulate, operation);
    }

    /** The same with row r where row 0 was. */
    public ProductOutput fromRow(int r) {
        Epilogue moved = epilogue.addend() == null
                ? epilogue
                : Epilogue.add(
                        epilogue.addend(), epilogue.addendOffset() + r * epilogue.addendStep(), epilogue.addendStep());
        return new ProductOutput(values, offset + r * step, step, first, end, accumulate, moved);
    }

    /** The number of outputs computed. */
    public int count() {
        return end - first;
    }
}
