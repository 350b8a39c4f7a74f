package dev.ardm.data.layer;

import dev.ardm.data.DataException;
import dev.ardm.data.HeapLimit;
import dev.ardm.data.png.ColourKind;

/**
 * The memory that it takes to read an image, to take it apart and to put it together again. The shares are what the least heaps that
 * suffice for 1600x1600 pixels of each kind come to, with models of one channel and of three, rounded up.
 */
final class ImageMemory {
    /** For each sample of the image: read, by planes, and once more when put together. */
    private static final int BYTES_PER_SAMPLE = 21;
    /** And if it has 16 bits, of which the bytes are planes of their own. */
    private static final int BYTES_PER_WIDE_SAMPLE = 31;
    /** For each value of the layers. */
    private static final int BYTES_PER_VALUE = 5;

    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private ImageMemory() {}

    /**
     * Refuses what the heap or an array cannot hold.
     *
     * @param name of the image, for messages
     * @param channels of the model, 1 or 3
     */
    static void require(String name, long pixels, ColourKind kind, int bits, int channels) throws DataException {
        if (pixels * valuesPerPixel(kind, bits, channels) > MOST_VALUES) {
            throw DataException.in(name, "an image of " + pixels + " pixels makes more values than an array can have");
        }
        HeapLimit.require(name, (double) pixels * bytesPerPixel(kind, bits, channels));
    }

    static int bytesPerPixel(ColourKind kind, int bits, int channels) {
        // The numbers of a palette become planes of colours, and numbers again.
        int samples = kind == ColourKind.PALETTE ? 2 : kind.channels();
        return samples * (bits > 8 ? BYTES_PER_WIDE_SAMPLE : BYTES_PER_SAMPLE)
                + valuesPerPixel(kind, bits, channels) * BYTES_PER_VALUE;
    }

    /** Values of all layers, at most: planes may turn out to hold nothing new. */
    private static int valuesPerPixel(ColourKind kind, int bits, int channels) {
        boolean colours = kind == ColourKind.PALETTE || kind.channels() >= 3;
        int layers = (colours ? 3 / channels : 1) + (kind.alpha() ? 1 : 0);
        return layers * channels * (bits > 8 ? 2 : 1);
    }
}
