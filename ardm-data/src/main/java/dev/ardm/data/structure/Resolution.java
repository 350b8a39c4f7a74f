package dev.ardm.data.structure;

import dev.ardm.data.png.PngChunk;
import java.nio.ByteBuffer;

/** The resolution of an image as the chunk of a PNG. */
final class Resolution {
    private Resolution() {}

    /** Pixels per metre, or with an unknown unit the shape of a pixel. */
    static PngChunk chunk(int across, int down, boolean metres) {
        return new PngChunk(
                "pHYs",
                ByteBuffer.allocate(9)
                        .putInt(across)
                        .putInt(down)
                        .put((byte) (metres ? 1 : 0))
                        .array());
    }
}
