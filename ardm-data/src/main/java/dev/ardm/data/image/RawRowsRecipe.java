package dev.ardm.data.image;

import dev.ardm.data.DataException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with uncompressed rows between bytes of its own, such as PPM, PGM, PBM, PAM, BMP and NPY.
 *
 * @param form how rows lie there: a sum of the constants of this class
 * @param prefix what is before the rows
 * @param suffix what is behind them
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
record RawRowsRecipe(int form, byte[] prefix, byte[] suffix) implements FileRecipe {
    /** Rows from the lowest to the highest. */
    private static final int UPWARDS = 1;

    /** Rows have a multiple of four bytes, filled up with zeros. */
    private static final int PADDED = 2;

    /** Blue before green before red. */
    private static final int BLUE_FIRST = 4;

    /** Every bit of a sample the other way round. */
    private static final int INVERTED = 8;

    /** The low byte of a sample before the high one. */
    private static final int LOW_BYTE_FIRST = 16;

    private static final int FORMS = 32;

    /** More bytes beside the rows are not looked at: the file is something else. */
    private static final int MOST_BESIDE = 1 << 16;

    /** The recipe of a file, or null if there is none. */
    static @Nullable RawRowsRecipe find(byte[] file, RasterImage image) {
        for (int form = 0; form < FORMS; form++) {
            if (!allows(image, form)) {
                continue;
            }
            long length = (long) rowLength(image, form) * image.height();
            long beside = file.length - length;
            if (beside < 0 || beside > MOST_BESIDE) {
                continue;
            }
            boolean bmp = file.length > 14 && file[0] == 'B' && file[1] == 'M';
            long begin =
                    bmp ? ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(10) : beside;
            if (begin >= 0 && begin <= beside && matches(file, (int) begin, image, form)) {
                return new RawRowsRecipe(
                        form,
                        Arrays.copyOf(file, (int) begin),
                        Arrays.copyOfRange(file, (int) (begin + length), file.length));
            }
        }
        return null;
    }

    private static boolean allows(RasterImage image, int form) {
        return ((form & LOW_BYTE_FIRST) == 0 || image.bits() == 16)
                && ((form & BLUE_FIRST) == 0 || image.kind().channels() >= 3);
    }

    private static int rowLength(RasterImage image, int form) {
        int length = SampleRows.length(image.width() * image.kind().channels(), image.bits());
        return (form & PADDED) != 0 ? (length + 3) / 4 * 4 : length;
    }

    private static boolean matches(byte[] file, int begin, RasterImage image, int form) {
        int length = rowLength(image, form);
        byte[] row = new byte[length];
        for (int y = 0; y < image.height(); y++) {
            row(image, form, y, row);
            int at = begin + y * length;
            if (!Arrays.equals(row, 0, length, file, at, at + length)) {
                return false;
            }
        }
        return true;
    }

    /** Row {@code y} as it lies in the file. */
    private static void row(RasterImage image, int form, int y, byte[] row) {
        int channels = image.kind().channels();
        int[] samples = new int[image.width() * channels];
        int from = ((form & UPWARDS) != 0 ? image.height() - 1 - y : y) * samples.length;
        for (int i = 0; i < samples.length; i++) {
            int channel = i % channels;
            int source = (form & BLUE_FIRST) != 0 && channel < 3 ? i - channel + 2 - channel : i;
            int sample = image.samples()[from + source];
            if ((form & LOW_BYTE_FIRST) != 0) {
                sample = (sample & 0xFF) << 8 | sample >> 8;
            }
            samples[i] = (form & INVERTED) != 0 ? sample ^ (1 << image.bits()) - 1 : sample;
        }
        byte[] packed = new byte[SampleRows.length(samples.length, image.bits())];
        SampleRows.pack(samples, 0, samples.length, image.bits(), packed);
        System.arraycopy(packed, 0, row, 0, packed.length);
    }

    @Override
    public byte[] file(RasterImage image, List<PngChunk> before, List<PngChunk> after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(prefix);
        byte[] row = new byte[rowLength(image, form)];
        for (int y = 0; y < image.height(); y++) {
            row(image, form, y, row);
            out.writeBytes(row);
        }
        out.writeBytes(suffix);
        return out.toByteArray();
    }

    @Override
    public void write(ExtraWriter out) {
        out.number(1).number(form).bytes(prefix).bytes(suffix);
    }

    static RawRowsRecipe read(ExtraReader in, RasterImage image) throws DataException {
        int form = in.number(FORMS);
        if (!allows(image, form)) {
            throw in.damaged("no such rows: " + form);
        }
        return new RawRowsRecipe(form, in.bytes(), in.bytes());
    }
}
