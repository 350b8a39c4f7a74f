package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import java.util.ArrayList;
import java.util.List;

/** JPEG files of grey and of YCbCr or RGB, 8 bits a channel: baseline and progressive. */
final class Jpeg {
    /** A scan costs a pass over all coefficients, however few bytes it has. Encoders make about ten. */
    private static final int MOST_SCANS = 128;

    private static final int FRAME = 0xC0;
    private static final int LAST_FRAME = 0xCF;
    private static final int LAST_READ_FRAME = 0xC2;
    private static final int HUFFMAN = 0xC4;
    private static final int RESERVED = 0xC8;
    private static final int ARITHMETIC = 0xCC;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int LINES = 0xDC;
    private static final int APPLICATION = 0xE0;
    private static final int COMMENT = 0xFE;

    private final Fields in;
    private final List<String> lost = new ArrayList<>();
    private byte[] exif = new byte[0];
    private long frame = -1;
    private int scans;
    private boolean colourIsStated;
    private int adobeTransform = -1;

    private Jpeg(Fields in) {
        this.in = in;
    }

    static Structure structure(Fields in) throws DataException {
        return new Jpeg(in).read();
    }

    private Structure read() throws DataException {
        long at = 2;
        int marker = in.u8(at + 1);
        while (marker != END) {
            if (in.u8(at) != 0xFF) {
                throw in.damaged("no marker at byte " + at);
            }
            if (marker == 0xFF || marker == 1) {
                at += marker == 0xFF ? 1 : 2; // a fill byte, or a marker without content
            } else {
                int length = in.u16(at + 2);
                in.place(at + 2, length);
                segment(marker, at + 4, length - 2);
                at += 2 + length;
                at = marker == SCAN ? afterScan(at) : at;
            }
            if (at + 1 >= in.length() && scans > 0) {
                break; // without an end, which its reader finds out
            }
            marker = in.u8(at + 1);
        }
        if (frame < 0 || scans == 0) {
            throw in.damaged("it holds no image");
        }
        Structure structure = structure();
        structure.loseBehind(in, at + 2);
        return structure;
    }

    /** The place of the next marker other than restarts. */
    private long afterScan(long from) throws DataException {
        long at = from;
        while (at + 1 < in.length()) {
            int next = in.u8(at + 1);
            if (in.u8(at) == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                return at;
            }
            at++;
        }
        return at;
    }

    private void segment(int marker, long at, int length) throws DataException {
        boolean frames = marker >= FRAME && marker <= LAST_FRAME;
        if (marker == ARITHMETIC || marker == LINES || (frames && marker > LAST_READ_FRAME && marker != HUFFMAN)) {
            throw in.unread(
                    marker == RESERVED
                            ? "it is an extended JPEG"
                            : "it is a JPEG of a rare kind (lossless, hierarchical or arithmetic, marker "
                                    + Integer.toHexString(marker) + ")");
        }
        if (frames && marker != HUFFMAN) {
            if (frame >= 0) {
                throw in.damaged("it has several frames");
            }
            frame = at;
        } else if (marker == SCAN && ++scans > MOST_SCANS) {
            throw in.unread("it is a JPEG of more than " + MOST_SCANS + " scans");
        } else if (marker == COMMENT) {
            lost.add("a comment");
        } else if (marker >= APPLICATION && marker < APPLICATION + 16) {
            application(marker - APPLICATION, at, length);
        }
    }

    private void application(int number, long at, int length) throws DataException {
        if (number == 0 && in.begins(at, "JFIF\0")) {
            colourIsStated = true;
        } else if (number == 14 && in.begins(at, "Adobe")) {
            adobeTransform = in.u8(at + 11);
        } else if (number == 1 && in.begins(at, "Exif\0")) {
            exif = in.copy(at, length);
            colourIsStated = true;
        } else if (number == 1 && in.begins(at, "http://ns.adobe.com/x")) {
            lost.add("XMP data");
        } else if (number == 2 && in.begins(at, "ICC_PROFILE\0")) {
            lost.add("a colour profile");
        } else if (number != 0) {
            lost.add("data of an application (APP" + number + ")");
        }
    }

    private Structure structure() throws DataException {
        int channels = in.u8(frame + 5);
        if (channels != 1 && channels != 3) {
            throw in.unread(channels == 4 ? "its colours are CMYK or YCCK" : "it has " + channels + " channels");
        }
        if (channels == 3 && adobeTransform >= 0 && adobeTransform != 1) {
            throw in.unread("its colours are RGB");
        }
        if (channels == 3 && adobeTransform < 0 && !colourIsStated && !subsampled()) {
            throw in.unread("it does not say whether its colours are RGB or YCbCr");
        }
        if (channels == 3 && in.u8(frame + 6) == 'R') {
            throw in.unread("its colours are RGB");
        }
        int precision = in.u8(frame);
        if (precision != 8) {
            throw in.unread("its channels have " + precision + " bits");
        }
        Structure structure = new Structure(
                in, in.u16(frame + 1), in.u16(frame + 3), channels == 1 ? ColourKind.GREY : ColourKind.RGB, 8);
        structure.lossy();
        lost.forEach(structure::lose);
        if (exif.length > 0) {
            Exif.lose(exif, structure);
        }
        return structure;
    }

    /** Whether the second and third channel have fewer samples than the first. */
    private boolean subsampled() throws DataException {
        return in.u8(frame + 7) != in.u8(frame + 10) || in.u8(frame + 7) != in.u8(frame + 13);
    }
}
