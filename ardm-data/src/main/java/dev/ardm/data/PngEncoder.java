package dev.ardm.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files of 1 to 4 channels of 8 or 16 bits, or of grey of 1, 2 or 4 bits, with the values exactly as they are given. */
final class PngEncoder {
    private static final int[] COLOUR_TYPE = {0, 4, 2, 6};

    private final OutputStream out;

    private PngEncoder(OutputStream out) {
        this.out = out;
    }

    /** Writes a whole file; the stream stays open. */
    static void write(OutputStream out, DecodedImage image, Map<String, String> texts) throws IOException {
        PngEncoder encoder = new PngEncoder(out);
        out.write(PngChunks.SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(image.width())
                .putInt(image.height())
                .put((byte) image.bits())
                .put((byte) COLOUR_TYPE[image.channels() - 1]);
        encoder.chunk("IHDR", header.array());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            encoder.text(text.getKey(), text.getValue());
        }
        encoder.chunk("IDAT", compressed(image));
        encoder.chunk("IEND", new byte[0]);
    }

    private void chunk(String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(name);
        out.write(data);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private void text(String keyword, String value) throws IOException {
        if (!keyword.matches("[!-~]([ -~]{0,77}[!-~])?")) {
            throw new IllegalArgumentException("a keyword has 1 to 79 plain characters: " + keyword);
        }
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a text may not hold a zero character");
        }
        boolean latin = value.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~') || (c >= 0xA1 && c <= 0xFF));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        data.writeBytes(new byte[latin ? 1 : 5]);
        data.writeBytes(value.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        chunk(latin ? "tEXt" : "iTXt", data.toByteArray());
    }

    private static byte[] compressed(DecodedImage image) throws IOException {
        int stride = image.width() * image.channels();
        int back = Math.max(1, image.channels() * image.bits() / 8);
        byte[] row = new byte[Math.toIntExact(((long) stride * image.bits() + 7) / 8)];
        byte[] above = new byte[row.length];
        byte[] filtered = new byte[row.length];
        byte[] best = new byte[row.length];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(9);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data, deflater)) {
            for (int y = 0; y < image.height(); y++) {
                fill(row, image.values(), y * stride, stride, image.bits());
                long bestSum = Long.MAX_VALUE;
                int bestFilter = 0;
                for (int filter = 0; filter < 5; filter++) {
                    long sum = filter(filter, row, above, back, filtered);
                    if (sum < bestSum) {
                        bestSum = sum;
                        bestFilter = filter;
                        System.arraycopy(filtered, 0, best, 0, best.length);
                    }
                }
                deflated.write(bestFilter);
                deflated.write(best);
                byte[] swap = above;
                above = row;
                row = swap;
            }
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }

    private static void fill(byte[] row, int[] values, int from, int count, int bits) {
        Arrays.fill(row, (byte) 0);
        for (int i = 0; i < count; i++) {
            int value = values[from + i];
            if (bits == 16) {
                row[2 * i] = (byte) (value >>> 8);
                row[2 * i + 1] = (byte) value;
            } else {
                // The first of several samples of a byte has its highest bits.
                int bit = i * bits;
                row[bit >> 3] |= (byte) (value << 8 - bits - (bit & 7));
            }
        }
    }

    /** Applies one of the five filters of the format; gives the sum of absolute differences, by which to choose. */
    private static long filter(int filter, byte[] row, byte[] above, int back, byte[] to) {
        long sum = 0;
        for (int i = 0; i < row.length; i++) {
            int left = i < back ? 0 : row[i - back] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = i < back ? 0 : above[i - back] & 0xFF;
            int prediction =
                    switch (filter) {
                        case 0 -> 0;
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        default -> paeth(left, up, corner);
                    };
            to[i] = (byte) (row[i] - prediction);
            sum += Math.abs(to[i]);
        }
        return sum;
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
