package dev.ardm.data.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds metadata of image files other than PNG that a PNG of their pixels would lose. */
final class ForeignMetadata {
    private static final String JPEG = "\u00FF\u00D8\u00FF";
    private static final Map<Integer, String> TIFF_TAGS = Map.of(
            34675, "a colour profile",
            34665, "EXIF data",
            34853, "a place (GPS)",
            700, "XMP data",
            33723, "IPTC data");

    private ForeignMetadata() {}

    /** A description of what would be lost; null if nothing is known. */
    static @Nullable String lost(byte[] file) {
        if (begins(file, 0, JPEG)) {
            return "it is a JPEG: storing its pixels would take much more space than the file, and would not "
                    + "restore its bytes";
        }
        String what = null;
        if (begins(file, 0, "II*\0") || begins(file, 0, "MM\0*")) {
            what = tiff(file);
        } else if (begins(file, 0, "RIFF") && begins(file, 8, "WEBP")) {
            what = webp(file);
        } else if (begins(file, 0, "GIF8")) {
            what = gif(file);
        } else if (begins(file, 0, "BM")) {
            what = bmp(file);
        }
        return what == null ? null : "it holds " + what + ", which would be lost";
    }

    /** Whether there is something in addition to the pixels of an image whose pixels may be kept alone, a JPEG included. */
    static boolean any(byte[] file) {
        return begins(file, 0, JPEG) ? jpeg(file) : lost(file) != null;
    }

    /** Whether a JPEG has a comment or data of an application, except those that describe how its colours are coded. */
    private static boolean jpeg(byte[] file) {
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            boolean application = marker >= 0xE1 && marker <= 0xEF && marker != 0xEE;
            if (application || marker == 0xFE) {
                return true;
            }
            if (marker == 0xDA) {
                return false;
            }
            at += 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
        }
        return false;
    }

    private static boolean begins(byte[] file, int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= file.length || file[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String tiff(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (file.length < 8) {
            return null;
        }
        long directory = in.getInt(4) & 0xFFFF_FFFFL;
        if (directory + 2 > file.length) {
            return null;
        }
        int entries = in.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < entries && directory + 2 + 12L * (i + 1) <= file.length; i++) {
            String what = TIFF_TAGS.get(in.getShort((int) directory + 2 + 12 * i) & 0xFFFF);
            if (what != null) {
                return what;
            }
        }
        return null;
    }

    private static @Nullable String webp(byte[] file) {
        if (!begins(file, 12, "VP8X") || file.length < 21) {
            return null;
        }
        int flags = file[20];
        if ((flags & 0x20) != 0) {
            return "a colour profile";
        }
        if ((flags & 0x08) != 0) {
            return "EXIF data";
        }
        return (flags & 0x04) != 0 ? "XMP data" : null;
    }

    /** Walks over the blocks up to the end, or to something that is not a block. */
    private static @Nullable String gif(byte[] file) {
        if (file.length < 13) {
            return null;
        }
        int at = 13 + colours(file[10]);
        while (at + 2 < file.length) {
            if (file[at] == 0x21) {
                if ((file[at + 1] & 0xFF) == 0xFE) {
                    return "a comment";
                }
                if ((file[at + 1] & 0xFF) == 0xFF && begins(file, at + 3, "ICCRGBG1")) {
                    return "a colour profile";
                }
                if ((file[at + 1] & 0xFF) == 0xFF && begins(file, at + 3, "XMP Data")) {
                    return "XMP data";
                }
                at = afterBlocks(file, at + 2);
            } else if (file[at] == 0x2C && at + 10 < file.length) {
                at = afterBlocks(file, at + 11 + colours(file[at + 9]));
            } else {
                return null;
            }
        }
        return null;
    }

    private static int colours(byte flags) {
        return (flags & 0x80) != 0 ? 3 << (flags & 7) + 1 : 0;
    }

    private static int afterBlocks(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != 0) {
            at += 1 + (file[at] & 0xFF);
        }
        return at + 1;
    }

    private static @Nullable String bmp(byte[] file) {
        // The profile of a header of version 5 is embedded (MBED) or named (LINK), in the byte order of the file.
        return file.length >= 14 + 124
                        && ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(14) >= 124
                        && (begins(file, 14 + 56, "DEBM") || begins(file, 14 + 56, "KNIL"))
                ? "a colour profile"
                : null;
    }
}
