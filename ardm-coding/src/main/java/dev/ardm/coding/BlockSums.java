package dev.ardm.coding;

import java.util.zip.CRC32C;

/** The checksums of the payload's blocks, as it passes by. */
final class BlockSums {
    private final CRC32C crc = new CRC32C();
    private final ByteSink sums = new ByteSink();
    private int filled;

    void add(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, ArchiveFormat.BLOCK_BYTES - filled);
            crc.update(bytes, at, length);
            at += length;
            filled += length;
            if (filled == ArchiveFormat.BLOCK_BYTES) {
                finishBlock();
            }
        }
    }

    private void finishBlock() {
        sums.number(crc.getValue(), ArchiveFormat.CHECKSUM_BYTES);
        crc.reset();
        filled = 0;
    }

    /** All checksums, the last block's too. */
    byte[] finish() {
        if (filled > 0) {
            finishBlock();
        }
        return sums.toByteArray();
    }
}
