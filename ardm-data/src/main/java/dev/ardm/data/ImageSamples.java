package dev.ardm.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Takes the samples out of an image as they were stored. Never through {@code getRGB}, which converts between colour
 * spaces and changes grey values.
 */
final class ImageSamples {
    private ImageSamples() {}

    /**
     * The samples of an image that was read from a file.
     *
     * @param png the file's chunks if it is a PNG
     */
    static DecodedImage of(BufferedImage image, @Nullable PngChunks png, String file, int most) throws DataException {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return indexed(image, palette, png, file, most);
        }
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int type = model.getColorSpace().getType();
        boolean grey = type == ColorSpace.TYPE_GRAY && bands == (model.hasAlpha() ? 2 : 1);
        boolean rgb = type == ColorSpace.TYPE_RGB && bands == (model.hasAlpha() ? 4 : 3);
        if (!grey && !rgb) {
            throw DataException.in(
                    file,
                    "its colour model (" + name(type) + ", " + bands
                            + " channels) is not supported; grey and RGB are, with or without alpha");
        }
        if (model.hasAlpha() && model.isAlphaPremultiplied()) {
            throw premultiplied(file);
        }
        int bits = model.getComponentSize(0);
        for (int size : model.getComponentSize()) {
            if (size != bits || (bits != 8 && bits != 16)) {
                throw DataException.in(file, "its channels have " + size + " bits; 8 and 16 are supported");
            }
        }
        int dataType = raster.getTransferType();
        if (dataType != DataBuffer.TYPE_BYTE && dataType != DataBuffer.TYPE_USHORT && dataType != DataBuffer.TYPE_INT) {
            throw DataException.in(file, "its samples are no unsigned integers");
        }
        int[] values = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        if (png != null && png.transparentGrey() >= 0 && png.bitDepth() < 8 && grey && bands == 2) {
            // The JDK's reader expands the samples to 8 bits and looks for the colour as it is with fewer.
            int factor = 255 / ((1 << png.bitDepth()) - 1);
            for (int i = 0; i < values.length; i += 2) {
                values[i + 1] = values[i] == png.transparentGrey() * factor ? 0 : 255;
            }
        }
        return new DecodedImage(image.getHeight(), image.getWidth(), bands, bits, values);
    }

    /** The complaint about images whose samples are products of colour and alpha. */
    static DataException premultiplied(String file) {
        return DataException.in(
                file, "its colours are multiplied by alpha, from which the exact values cannot be had back");
    }

    private static DecodedImage indexed(
            BufferedImage image, IndexColorModel palette, @Nullable PngChunks png, String file, int most)
            throws DataException {
        boolean grey = png == null ? isGreyRamp(palette) : !png.palette();
        boolean alpha = png == null ? palette.hasAlpha() : png.alpha();
        int channels = (grey ? 1 : 3) + (alpha ? 1 : 0);
        if ((long) image.getHeight() * image.getWidth() * channels > most) {
            throw ImageDecoder.tooLarge(
                    image.getHeight() + "x" + image.getWidth() + ", " + DecodedImage.kind(channels) + ",", file, most);
        }
        int[] indices = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        int[] values = new int[indices.length * channels];
        // Grey of few bits keeps its own levels; beside alpha it cannot be written like that.
        int bits =
                !grey || alpha ? 8 : png != null ? png.bitDepth() : Integer.numberOfTrailingZeros(palette.getMapSize());
        int top = (1 << bits) - 1;
        int at = 0;
        for (int index : indices) {
            values[at++] = palette.getRed(index) * top / 255;
            if (!grey) {
                values[at++] = palette.getGreen(index);
                values[at++] = palette.getBlue(index);
            }
            if (alpha) {
                values[at++] = palette.getAlpha(index);
            }
        }
        return new DecodedImage(image.getHeight(), image.getWidth(), channels, bits, values);
    }

    /** Formats without a grey type of their own (BMP, GIF, bilevel TIFF) store grey as this palette, or its reverse. */
    private static boolean isGreyRamp(IndexColorModel palette) {
        int n = palette.getMapSize();
        if (palette.hasAlpha() || (n != 2 && n != 4 && n != 16 && n != 256)) {
            return false;
        }
        boolean reversed = palette.getRed(0) == 255;
        for (int i = 0; i < n; i++) {
            int level = (reversed ? n - 1 - i : i) * 255 / (n - 1);
            if (palette.getRed(i) != level || palette.getGreen(i) != level || palette.getBlue(i) != level) {
                return false;
            }
        }
        return true;
    }

    private static String name(int type) {
        return switch (type) {
            case ColorSpace.TYPE_GRAY -> "grey";
            case ColorSpace.TYPE_RGB -> "RGB";
            case ColorSpace.TYPE_CMYK -> "CMYK";
            case ColorSpace.TYPE_Lab -> "Lab";
            case ColorSpace.TYPE_YCbCr -> "YCbCr";
            case ColorSpace.TYPE_XYZ -> "XYZ";
            case ColorSpace.TYPE_HSV -> "HSV";
            default -> "colour space type " + type;
        };
    }
}
