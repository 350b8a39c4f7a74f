package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A palette of red, green and blue, 8 bits each. */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
record ColourTable(byte[] rgb) {
    int size() {
        return rgb.length / 3;
    }

    /** The fewest bits that PNG has for numbers of so many colours. */
    int bits() {
        return size() <= 2 ? 1 : size() <= 4 ? 2 : size() <= 16 ? 4 : 8;
    }

    /** Whether the colours are all levels of grey in their order, so that a number is a level. */
    boolean isGrey() {
        int top = size() - 1;
        if (size() != 1 << bits()) {
            return false;
        }
        for (int i = 0; i < rgb.length; i++) {
            if ((rgb[i] & 0xFF) != i / 3 * 255 / top) {
                return false;
            }
        }
        return true;
    }

    /**
     * The structure of an image of these colours.
     *
     * @param clear the number of the transparent colour, or negative
     */
    Structure structure(Fields in, long height, long width, int clear) throws DataException {
        if (clear < 0 && isGrey()) {
            return new Structure(in, height, width, ColourKind.GREY, bits());
        }
        Structure structure = new Structure(in, height, width, ColourKind.PALETTE, bits());
        structure.add(new PngChunk("PLTE", rgb));
        @Nullable PngChunk transparency = transparency(clear);
        if (transparency != null) {
            structure.add(transparency);
        }
        return structure;
    }

    private static @Nullable PngChunk transparency(int clear) {
        if (clear < 0) {
            return null;
        }
        byte[] alpha = new byte[clear + 1];
        Arrays.fill(alpha, (byte) -1);
        alpha[clear] = 0;
        return new PngChunk("tRNS", alpha);
    }
}
