package dev.ardm.core.model;

/**
 * An image of any size as one or more layers, each a raster with the channels of a model's space.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param layers number of rasters, at least 1
 * @param values {@code layers x height x width x C} values, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
public record LayeredImage(int height, int width, int layers, int[] values) {
    /** Height, width and number of layers: what an archive says of an image. */
    public int[] shape() {
        return new int[] {height, width, layers};
    }

    /** {@code 768x512, 3 layers}. */
    String describe() {
        return height + "x" + width + ", " + layers + (layers == 1 ? " layer" : " layers");
    }
}
