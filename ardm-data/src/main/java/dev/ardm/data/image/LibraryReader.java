package dev.ardm.data.image;

import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.structure.Structure;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads samples with the readers of the JDK and of TwelveMonkeys, from files whose structure was found to be understood. Never through
 * {@code getRGB}, which converts between colour spaces and changes grey values.
 */
final class LibraryReader {
    private LibraryReader() {}

    /**
     * The samples of an image, as {@link dev.ardm.data.png.RasterImage} has them.
     *
     * @throws DataException if the reader complains, or finds another image than its structure says
     */
    static int[] samples(byte[] whole, Structure structure, String file) throws DataException {
        byte[] bytes = structure.alone(whole);
        try (ImageInputStream in = WebpStream.isWebp(bytes)
                ? new WebpStream(bytes)
                : new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw DataException.in(file, "there is no reader for such an image");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, false, false);
                return samples(read(reader, file), structure, file);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": the image is damaged or cut off: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static BufferedImage read(ImageReader reader, String file) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            // Whether strips are too short was found out before.
            if (!warning.toLowerCase(Locale.ROOT)
                    .matches("(?s).*(profile|metadata|icc|exif|thumbnail|bytecount < required).*")) {
                throw DataException.in(file, "the image is damaged or cut off: " + warning);
            }
        }
        return image;
    }

    private static int[] samples(BufferedImage image, Structure structure, String file) throws DataException {
        Raster raster = image.getRaster();
        int channels = structure.kind().channels();
        ColorModel model = image.getColorModel();
        if (image.getHeight() != structure.height()
                || image.getWidth() != structure.width()
                || raster.getNumBands() != channels
                || model.isAlphaPremultiplied()) {
            throw new UnreadImageException(
                    file,
                    "its reader finds " + image.getHeight() + "x" + image.getWidth() + " pixels of "
                            + raster.getNumBands() + " channels");
        }
        int[] samples = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        if (model instanceof IndexColorModel palette) {
            requireColours(samples, palette, structure, file);
            return structure.kind() == ColourKind.PALETTE ? samples : levels(samples, palette, structure.bits());
        }
        for (int size : model.getComponentSize()) {
            if (size != structure.bits()) {
                throw new UnreadImageException(file, "its reader finds channels of " + size + " bits");
            }
        }
        return samples;
    }

    private static void requireColours(int[] samples, IndexColorModel palette, Structure structure, String file)
            throws DataException {
        int colours = structure.chunks().stream()
                .filter(chunk -> chunk.type().equals("PLTE"))
                .mapToInt(chunk -> chunk.data().length / 3)
                .findFirst()
                .orElse(Math.min(1 << structure.bits(), palette.getMapSize()));
        for (int sample : samples) {
            if (sample >= colours) {
                throw new UnreadImageException(
                        file, "a pixel has the colour " + sample + " of a palette of " + colours);
            }
        }
    }

    private static int[] levels(int[] numbers, IndexColorModel palette, int bits) {
        int top = (1 << bits) - 1;
        int[] levels = new int[numbers.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = palette.getRed(numbers[i]) * top / 255;
        }
        return levels;
    }
}
