package dev.ardm.data.format.sequence;

import dev.ardm.core.Space;
import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.data.DataException;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Image files of any size as the sequences of bytes that {@link PictureCountsModel} describes. Of a PNG all pixels, its colour type, its
 * bits, its palette and its other chunks come back, not interlaced; every other file comes back byte by byte, as does a PNG that is
 * damaged, animated or too large.
 */
public final class PictureCodec implements SequenceCodec {
    /** The kind of its formats. */
    public static final String KIND = "pictures";

    private static final int WINDOW = 256;
    /** A file as it is: no picture has as few channels. */
    private static final int FILE = 0;

    /** The format of pictures in memory. */
    public static SequenceFormat format() throws DataException {
        return SequenceFormat.of(new PictureCodec(), new FormatOptions(KIND, Map.of()), WINDOW);
    }

    /** Makes formats of kind {@link #KIND}. */
    public static final class Family implements FormatFamily {
        @Override
        public SequenceFormat fit(List<Path> paths, FormatOptions options) throws IOException {
            return SequenceFormat.of(new PictureCodec(), options, WINDOW);
        }

        @Override
        public SequenceFormat read(JsonNode definition) throws DataException {
            return SequenceFormat.of(new PictureCodec(), definition);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String extension() {
        return ".png";
    }

    @Override
    public int categories() {
        return 256;
    }

    @Override
    public Space.Scale scale() {
        return Space.Scale.NOMINAL;
    }

    @Override
    public int paddingValue() {
        return 0;
    }

    @Override
    public int symbolsPerFrame() {
        return 1;
    }

    @Override
    public void define(ObjectNode definition) {}

    @Override
    public boolean wants(String name) {
        return true;
    }

    @Override
    public InputFile.Gzip gzipOfDocuments() {
        return InputFile.Gzip.KEEP;
    }

    @Override
    public boolean opensZips() {
        return false;
    }

    @Override
    public boolean lossless() {
        return true;
    }

    /** {@inheritDoc} What is read is checked when it is. */
    @Override
    public boolean restoresBytes() {
        return false;
    }

    @Override
    public byte[] read(String place, InputStream in, SymbolSequence.Builder symbols) throws IOException {
        for (int value : values(place, in.readAllBytes())) {
            symbols.add(value);
        }
        return new byte[0];
    }

    /** The values of a file: of a picture, or of the file as it is. */
    public static int[] values(String place, byte[] file) {
        byte[] picture = PictureBytes.of(file, place);
        if (picture != null) {
            int[] values = values(picture);
            if (PictureCountsModel.isPicture(values)) {
                return values;
            }
        }
        int[] whole = new int[1 + file.length];
        whole[0] = FILE;
        System.arraycopy(values(file), 0, whole, 1, file.length);
        return whole;
    }

    private static int[] values(byte[] bytes) {
        int[] values = new int[bytes.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = bytes[k] & 0xFF;
        }
        return values;
    }

    @Override
    public void write(String place, int[] values, byte[] side, OutputStream out) throws IOException {
        if (side.length > 0) {
            throw DataException.in(
                    place, "has " + side.length + " bytes of side information, which pictures never have");
        }
        out.write(file(place, values));
    }

    /**
     * The file of some values.
     *
     * @throws DataException if they are neither of a picture nor of a file
     */
    public static byte[] file(String place, int[] values) throws DataException {
        int from = values.length > 0 && values[0] == FILE ? 1 : 0;
        if (from == 0 && !PictureCountsModel.isPicture(values)) {
            throw DataException.in(place, "is neither a picture nor a file");
        }
        byte[] bytes = new byte[values.length - from];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) values[from + k];
        }
        return from == 1 ? bytes : PictureBytes.png(bytes, place);
    }
}
