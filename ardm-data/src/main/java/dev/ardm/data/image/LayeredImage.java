package dev.ardm.data.image;

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
    /** The image of a shape: height, width and number of layers. */
    public static LayeredImage of(int[] shape, int[] values) {
        if (shape.length != 3) {
            throw new IllegalArgumentException("not an image of any size, but " + values.length + " values");
        }
        return new LayeredImage(shape[0], shape[1], shape[2], values);
    }

    /** Height, width and number of layers: what an archive says of an image. */
    public int[] shape() {
        return new int[] {height, width, layers};
    }

    /** {@code 768x512, 3 layers}. */
    public String describe() {
        return height + "x" + width + ", " + layers + (layers == 1 ? " layer" : " layers");
    }
}
