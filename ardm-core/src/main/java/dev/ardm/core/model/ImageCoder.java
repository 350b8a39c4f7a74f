package dev.ardm.core.model;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Codes images of any size, each with bytes of its own beside its values. */
public interface ImageCoder {
    /**
     * Self-contained checked streams of images, each of which decodes alone. Their check is {@link
     * dev.ardm.coding.CheckedStream#checkOf(byte[], int[], int[])}.
     *
     * @param images values in the range of the space
     * @param extras what each has beside its values
     * @param progress hears how many windows ({@link #windows}, for each layer) are done; called from any thread
     * @throws IllegalArgumentException if values are not of the space, or an image is too large for a stream
     */
    List<byte[]> encode(List<LayeredImage> images, List<byte[]> extras, IntConsumer progress);

    /**
     * Decodes images; one that does not decode, or whose check fails, gives an empty result.
     *
     * @param images with their streams
     * @param progress hears how many windows are done; called from any thread
     */
    List<Optional<LayeredImage>> decode(List<CodedImage> images, IntConsumer progress);

    /** The number of windows that a layer of an image is coded in: the work it takes. */
    long windows(int imageHeight, int imageWidth);
}
