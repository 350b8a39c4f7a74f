package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngHeader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The structure of an image file of any format but PNG, in the terms of the PNG that holds the same pixels. */
public final class Structure {
    /** Said of an image that is not shown as its pixels are stored: dropping that would turn it. */
    public static final String TURNED = "an orientation other than upright";

    /** A file may hold thousands of unknown things, and a message shows a few. */
    private static final int MOST_LOST = 32;

    private final int height;
    private final int width;
    private final ColourKind kind;
    private final int bits;
    private final List<PngChunk> chunks = new ArrayList<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private boolean lossy;
    private @Nullable Samples samples;
    private @Nullable Alone alone;

    /** Reads samples without a library. */
    public interface Samples {
        /** All of them, as {@link dev.ardm.data.png.RasterImage} has them. */
        int[] read() throws DataException;
    }

    /** Makes a file of the pixels alone. */
    interface Alone {
        byte[] bytes() throws DataException;
    }

    Structure(Fields in, long height, long width, ColourKind kind, int bits) throws DataException {
        if (height < 1 || width < 1 || height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
            throw in.damaged("an image of " + height + "x" + width);
        }
        if (!kind.allows(bits)) {
            throw in.unread("its channels have " + bits + (bits == 1 ? " bit" : " bits"));
        }
        if (height * width > PngHeader.MOST_SAMPLES) {
            throw in.unread("it has more than " + PngHeader.MOST_SAMPLES + " pixels");
        }
        this.height = (int) height;
        this.width = (int) width;
        this.kind = kind;
        this.bits = bits;
    }

    /**
     * Looks at a file.
     *
     * @param file its name, for messages
     * @return null if it is of none of these formats
     * @throws UnreadImageException if its pixels are not understood
     * @throws DataException if it is damaged
     */
    public static @Nullable Structure of(byte[] bytes, String file) throws DataException {
        for (Form form : Form.values()) {
            if (form.begins(bytes)) {
                return form.structure(bytes, file);
            }
        }
        return null;
    }

    void lose(String what) {
        if (lost.size() < MOST_LOST) {
            lost.add(what);
        }
    }

    /** Bytes from a place on are no part of the image, unless there are none. */
    void loseBehind(Fields in, long end) {
        if (end < in.length()) {
            lose("bytes behind its end");
        }
    }

    void lossy() {
        lossy = true;
    }

    void add(PngChunk chunk) {
        chunks.add(chunk);
    }

    void samples(Samples reader) {
        samples = reader;
    }

    void alone(Alone file) {
        alone = file;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** The meaning of the samples; a palette that is all levels in their order counts as grey. */
    public ColourKind kind() {
        return kind;
    }

    /** Bits of a sample. */
    public int bits() {
        return bits;
    }

    /** What a PNG has before its samples: palette, transparency, resolution. */
    public List<PngChunk> chunks() {
        return List.copyOf(chunks);
    }

    /** What such a PNG would lack, in words such as {@code "EXIF data"}; empty if it has everything. */
    public List<String> lost() {
        return List.copyOf(lost);
    }

    /** Whether the file does not store the samples themselves, so that they take far more space than it. */
    public boolean isLossy() {
        return lossy;
    }

    /**
     * A file of the pixels alone, for a library, which metadata cannot mislead then.
     *
     * @param whole the file that this is the structure of
     */
    public byte[] alone(byte[] whole) throws DataException {
        return alone != null ? alone.bytes() : whole;
    }

    /** What reads the samples; null where that takes a library. */
    public @Nullable Samples samples() {
        return samples;
    }
}
