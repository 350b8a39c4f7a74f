package dev.ardm.reference;

/** A striped sum (arithmetic.md, Striped sums). */
final class ReferenceStripes {

    private final float[] stripes = new float[16];
    private int terms;

    /** Adds the next term. */
    void add(float term) {
        stripes[terms % 16] += term;
        terms++;
    }

    /** Adds the square of d as the next term, with one rounding (section Layer norm). */
    void addSquare(float d) {
        stripes[terms % 16] = Math.fma(d, d, stripes[terms % 16]);
        terms++;
    }

    /** Adds the stripes up, which ends the sum. */
    float sum() {
        for (int half = 8; half >= 1; half /= 2) {
            for (int j = 0; j < half; j++) {
                stripes[j] += stripes[j + half];
            }
        }
        return stripes[0];
    }
}
