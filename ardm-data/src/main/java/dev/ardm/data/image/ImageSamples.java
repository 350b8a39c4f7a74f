package dev.ardm.data.image;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngHeader;
import dev.ardm.data.png.RasterImage;
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
     * The samples of a PNG. Of a palette they are its colours. A transparent colour or palette becomes an alpha channel; grey of few
     * bits is spread over 8 bits then, since PNG has no alpha next to fewer bits.
     *
     * @param most how many values it may have
     * @throws DataException if it is damaged, or has more values; before it is unpacked
     */
    static DecodedImage of(PngFile png, String file, int most) throws DataException {
        PngHeader header = png.header();
        boolean palette = header.kind() == ColourKind.PALETTE;
        byte[] transparency = header.kind().alpha() ? null : png.chunk("tRNS");
        int channels = (palette ? 3 : header.kind().channels()) + (transparency == null ? 0 : 1);
        if ((long) header.height() * header.width() * channels > most) {
            throw ImageDecoder.tooLarge(
                    header.height() + "x" + header.width() + ", " + DecodedImage.kind(channels) + ",", file, most);
        }
        RasterImage image = png.image();
        if (palette) {
            byte[] colours = colours(png.chunk("PLTE"), transparency, file);
            return new DecodedImage(image.height(), image.width(), channels, 8, looked(image, colours, channels, file));
        }
        if (transparency == null) {
            return new DecodedImage(image.height(), image.width(), channels, image.bits(), image.samples());
        }
        int bits = Math.max(8, image.bits());
        return new DecodedImage(
                image.height(), image.width(), channels, bits, withAlpha(image, transparency, bits, file));
    }

    /** Three or four bytes for each colour of a palette, the fourth its alpha. */
    private static byte[] colours(byte @Nullable [] rgb, byte @Nullable [] alpha, String file) throws DataException {
        if (rgb == null || rgb.length % 3 != 0) {
            throw DataException.in(file, "the PNG has no palette");
        }
        int count = rgb.length / 3;
        if (alpha == null) {
            return rgb;
        }
        if (alpha.length > count) {
            throw DataException.in(file, "its transparency cannot be read exactly");
        }
        byte[] rgba = new byte[4 * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rgb, 3 * i, rgba, 4 * i, 3);
            rgba[4 * i + 3] = i < alpha.length ? alpha[i] : -1;
        }
        return rgba;
    }

    private static int[] looked(RasterImage image, byte[] colours, int channels, String file) throws DataException {
        int[] values = new int[Math.multiplyExact(image.pixels(), channels)];
        int at = 0;
        for (int index : image.samples()) {
            if (index >= colours.length / channels) {
                throw DataException.in(file, "a pixel has the colour " + index + ", which the PNG's palette lacks");
            }
            for (int c = 0; c < channels; c++) {
                values[at++] = colours[index * channels + c] & 0xFF;
            }
        }
        return values;
    }

    private static int[] withAlpha(RasterImage image, byte[] transparency, int bits, String file) throws DataException {
        int channels = image.kind().channels();
        if (transparency.length != 2 * channels) {
            throw DataException.in(file, "its transparency cannot be read exactly");
        }
        int top = (1 << image.bits()) - 1;
        int[] clear = new int[channels];
        for (int c = 0; c < channels; c++) {
            clear[c] = ((transparency[2 * c] & 0xFF) << 8 | transparency[2 * c + 1] & 0xFF) & top;
        }
        int factor = ((1 << bits) - 1) / top;
        int[] samples = image.samples();
        int[] values = new int[Math.multiplyExact(image.pixels(), channels + 1)];
        for (int p = 0; p < image.pixels(); p++) {
            boolean same = true;
            for (int c = 0; c < channels; c++) {
                int sample = samples[p * channels + c];
                same &= sample == clear[c];
                values[p * (channels + 1) + c] = sample * factor;
            }
            values[p * (channels + 1) + channels] = same ? 0 : (1 << bits) - 1;
        }
        return values;
    }

    /** The samples of an image that the reader of another format has read. */
    static DecodedImage of(BufferedImage image, String file, int most) throws DataException {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return indexed(image, palette, file, most);
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
            throw DataException.in(file, "its samples are not unsigned integers");
        }
        int[] values = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        return new DecodedImage(image.getHeight(), image.getWidth(), bands, bits, values);
    }

    /** The complaint about images whose samples are products of colour and alpha. */
    static DataException premultiplied(String file) {
        return DataException.in(file, "its colours are premultiplied by alpha, so the exact values cannot be restored");
    }

    private static DecodedImage indexed(BufferedImage image, IndexColorModel palette, String file, int most)
            throws DataException {
        boolean grey = isGreyRamp(palette);
        boolean alpha = palette.hasAlpha();
        int channels = (grey ? 1 : 3) + (alpha ? 1 : 0);
        if ((long) image.getHeight() * image.getWidth() * channels > most) {
            throw ImageDecoder.tooLarge(
                    image.getHeight() + "x" + image.getWidth() + ", " + DecodedImage.kind(channels) + ",", file, most);
        }
        int[] indices = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        int[] values = new int[indices.length * channels];
        // Grey of few bits keeps its own levels; a ramp has no alpha.
        int bits = grey ? Integer.numberOfTrailingZeros(palette.getMapSize()) : 8;
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
