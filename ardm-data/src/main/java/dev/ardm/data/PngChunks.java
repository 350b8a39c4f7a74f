package dev.ardm.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The chunks of a PNG file: checks that none is cut off or damaged, and keeps what stands in the header and texts. */
public final class PngChunks {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int MAX_TEXT = 1 << 20;

    private int bitDepth;
    private int colourType;
    private boolean transparency;
    private int transparentGrey = -1;
    private boolean animated;
    private final Map<String, String> texts = new LinkedHashMap<>();

    private PngChunks() {}

    /** Whether bytes begin a PNG file. */
    public static boolean looksLikePng(byte[] bytes) {
        return bytes.length >= 8 && Arrays.equals(Arrays.copyOf(bytes, 8), SIGNATURE);
    }

    /** The eight bytes that a PNG file begins with. */
    public static byte[] signature() {
        return SIGNATURE.clone();
    }

    /**
     * Walks through a whole file.
     *
     * @throws DataException if it is no PNG file, or is cut off or damaged
     */
    public static PngChunks check(byte[] png, String file) throws DataException {
        if (!looksLikePng(png)) {
            throw DataException.at(file, 0, "not a PNG file");
        }
        PngChunks chunks = new PngChunks();
        int at = 8;
        boolean data = false;
        while (true) {
            if (png.length - at < 12) {
                throw DataException.at(file, at, "the PNG is cut off");
            }
            int length = ByteBuffer.wrap(png).getInt(at);
            String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > png.length - at - 12) {
                throw DataException.at(file, at, "the PNG is cut off inside its chunk " + printable(type));
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            if ((int) crc.getValue() != ByteBuffer.wrap(png).getInt(at + 8 + length)) {
                throw DataException.at(
                        file, at, "the PNG is damaged: its chunk " + printable(type) + " has a wrong checksum");
            }
            if ((at == 8) != type.equals("IHDR") || (at == 8 && length != 13)) {
                throw DataException.at(file, at, "the PNG does not begin with one header");
            }
            if (type.equals("IEND")) {
                if (!data) {
                    throw DataException.at(file, at, "the PNG holds no image data");
                }
                return chunks;
            }
            data |= type.equals("IDAT");
            chunks.take(type, png, at + 8, length);
            at += length + 12;
        }
    }

    private static String printable(String type) {
        return type.replaceAll("[^A-Za-z]", "?");
    }

    private void take(String type, byte[] png, int at, int length) {
        switch (type) {
            case "IHDR" -> {
                bitDepth = png[at + 8];
                colourType = png[at + 9];
            }
            case "tRNS" -> {
                transparency = true;
                if (colourType == 0 && length == 2) {
                    transparentGrey = ByteBuffer.wrap(png).getShort(at) & 0xFFFF;
                }
            }
            case "acTL" -> animated = true;
            case "tEXt", "zTXt", "iTXt" -> text(type, Arrays.copyOfRange(png, at, at + length));
            default -> {}
        }
    }

    private void text(String type, byte[] chunk) {
        int end = zero(chunk, 0);
        if (end < 1) {
            return;
        }
        String keyword = new String(chunk, 0, end, StandardCharsets.ISO_8859_1);
        String value = null;
        if (type.equals("tEXt")) {
            value = new String(chunk, end + 1, chunk.length - end - 1, StandardCharsets.ISO_8859_1);
        } else if (type.equals("zTXt") && chunk.length > end + 2) {
            value = inflated(chunk, end + 2, false);
        } else if (type.equals("iTXt") && chunk.length > end + 3) {
            int language = zero(chunk, end + 3);
            int translated = language < 0 ? -1 : zero(chunk, language + 1);
            if (translated >= 0) {
                value = chunk[end + 1] == 0
                        ? new String(chunk, translated + 1, chunk.length - translated - 1, StandardCharsets.UTF_8)
                        : inflated(chunk, translated + 1, true);
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

    private static @Nullable String inflated(byte[] chunk, int from, boolean utf8) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk, from, chunk.length - from);
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

    /** Whether the colours are indices into a palette. */
    boolean palette() {
        return colourType == 3;
    }

    /** Whether there is an alpha channel, or a colour or palette entry that is transparent. */
    boolean alpha() {
        return transparency || (colourType & 4) != 0;
    }

    /** The sample of grey images without an alpha channel that is transparent; -1 if none is. */
    int transparentGrey() {
        return transparentGrey;
    }

    /** Bits of a sample as stored. */
    int bitDepth() {
        return bitDepth;
    }

    /** Whether it is an animation. */
    public boolean animated() {
        return animated;
    }

    /** Text entries by keyword; of several with one keyword, the first. */
    Map<String, String> texts() {
        return texts;
    }
}
