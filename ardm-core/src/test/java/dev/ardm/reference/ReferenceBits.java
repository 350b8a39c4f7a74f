package dev.ardm.reference;

import java.util.ArrayList;
import java.util.List;

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

    /** Reads n lengths (section Frames, Lengths). */
    static List<Long> lengths(ReferenceInput in, int n) throws ReferenceException {
        int least = in.varint(1, 1 << 30, "the least length");
        int parameter = (int) in.unsigned(1);
        if (parameter > 30) {
            throw ReferenceException.damaged("the parameter of the lengths");
        }
        ReferenceBits bits = new ReferenceBits(in);
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            long length = 0;
            while (bits.next() == 1) {
                length++;
            }
            length <<= parameter;
            for (int k = 0; k < parameter; k++) {
                length += (long) bits.next() << k;
            }
            length += least;
            if (length > 1 << 30) {
                throw ReferenceException.damaged("a length");
            }
            lengths.add(length);
        }
        bits.finish();
        return lengths;
    }

    /** Fails unless the rest of the last byte is zeros. */
    void finish() throws ReferenceException {
        if (value != 0) {
            throw ReferenceException.damaged("bits that fill up are not zero");
        }
    }
}
