package dev.ardm.reference;

/** Reads bits, the least significant of each byte first (format.md, introduction). */
final class ReferenceBits {

    private final ReferenceInput in;
    private int value;
    private int left;

    ReferenceBits(ReferenceInput in) {
        this.in = in;
    }

    int next() throws ReferenceException {
        if (left == 0) {
            value = (int) in.unsigned(1);
            left = 8;
        }
        int bit = value & 1;
        value >>= 1;
        left--;
        return bit;
    }

    /** Fails unless the rest of the last byte is zeros. */
    void finish() throws ReferenceException {
        if (value != 0) {
            throw ReferenceException.damaged("bits that fill up are not zero");
        }
    }
}
