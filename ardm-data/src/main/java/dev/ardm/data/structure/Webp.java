package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Lossless WebP files of a single image. */
final class Webp {
    private static final int RIFF_HEAD = 8;
    private static final int WEBP_HEAD = 12;
    private static final int SIGNATURE = 0x2F;
    private static final int ANIMATION = 0x02;
    private static final int EXTENT_BITS = 14;

    private Webp() {}

    static Structure structure(Fields in) throws DataException {
        long end = in.u32(4) + RIFF_HEAD;
        requireWhole(in, end);
        @Nullable Structure image = null;
        long canvas = -1;
        for (long at = WEBP_HEAD; at + RIFF_HEAD <= end; at = next(in, at)) {
            switch (in.name(at)) {
                case "VP8X" -> {
                    canvas = at;
                    if ((in.u8(at + 8) & ANIMATION) != 0) {
                        throw in.unread("it holds an animation");
                    }
                }
                case "VP8L" -> {
                    if (image != null) {
                        throw in.damaged("it has several images");
                    }
                    image = lossless(in, at + RIFF_HEAD);
                    long chunk = at;
                    image.alone(() -> alone(in, chunk));
                }
                case "VP8 " -> throw in.unread("it is a lossy WebP");
                case "ANIM", "ANMF" -> throw in.unread("it holds an animation");
                default -> {
                    // metadata, below
                }
            }
        }
        if (image == null) {
            throw in.damaged("it holds no image");
        }
        if (canvas >= 0 && (extent(in, canvas + 12) != image.width() || extent(in, canvas + 15) != image.height())) {
            throw in.unread("its canvas is not filled by its image");
        }
        metadata(in, end, image);
        image.loseBehind(in, end);
        return image;
    }

    private static void requireWhole(Fields in, long end) throws DataException {
        long chunk = WEBP_HEAD;
        while (end <= in.length() && chunk + RIFF_HEAD <= end) {
            chunk = next(in, chunk);
        }
        if (end > in.length() || chunk > end + 1) {
            throw in.damaged("it names " + Math.max(end, chunk) + " bytes and has " + in.length());
        }
        if (chunk < end) {
            throw in.damaged("its last chunk has " + (end - chunk) + " bytes");
        }
    }

    /** Chunks are padded to an even length, the last one not always. */
    private static long next(Fields in, long chunk) throws DataException {
        long length = in.u32(chunk + 4);
        return chunk + RIFF_HEAD + length + length % 2;
    }

    private static int extent(Fields in, long at) throws DataException {
        return 1 + (in.u8(at) | in.u8(at + 1) << 8 | in.u8(at + 2) << 16);
    }

    private static Structure lossless(Fields in, long at) throws DataException {
        int packed = in.s32(at + 1);
        if (in.u8(at) != SIGNATURE || packed >>> 2 * EXTENT_BITS + 1 != 0) {
            throw in.unread("it is a WebP of another version");
        }
        int mask = (1 << EXTENT_BITS) - 1;
        boolean alpha = (packed >>> 2 * EXTENT_BITS & 1) != 0;
        return new Structure(
                in,
                1L + (packed >>> EXTENT_BITS & mask),
                1L + (packed & mask),
                alpha ? ColourKind.RGB_ALPHA : ColourKind.RGB,
                8);
    }

    /** A file of that chunk only. */
    private static byte[] alone(Fields in, long chunk) throws DataException {
        int length = (int) Math.min(next(in, chunk), in.length()) - (int) chunk;
        ByteBuffer out = ByteBuffer.allocate(WEBP_HEAD + length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(in.copy(0, 4)).putInt(out.capacity() - RIFF_HEAD).put(in.copy(RIFF_HEAD, 4));
        return out.put(in.copy(chunk, length)).array();
    }

    private static void metadata(Fields in, long end, Structure image) throws DataException {
        for (long at = WEBP_HEAD; at + RIFF_HEAD <= end; at = next(in, at)) {
            String name = in.name(at);
            switch (name) {
                case "VP8X", "VP8L" -> {}
                case "ICCP" -> image.lose("a colour profile");
                case "XMP " -> image.lose("XMP data");
                case "EXIF" -> Exif.lose(in.copy(at + RIFF_HEAD, in.u32(at + 4)), image);
                default -> image.lose("a chunk named " + name.replaceAll("[^A-Za-z0-9]", "?"));
            }
        }
    }
}
