package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * The file of a model within an archive.
 *
 * @param modelId id of the model, as stated by its part of the archive; in hexadecimal
 * @param offset where it begins
 * @param length in bytes
 * @param checksum CRC-32C of its bytes
 */
public record EmbeddedModel(String modelId, long offset, long length, int checksum) {
    /**
     * Copies it out of its archive.
     *
     * @throws DamagedException if it does not match its checksum; the copy is then useless
     */
    public void copy(PositionalFile file, OutputStream out) throws IOException {
        if (length > file.size() - offset) {
            throw new DamagedException(file.name(), -1, offset, "its model is truncated", "");
        }
        byte[] window = new byte[1 << 16];
        CRC32C crc = new CRC32C();
        long end = offset + length;
        for (long at = offset; at < end; at += window.length) {
            int part = (int) Math.min(window.length, end - at);
            file.read(at, window, part);
            crc.update(window, 0, part);
            out.write(window, 0, part);
        }
        if ((int) crc.getValue() != checksum) {
            throw new DamagedException(file.name(), -1, offset, "its model does not match its checksum", "");
        }
    }
}
