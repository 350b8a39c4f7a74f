package dev.ardm.data.image;

import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.RasterImage;
import dev.ardm.data.structure.Exif;
import dev.ardm.data.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An image file of any format whose structure is understood; its pixels are not read yet. All formats are seen as the PNG of the same pixels. */
public final class ImageFile {
    /** Chunks that say what samples mean. */
    private static final Set<String> PIXELS = Set.of("PLTE", "tRNS");

    private final byte[] bytes;
    private final String name;
    private final @Nullable PngFile png;
    private final @Nullable Structure structure;

    private ImageFile(byte[] bytes, String name, @Nullable PngFile png, @Nullable Structure structure) {
        this.bytes = bytes;
        this.name = name;
        this.png = png;
        this.structure = structure;
    }

    /**
     * Looks at a file.
     *
     * @param bytes the whole file, which must not change afterwards
     * @param name of the file, for messages
     * @return null if it is of no image format
     * @throws UnreadImageException if its pixels are not understood; the file itself may be kept
     * @throws DataException if it is damaged or too large
     */
    public static @Nullable ImageFile open(byte[] bytes, String name) throws DataException {
        if (PngFile.looksLikePng(bytes)) {
            PngFile png = PngFile.read(bytes, name);
            if (png.chunk("acTL") != null) {
                throw new UnreadImageException(name, "it holds an animation");
            }
            return new ImageFile(bytes, name, png, null);
        }
        Structure structure = Structure.of(bytes, name);
        return structure == null ? null : new ImageFile(bytes, name, null, structure);
    }

    private Structure structure() {
        return Objects.requireNonNull(structure);
    }

    /** Rows. */
    public int height() {
        return png != null ? png.header().height() : structure().height();
    }

    /** Columns. */
    public int width() {
        return png != null ? png.header().width() : structure().width();
    }

    /** The meaning of the samples. */
    public ColourKind kind() {
        return png != null ? png.header().kind() : structure().kind();
    }

    /** Bits of a sample. */
    public int bits() {
        return png != null ? png.header().bits() : structure().bits();
    }

    /** Chunks that a PNG of the image has before its samples. */
    public List<PngChunk> before() {
        return png != null ? png.before() : structure().chunks();
    }

    /** Chunks that a PNG of the image has after its samples. */
    public List<PngChunk> after() {
        return png != null ? png.after() : List.of();
    }

    /** Whether the file does not store the samples themselves, as a JPEG, so that they take far more space than it. */
    public boolean isLossy() {
        return png == null && structure().isLossy();
    }

    /** What a PNG of the image would lack, in words; empty if it has everything. */
    public List<String> lost() {
        if (png != null) {
            return png.trailing() == 0 ? List.of() : List.of("bytes behind its end");
        }
        return structure().lost();
    }

    /** Everything but the pixels, in words such as {@code "EXIF data"}; empty if there is nothing. */
    public List<String> metadata() {
        List<String> all = new ArrayList<>(lost());
        chunks().filter(chunk ->
                        !PIXELS.contains(chunk.type()) || (chunk.type().equals("PLTE") && kind() != ColourKind.PALETTE))
                .map(ImageFile::words)
                .forEach(all::add);
        return all.stream().distinct().toList();
    }

    private static String words(PngChunk chunk) {
        return switch (chunk.type()) {
            case "tEXt", "zTXt", "iTXt" -> "text";
            case "iCCP" -> "a colour profile";
            case "eXIf" -> Exif.isTurned(chunk.data()) ? Structure.TURNED : Exif.NAME;
            case "pHYs" -> "a resolution";
            case "tIME" -> "a date";
            default -> "a chunk named " + chunk.type().replaceAll("[^A-Za-z]", "?");
        };
    }

    private Stream<PngChunk> chunks() {
        return Stream.concat(before().stream(), after().stream());
    }

    /** Whether it is to be turned or mirrored when it is shown. */
    public boolean isTurned() {
        return metadata().contains(Structure.TURNED);
    }

    /** Refuses a PNG of which so few bytes are the image that it cannot be; to be called before memory is taken for it. */
    public void requireData() throws DataException {
        if (png != null) {
            png.requireImage();
        }
    }

    /**
     * The image as it is stored, of palettes the numbers of colours.
     *
     * @throws UnreadImageException if its pixels turn out not to be understood
     * @throws DataException if it is damaged
     */
    public RasterImage image() throws DataException {
        if (png != null) {
            return png.image();
        }
        Structure read = structure();
        Structure.Samples own = read.samples();
        int[] samples = own != null ? own.read() : LibraryReader.samples(bytes, read, name);
        return new RasterImage(read.height(), read.width(), read.kind(), read.bits(), samples);
    }

    /**
     * Its colours: palettes are looked up, and transparency is a channel. Of a format without grey, a palette of levels is grey.
     *
     * @param most how many values it may have
     * @throws DataException if it is damaged, or has more values, which is seen before it is unpacked
     */
    public DecodedImage decoded(int most) throws DataException {
        return ImageSamples.of(this, png == null, name, most);
    }
}
