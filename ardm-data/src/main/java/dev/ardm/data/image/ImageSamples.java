package dev.ardm.data.image;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.RasterImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The colours of images: palettes looked up, transparency as a channel. */
final class ImageSamples {
    private ImageSamples() {}

    /**
     * The colours of an image. A transparent colour or palette becomes an alpha channel; grey of few bits is spread over 8 bits then,
     * since PNG has no alpha next to fewer bits.
     *
     * @param levels whether a palette of levels of grey, in their order or its reverse, is grey
     * @param most how many values it may have
     * @throws DataException if it is damaged, or has more values; before it is unpacked
     */
    static DecodedImage of(ImageFile image, boolean levels, String file, int most) throws DataException {
        ColourKind kind = image.kind();
        boolean palette = kind == ColourKind.PALETTE;
        byte[] transparency = kind.alpha() ? null : chunk(image, "tRNS");
        int channels = (palette ? 3 : kind.channels()) + (transparency == null ? 0 : 1);
        if ((long) image.height() * image.width() * channels > most) {
            throw DataException.in(
                    file,
                    "an image of " + image.height() + "x" + image.width() + ", " + DecodedImage.kind(channels)
                            + ", has more than " + most + " values");
        }
        RasterImage raster = image.image();
        if (palette) {
            byte[] rgb = chunk(image, "PLTE");
            if (levels && transparency == null && rgb != null && isReversedGrey(rgb)) {
                return reversed(raster, rgb.length / 3);
            }
            byte[] colours = colours(rgb, transparency, file);
            return new DecodedImage(
                    image.height(), image.width(), channels, 8, looked(raster, colours, channels, file));
        }
        if (transparency == null) {
            return new DecodedImage(image.height(), image.width(), channels, image.bits(), raster.samples());
        }
        int bits = Math.max(8, image.bits());
        return new DecodedImage(
                image.height(), image.width(), channels, bits, withAlpha(raster, transparency, bits, file));
    }

    private static byte @Nullable [] chunk(ImageFile image, String type) {
        for (PngChunk chunk : image.before()) {
            if (chunk.type().equals(type)) {
                return chunk.data();
            }
        }
        return null;
    }

    /** Formats without a grey type of their own (BMP, GIF) may store grey from white to black. */
    private static boolean isReversedGrey(byte[] rgb) {
        int n = rgb.length / 3;
        if (n != 2 && n != 4 && n != 16 && n != 256) {
            return false;
        }
        for (int i = 0; i < rgb.length; i++) {
            if ((rgb[i] & 0xFF) != (n - 1 - i / 3) * 255 / (n - 1)) {
                return false;
            }
        }
        return true;
    }

    private static DecodedImage reversed(RasterImage image, int colours) {
        int[] values = Arrays.stream(image.samples())
                .map(number -> colours - 1 - number)
                .toArray();
        return new DecodedImage(image.height(), image.width(), 1, Integer.numberOfTrailingZeros(colours), values);
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
}
