package dev.ardm.reference;

/** A feature map [h][w][c] (arithmetic.md, Conventions). */
record ReferenceMap(int h, int w, int c, float[] values) {

    ReferenceMap(int h, int w, int c) {
        this(h, w, c, new float[h * w * c]);
    }

    int places() {
        return h * w;
    }

    /** Adds two maps element by element. */
    ReferenceMap plus(ReferenceMap other) {
        ReferenceMap sum = new ReferenceMap(h, w, c);
        for (int i = 0; i < values.length; i++) {
            sum.values[i] = values[i] + other.values[i];
        }
        return sum;
    }

    /** Adds the same vector at each place. */
    ReferenceMap plus(float[] vector) {
        ReferenceMap sum = new ReferenceMap(h, w, c);
        for (int i = 0; i < values.length; i++) {
            sum.values[i] = values[i] + vector[i % c];
        }
        return sum;
    }

    /** Puts the channels of another map after those of this one. */
    ReferenceMap concatenated(ReferenceMap other) {
        ReferenceMap both = new ReferenceMap(h, w, c + other.c);
        for (int place = 0; place < places(); place++) {
            System.arraycopy(values, place * c, both.values, place * both.c, c);
            System.arraycopy(other.values, place * other.c, both.values, place * both.c + c, other.c);
        }
        return both;
    }

    /** Section The rest, Upsampling. */
    ReferenceMap upsampled(int rows, int columns) {
        ReferenceMap fine = new ReferenceMap(rows, columns, c);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                System.arraycopy(values, (y / 2 * w + x / 2) * c, fine.values, (y * columns + x) * c, c);
            }
        }
        return fine;
    }

    ReferenceMap silu() {
        return new ReferenceMap(h, w, c, ReferenceMath.silu(values));
    }

    ReferenceMap gelu() {
        return new ReferenceMap(h, w, c, ReferenceMath.gelu(values));
    }
}
