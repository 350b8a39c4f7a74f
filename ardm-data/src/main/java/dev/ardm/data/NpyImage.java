package dev.ardm.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One image in an NPY file: an array {@code [height, width]} or {@code [height, width, channels]} of unsigned bytes or 16-bit integers. */
public final class NpyImage {
    private NpyImage() {}

    /** Whether bytes begin an NPY file. */
    public static boolean looksLikeNpy(byte[] bytes) {
        return NpyFile.looksLikeNpy(bytes);
    }

    /**
     * Decodes a file.
     *
     * @param most how many values it may have
     * @throws DataException if it is damaged, or no such array
     */
    public static DecodedImage decode(byte[] bytes, String file, int most) throws DataException {
        if (bytes.length < 12 || bytes[6] < 1 || bytes[6] > 3) {
            throw DataException.at(file, 6, "not an NPY file of version 1 to 3");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int begin = bytes[6] == 1 ? 10 : 12;
        long length = bytes[6] == 1 ? in.getShort(8) & 0xFFFF : in.getInt(8) & 0xFFFF_FFFFL;
        if (length > bytes.length - begin) {
            throw DataException.at(file, 8, "the file ends inside the NPY header");
        }
        int data = begin + (int) length;
        NpyHeader header =
                NpyHeader.parse(file, begin, new String(bytes, begin, (int) length, StandardCharsets.ISO_8859_1));
        long[] shape = header.shape();
        boolean bytewise = header.element() == ArrayReader.Element.U1;
        if ((!bytewise && header.element() != ArrayReader.Element.U2) || shape.length < 2 || shape.length > 3) {
            throw DataException.at(
                    file,
                    begin,
                    "an array of " + header.element() + " and shape " + Arrays.toString(shape)
                            + " is no single image (height, width and channels of unsigned integers of 1 or 2 bytes)");
        }
        long channels = shape.length == 3 ? shape[2] : 1;
        boolean fits = shape[0] >= 1 && shape[1] >= 1 && channels >= 1 && channels <= 4;
        if (!fits || shape[0] > most || shape[1] > most || shape[0] * shape[1] > most / channels) {
            throw DataException.at(
                    file,
                    begin,
                    "the shape " + Arrays.toString(shape) + " is no image of 1 to 4 channels and at most " + most
                            + " values");
        }
        int count = (int) (shape[0] * shape[1] * channels);
        if (bytes.length - data != (long) count * header.element().bytes) {
            throw DataException.at(
                    file, data, "the array has " + (bytes.length - data) + " bytes, which is not what its shape says");
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = (int) header.element().value(bytes, data + i * header.element().bytes, header.bigEndian());
        }
        return new DecodedImage((int) shape[0], (int) shape[1], (int) channels, bytewise ? 8 : 16, values);
    }
}
