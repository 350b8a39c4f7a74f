package dev.ardm.data.png;

import dev.ardm.data.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Text entries in PNG files, such as the model, seed, order and steps that a picture was made with. Texts of Latin
 * letters are stored as {@code tEXt}, others as {@code iTXt}; compressed ones are read too.
 */
public final class PngText {
    /** The keyword of entries that this project writes. */
    public static final String KEYWORD = "ardm";

    private static final long MAX_FILE = 1L << 28;
    private static final int MAX_TEXT = 1 << 20;

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
        ColourKind kind = image.getColorModel().hasAlpha() ? ColourKind.RGB_ALPHA : ColourKind.RGB;
        int[] samples = new int[Math.multiplyExact(Math.multiplyExact(height, width), kind.channels())];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int argb = image.getRGB(x, y);
                samples[at++] = argb >>> 16 & 0xFF;
                samples[at++] = argb >>> 8 & 0xFF;
                samples[at++] = argb & 0xFF;
                if (kind.alpha()) {
                    samples[at++] = argb >>> 24;
                }
            }
        }
        PngWriter.write(out, new RasterImage(height, width, kind, 8, samples), chunks(texts), List.of());
    }

    /**
     * The text entries of a PNG file by keyword; empty if it has none. Of several with one keyword the first counts, and
     * entries that cannot be decoded or exceed 1 MiB are left out.
     *
     * @throws DataException if it is not a PNG file, or is cut off or damaged
     */
    public static Map<String, String> read(Path path) throws IOException {
        long length = Files.size(path);
        if (length > MAX_FILE) {
            throw DataException.in(path.toString(), "a file of " + length + " bytes is not read for its texts");
        }
        return PngFile.read(Files.readAllBytes(path), path.toString()).texts();
    }

    /**
     * Chunks that hold texts.
     *
     * @throws IllegalArgumentException if a keyword or text cannot be stored
     */
    public static List<PngChunk> chunks(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> chunk(text.getKey(), text.getValue()))
                .toList();
    }

    private static PngChunk chunk(String keyword, String value) {
        if (!keyword.matches("[!-~]([ -~]{0,77}[!-~])?")) {
            throw new IllegalArgumentException("a keyword must have 1 to 79 plain characters: " + keyword);
        }
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a text must not contain a zero character");
        }
        boolean latin = value.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~') || (c >= 0xA1 && c <= 0xFF));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        data.writeBytes(new byte[latin ? 1 : 5]);
        data.writeBytes(value.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        return new PngChunk(latin ? "tEXt" : "iTXt", data.toByteArray());
    }

    /** The text entries among chunks. */
    @SafeVarargs
    static Map<String, String> of(List<PngChunk>... chunks) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (List<PngChunk> list : chunks) {
            for (PngChunk chunk : list) {
                take(chunk.type(), chunk.data(), texts);
            }
        }
        return texts;
    }

    private static void take(String type, byte[] data, Map<String, String> texts) {
        int end = zero(data, 0);
        if (end < 1) {
            return;
        }
        String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
        String value = null;
        if (type.equals("tEXt")) {
            value = new String(data, end + 1, data.length - end - 1, StandardCharsets.ISO_8859_1);
        } else if (type.equals("zTXt") && data.length > end + 2) {
            value = inflated(data, end + 2, false);
        } else if (type.equals("iTXt") && data.length > end + 3) {
            int language = zero(data, end + 3);
            int translated = language < 0 ? -1 : zero(data, language + 1);
            if (translated >= 0) {
                value = data[end + 1] == 0
                        ? new String(data, translated + 1, data.length - translated - 1, StandardCharsets.UTF_8)
                        : inflated(data, translated + 1, true);
            }
        }
        if (value != null) {
            texts.putIfAbsent(keyword, value);
        }
    }

    private static int zero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String inflated(byte[] data, int from, boolean utf8) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, from, data.length - from);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0 || out.size() + n > MAX_TEXT) {
                    return null;
                }
                out.write(buffer, 0, n);
            }
            return out.toString(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
