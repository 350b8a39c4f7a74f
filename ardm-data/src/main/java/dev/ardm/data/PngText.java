package dev.ardm.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Text entries in PNG files, such as the model, seed, order and steps that a picture was made with. Texts of Latin
 * letters are stored as {@code tEXt}, others as {@code iTXt}; compressed ones are read too.
 */
public final class PngText {
    /** The keyword of entries that this project writes. */
    public static final String KEYWORD = "ardm";

    private static final long MAX_FILE = 1L << 28;

    private PngText() {}

    /**
     * Writes an opaque or transparent 8-bit image with text entries. The stream stays open.
     *
     * @param texts keyword (1 to 79 plain characters) to text, written in the map's order
     * @throws IllegalArgumentException if a keyword or text cannot be stored
     */
    public static void write(BufferedImage image, Map<String, String> texts, OutputStream out) throws IOException {
        int height = image.getHeight();
        int width = image.getWidth();
        int channels = image.getColorModel().hasAlpha() ? 4 : 3;
        int[] values = new int[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int argb = image.getRGB(x, y);
                values[at++] = argb >>> 16 & 0xFF;
                values[at++] = argb >>> 8 & 0xFF;
                values[at++] = argb & 0xFF;
                if (channels == 4) {
                    values[at++] = argb >>> 24;
                }
            }
        }
        PngEncoder.write(out, new DecodedImage(height, width, channels, 8, values), texts);
    }

    /** Writes a file; it gets its name only when it is complete. */
    public static void write(BufferedImage image, Map<String, String> texts, Path path) throws IOException {
        Staging.file(path, out -> write(image, texts, out));
    }

    /**
     * The text entries of a PNG file by keyword; empty if it has none. Of several with one keyword the first counts, and
     * entries that cannot be decoded or exceed 1 MiB are left out.
     *
     * @throws DataException if it is no PNG file, or is cut off or damaged
     */
    public static Map<String, String> read(Path path) throws IOException {
        long length = Files.size(path);
        if (length > MAX_FILE) {
            throw DataException.in(path.toString(), "a file of " + length + " bytes is not read for its texts");
        }
        return read(Files.readAllBytes(path), path.toString());
    }

    /** The text entries of a PNG in memory; {@code name} stands for it in error messages. */
    public static Map<String, String> read(byte[] png, String name) throws DataException {
        return Map.copyOf(PngChunks.check(png, name).texts());
    }
}
