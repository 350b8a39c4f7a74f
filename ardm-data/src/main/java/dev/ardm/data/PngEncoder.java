package dev.ardm.data;

import dev.ardm.data.image.PngFilter;
import dev.ardm.data.image.SampleRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
        byte[] row = new byte[SampleRows.length(stride, image.bits())];
        byte[] above = new byte[row.length];
        byte[] filtered = new byte[row.length];
        byte[] best = new byte[row.length];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(9);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data, deflater)) {
            for (int y = 0; y < image.height(); y++) {
                SampleRows.pack(image.values(), y * stride, stride, image.bits(), row);
                int bestFilter = PngFilter.least(row, above, back, best, filtered);
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
}
