package dev.ardm.data.png;

import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A PNG file whose chunks are whole: none is cut off, every checksum is right. The image data is not unpacked, nor copied, until
 * {@link #image} is called.
 */
public final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    /** Length, type and checksum. */
    private static final int CHUNK_FRAME = 12;

    /** A part of the file. */
    record Section(int from, int length) {}

    private final byte[] png;
    private final String file;
    private final PngHeader header;
    private final List<PngChunk> before = new ArrayList<>();
    private final List<Section> data = new ArrayList<>();
    private final List<PngChunk> after = new ArrayList<>();

    private int trailing;

    private PngFile(byte[] png, String file, PngHeader header) {
        this.png = png;
        this.file = file;
        this.header = header;
    }

    /** Whether bytes begin a PNG file. */
    public static boolean looksLikePng(byte[] bytes) {
        return bytes.length >= SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** The eight bytes that a PNG file begins with. */
    public static byte[] signature() {
        return SIGNATURE.clone();
    }

    /**
     * Reads all chunks of a file.
     *
     * @param png the whole file, which must not change afterwards
     * @param file its name, for messages
     * @throws DataException if it is not a PNG file, is cut off or damaged, is too large (see {@link PngHeader#MOST_SAMPLES}), or has
     *     a critical chunk that is unknown
     */
    public static PngFile read(byte[] png, String file) throws DataException {
        if (!looksLikePng(png)) {
            throw DataException.at(file, 0, "not a PNG file");
        }
        int at = SIGNATURE.length;
        int headerLength = checkedLength(png, at, file);
        if (!type(png, at).equals("IHDR") || headerLength != PngHeader.BYTES) {
            throw DataException.at(file, at, "the PNG does not begin with one header");
        }
        PngFile read = new PngFile(png, file, PngHeader.of(data(png, at, headerLength), file));
        at += headerLength + CHUNK_FRAME;
        while (true) {
            int length = checkedLength(png, at, file);
            String type = type(png, at);
            if (type.equals("IEND")) {
                if (read.data.isEmpty()) {
                    throw DataException.at(file, at, "the PNG contains no image data");
                }
                read.trailing = png.length - at - CHUNK_FRAME;
                return read;
            }
            read.add(type, at, length);
            at += length + CHUNK_FRAME;
        }
    }

    /** The bytes of the data of the chunk at a place. */
    private static int checkedLength(byte[] png, int at, String file) throws DataException {
        if (png.length - at < CHUNK_FRAME) {
            throw DataException.at(file, at, "the PNG is cut off");
        }
        int length = ByteBuffer.wrap(png).getInt(at);
        if (length < 0 || length > png.length - at - CHUNK_FRAME) {
            throw DataException.at(file, at, "the PNG is cut off inside its chunk " + printable(type(png, at)));
        }
        CRC32 crc = new CRC32();
        crc.update(png, at + 4, length + 4);
        if ((int) crc.getValue() != ByteBuffer.wrap(png).getInt(at + 8 + length)) {
            throw DataException.at(
                    file, at, "the PNG is damaged: its chunk " + printable(type(png, at)) + " has a wrong checksum");
        }
        return length;
    }

    private static String type(byte[] png, int at) {
        return new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private static String printable(String type) {
        return type.replaceAll("[^A-Za-z]", "?");
    }

    private static byte[] data(byte[] png, int at, int length) {
        return Arrays.copyOfRange(png, at + 8, at + 8 + length);
    }

    private void add(String type, int at, int length) throws DataException {
        if (type.equals("IHDR")) {
            throw DataException.at(file, at, "the PNG does not begin with one header");
        }
        if (!Character.isLowerCase(type.charAt(0)) && !CRITICAL.contains(type)) {
            throw new UnreadImageException(file, "the PNG has a critical chunk that is unknown, " + printable(type));
        }
        if (!type.equals("IDAT")) {
            (data.isEmpty() ? before : after).add(new PngChunk(type, data(png, at, length)));
        } else if (after.isEmpty()) {
            data.add(new Section(at + 8, length));
        } else {
            throw DataException.at(file, at, "the PNG's image data is not contiguous");
        }
    }

    /** Bytes in or after the last chunk, which belong to nothing. */
    public int trailing() {
        return trailing;
    }

    /** Its header. */
    public PngHeader header() {
        return header;
    }

    /** All chunks between the header and the image data. */
    public List<PngChunk> before() {
        return List.copyOf(before);
    }

    /** All chunks between the image data and the end. */
    public List<PngChunk> after() {
        return List.copyOf(after);
    }

    /** The data of the first chunk of a type before the image data; null if there is none. */
    public byte @Nullable [] chunk(String type) {
        for (PngChunk chunk : before) {
            if (chunk.type().equals(type)) {
                return chunk.data();
            }
        }
        return null;
    }

    /** Text entries by keyword; see {@link PngText}. */
    public Map<String, String> texts() {
        return PngText.of(before, after);
    }

    /**
     * Refuses image data that is too short for what the header claims. To be called before
     * memory is allocated for the image.
     */
    public void requireImage() throws DataException {
        long packed = data.stream().mapToLong(Section::length).sum();
        // Deflate cannot shrink anything to less than a thousandth.
        if (header.bytes() / 1100 > packed) {
            throw DataException.in(file, "the PNG's image data ends too early");
        }
    }

    /**
     * Unpacks the image: its samples as they are stored, of palettes the indices.
     *
     * @throws DataException if the image data is damaged, too short or too long, or {@link #requireImage} refuses it
     */
    public RasterImage image() throws DataException {
        requireImage();
        try (ImageData in = new ImageData(png, data, file)) {
            return in.image(header);
        }
    }
}
