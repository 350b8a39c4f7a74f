package dev.ardm.data.image;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.png.PngFile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Decodes one image file to its samples. */
public final class ImageDecoder {
    private static final long MAX_FILE = 1L << 30;

    private ImageDecoder() {}

    /**
     * Decodes a file.
     *
     * @return null if it is of no image format and is not named like one
     * @throws DataException if it is an image that cannot be read completely and exactly, or is only named like one
     */
    static @Nullable DecodedImage decode(Path path) throws IOException {
        String file = path.toString();
        boolean named = FileNames.hasImageExtension(file);
        long length = Files.size(path);
        if (length > MAX_FILE) {
            if (named) {
                throw DataException.in(file, "an image file of " + length + " bytes is not read");
            }
            return null;
        }
        DecodedImage image = decode(Files.readAllBytes(path), file);
        if (image == null && named) {
            throw DataException.in(file, length == 0 ? "the file is empty" : "no readable image in spite of its name");
        }
        return image;
    }

    /** Decodes bytes; null if they are of no image format. */
    static @Nullable DecodedImage decode(byte[] bytes, String file) throws IOException {
        return decode(bytes, file, Space.MAX_DIMENSIONS);
    }

    /**
     * The content of a file's header.
     *
     * @param channels 1 to 4; 3 if only decoding would show it
     * @param bits of a sample, 8 or 16
     */
    public record Header(int height, int width, int channels, int bits) {}

    /**
     * Reads the header of the image in a file.
     *
     * @return null if it is of no image format
     * @throws DataException if its header cannot be read
     */
    public static @Nullable Header header(byte[] bytes, String file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = reader(in, bytes, file);
            if (reader == null) {
                return null;
            }
            try {
                reader.setInput(in, false, false);
                ColorModel colours = colours(reader);
                int channels = colours == null ? 3 : Math.min(4, colours.getNumComponents());
                int bits = colours == null || colours.getComponentSize(0) <= 8 ? 8 : 16;
                return new Header(reader.getHeight(0), reader.getWidth(0), channels, bits);
            } catch (IOException | RuntimeException e) {
                throw new DataException(file + ": the image is damaged or cut off: " + reason(e), e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The kind of an image's pixels; null if it cannot be read. */
    private static @Nullable ColorModel colours(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() ? types.next().getColorModel() : null;
    }

    /**
     * The reader of a format; null if it is of no image format.
     *
     * @throws DataException if it is one for which the reader would take memory without end
     */
    private static @Nullable ImageReader reader(ImageInputStream in, byte[] bytes, String file) throws IOException {
        if (Tiff.looksLikeTiff(bytes)) {
            Tiff.requirePlausible(bytes, file);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        ImageReader reader = readers.hasNext() ? readers.next() : null;
        // WBMP has no signature: all sorts of files look like it.
        return reader == null || reader.getFormatName().equalsIgnoreCase("wbmp") ? null : reader;
    }

    /**
     * Decodes bytes.
     *
     * @param most how many values it may have
     * @return null if they are of no image format
     * @throws DataException if it is an image that cannot be read completely and exactly, or has more values
     */
    public static @Nullable DecodedImage decode(byte[] bytes, String file, int most) throws IOException {
        if (PngFile.looksLikePng(bytes)) {
            return ImageSamples.of(PngFile.read(bytes, file), file, most);
        }
        try (ImageInputStream in = Webp.looksLikeWebp(bytes)
                ? Webp.open(bytes, file)
                : new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = reader(in, bytes, file);
            if (reader == null) {
                return null;
            }
            try {
                return read(reader, in, file, most);
            } catch (DataException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw new DataException(file + ": the image is damaged or cut off: " + reason(e), e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static DecodedImage read(ImageReader reader, ImageInputStream in, String file, int most)
            throws IOException {
        reader.setInput(in, false, false);
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        boolean jpeg = format.contains("jpeg") || format.contains("jpg");
        if (!jpeg) {
            int frames = reader.getNumImages(true);
            if (frames > 1) {
                throw DataException.in(
                        file, "holds " + frames + " images (an animation or pages); only single images are read");
            }
        }
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width < 1 || height < 1 || width * height > most) {
            throw DataException.in(file, "an image of " + height + "x" + width + " must have 1 to " + most + " values");
        }
        ImageTypeSpecifier stored = reader.getRawImageType(0);
        if (stored != null && stored.getColorModel().isAlphaPremultiplied()) {
            throw ImageSamples.premultiplied(file);
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            throw DataException.in(file, "its colour model (such as CMYK) is not supported; grey and RGB are");
        }
        // Before anything is unpacked: a few kilobytes can be an image of gigabytes.
        int channels = types.next().getNumBands();
        if (width * height * channels > most) {
            throw tooLarge(height + "x" + width + " and " + channels + " channels", file, most);
        }
        if (format.equals("gif") && height < 5 && interlaced(reader)) {
            throw DataException.in(file, "an interlaced GIF of fewer than 5 rows, which cannot be read exactly");
        }
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            if (!warning.toLowerCase(Locale.ROOT).matches("(?s).*(profile|metadata|icc|exif|thumbnail).*")) {
                throw DataException.in(file, "the image is damaged or cut off: " + warning);
            }
        }
        DecodedImage decoded = ImageSamples.of(image, file, most);
        if (decoded.values().length > most) {
            throw tooLarge(decoded.describe(), file, most);
        }
        return decoded;
    }

    static DataException tooLarge(String image, String file, int most) {
        return DataException.in(file, "an image of " + image + " has more than " + most + " values");
    }

    /** The JDK's reader mixes up the rows of an interlaced GIF when one of the four passes is empty. */
    private static boolean interlaced(ImageReader reader) throws IOException {
        Element tree = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
        Element descriptor =
                (Element) tree.getElementsByTagName("ImageDescriptor").item(0);
        return !"FALSE".equalsIgnoreCase(descriptor.getAttribute("interlaceFlag"));
    }
}
