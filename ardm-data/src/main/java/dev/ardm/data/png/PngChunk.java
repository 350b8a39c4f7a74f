package dev.ardm.data.png;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A chunk of a PNG file.
 *
 * @param type four letters
 * @param data bytes, without length, type and checksum
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
public record PngChunk(String type, byte[] data) {
    void write(OutputStream out) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(name);
        out.write(data);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
