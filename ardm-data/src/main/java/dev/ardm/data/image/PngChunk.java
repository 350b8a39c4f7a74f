package dev.ardm.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A chunk of a PNG file.
 *
 * @param type four letters
 * @param data bytes, without length, type and checksum
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
record PngChunk(String type, byte[] data) {
    /** Whether readers may leave it out. */
    boolean ancillary() {
        return Character.isLowerCase(type.charAt(0));
    }

    void write(ByteArrayOutputStream out) {
        write(out, type, data, 0, data.length);
    }

    static void write(ByteArrayOutputStream out, String type, byte[] data, int from, int length) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, from, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, from, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** The chunk at a place of a file that has been checked. */
    static PngChunk at(byte[] png, int at) {
        int length = ByteBuffer.wrap(png).getInt(at);
        return new PngChunk(
                new String(png, at + 4, 4, StandardCharsets.ISO_8859_1),
                Arrays.copyOfRange(png, at + 8, at + 8 + length));
    }

    /** Bytes of the chunk in a file. */
    int length() {
        return data.length + 12;
    }
}
