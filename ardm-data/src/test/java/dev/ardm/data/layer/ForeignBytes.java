package dev.ardm.data.layer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Image files other than PNG, put together byte by byte. Their pixels are 2 rows of 3. */
final class ForeignBytes {
    static final int H = 2;
    static final int W = 3;

    private ForeignBytes() {}

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** A value of a TIFF: type 1 bytes, 2 text, 3 of 16, 4 of 32 bits, 5 two of 32 bits. */
    record Tag(int id, int type, long... values) {
        static Tag text(int id, String text) {
            return new Tag(id, 2, (text + "\0").chars().asLongStream().toArray());
        }

        private int count() {
            return type == 5 ? values.length / 2 : values.length;
        }

        private byte[] data(ByteOrder order) {
            int size = type <= 2 ? 1 : type == 3 ? 2 : 4;
            ByteBuffer out = ByteBuffer.allocate(values.length * size).order(order);
            for (long value : values) {
                if (size == 1) {
                    out.put((byte) value);
                } else if (size == 2) {
                    out.putShort((short) value);
                } else {
                    out.putInt((int) value);
                }
            }
            return out.array();
        }
    }

    /** A TIFF of one strip, with the tags of RGB of 8 bits but for those given. */
    static byte[] tiff(ByteOrder order, boolean big, byte[] pixels, Tag... given) {
        List<Tag> tags = new ArrayList<>(List.of(given));
        Tag[] usual = {
            new Tag(256, 3, W),
            new Tag(257, 3, H),
            new Tag(258, 3, 8, 8, 8),
            new Tag(259, 3, 1),
            new Tag(262, 3, 2),
            new Tag(277, 3, 3),
            new Tag(278, 3, H),
            new Tag(279, 4, pixels.length)
        };
        for (Tag tag : usual) {
            if (tags.stream().noneMatch(other -> other.id == tag.id)) {
                tags.add(tag);
            }
        }
        tags.removeIf(tag -> tag.values.length == 0);
        int head = big ? 16 : 8;
        int data = head + pixels.length + pixels.length % 2;
        tags.add(new Tag(273, 4, head));
        tags.sort(Comparator.comparingInt(Tag::id));
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        ByteBuffer directory = ByteBuffer.allocate(tags.size() * (big ? 20 : 12) + (big ? 16 : 6))
                .order(order);
        if (big) {
            directory.putLong(tags.size());
        } else {
            directory.putShort((short) tags.size());
        }
        for (Tag tag : tags) {
            byte[] bytes = tag.data(order);
            directory.putShort((short) tag.id).putShort((short) tag.type);
            int inside = big ? 8 : 4;
            if (big) {
                directory.putLong(tag.count());
            } else {
                directory.putInt(tag.count());
            }
            if (bytes.length <= inside) {
                directory.put(Arrays.copyOf(bytes, inside));
            } else {
                long at = data + values.size();
                if (big) {
                    directory.putLong(at);
                } else {
                    directory.putInt((int) at);
                }
                values.writeBytes(bytes);
                values.writeBytes(new byte[bytes.length % 2]);
            }
        }
        ByteBuffer header = ByteBuffer.allocate(head).order(order);
        header.put(latin(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")).putShort((short) (big ? 43 : 42));
        if (big) {
            header.putShort((short) 8).putShort((short) 0).putLong(data + values.size());
        } else {
            header.putInt(data + values.size());
        }
        return join(header.array(), pixels, new byte[pixels.length % 2], values.toByteArray(), directory.array());
    }

    /**
     * A BMP.
     *
     * @param masks and palette, between header and pixels
     */
    static byte[] bmp(int depth, int compression, byte[] masks, byte[] pixels) {
        int offset = 14 + 40 + masks.length;
        ByteBuffer out = ByteBuffer.allocate(offset).order(ByteOrder.LITTLE_ENDIAN);
        out.put(latin("BM")).putInt(offset + pixels.length).putInt(0).putInt(offset);
        out.putInt(40)
                .putInt(W)
                .putInt(H)
                .putShort((short) 1)
                .putShort((short) depth)
                .putInt(compression);
        out.putInt(pixels.length).putInt(0).putInt(0);
        out.putInt(depth <= 8 ? masks.length / 4 : 0).putInt(0).put(masks);
        return join(out.array(), pixels);
    }

    /** A palette of a BMP. */
    static byte[] colours(int... rgb) {
        ByteBuffer out = ByteBuffer.allocate(4 * rgb.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(rgb).forEach(out::putInt);
        return out.array();
    }

    static final int[] COLOURS = {0x102030, 0xFFFFFF, 0x102030, 0x05FF07};

    /** A GIF of the numbers 0, 1, 2, 3, 0, 1 of {@link #COLOURS}; extensions stand before its image. */
    static byte[] gif(int screenWidth, int background, byte[] extensions, byte[] behind) {
        ByteBuffer out = ByteBuffer.allocate(13 + 12).order(ByteOrder.LITTLE_ENDIAN);
        out.put(latin("GIF89a")).putShort((short) screenWidth).putShort((short) H);
        out.put((byte) 0x91).put((byte) background).put((byte) 0);
        for (int colour : COLOURS) {
            out.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        return join(out.array(), extensions, gifImage(), bytes(0x3B), behind);
    }

    /** The same with another image. */
    static byte[] gif(byte[] image) {
        byte[] usual = gif(W, 0, new byte[0], new byte[0]);
        return join(Arrays.copyOf(usual, usual.length - gifImage().length - 1), image, bytes(0x3B));
    }

    /** Codes of three bits: clear, three numbers, clear, three numbers, end. The code length grows after three. */
    static byte[] gifImage() {
        return gifImage(4, 0, 1, 4, 2, 3, 4, 0, 1, 5);
    }

    /** The image of codes of three bits. */
    static byte[] gifImage(int... codes) {
        long packed = 0;
        for (int i = 0; i < codes.length; i++) {
            packed |= (long) codes[i] << 3 * i;
        }
        byte[] data = new byte[(codes.length * 3 + 7) / 8];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (packed >> 8 * i);
        }
        return join(bytes(0x2C, 0, 0, 0, 0, W, 0, H, 0, 0, 2, data.length), data, bytes(0));
    }

    /** A lossless WebP of one colour, with other chunks around it. */
    static byte[] webp(byte[] before, byte[] after) {
        long size = W - 1L | (H - 1L) << 14;
        byte[] image = {0x2F, 0, 0, 0, 0, 0x28, 0x54, 0x21, 0x0B, (byte) 0xD3, (byte) 0xFF, 2, 0, 0};
        for (int i = 0; i < 4; i++) {
            image[1 + i] = (byte) (size >> 8 * i);
        }
        return riff(join(before, chunk("VP8L", image), after));
    }

    static byte[] riff(byte[] chunks) {
        return join(latin("RIFF"), little(chunks.length + 4), latin("WEBP"), chunks);
    }

    static byte[] chunk(String name, byte[] data) {
        return join(latin(name), little(data.length), data, new byte[data.length % 2]);
    }

    static byte[] vp8x(int flags, int width) {
        return chunk("VP8X", bytes(flags, 0, 0, 0, width - 1, 0, 0, H - 1, 0, 0));
    }

    static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    /** EXIF data with an orientation. */
    static byte[] exif(int orientation) {
        return join(latin("MM\0*"), bytes(0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0));
    }
}
