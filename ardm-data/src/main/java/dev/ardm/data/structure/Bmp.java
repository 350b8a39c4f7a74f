package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.SampleRows;
import java.util.Arrays;

/** BMP files without compression: palettes, and 8 bits a channel, with or without alpha. */
final class Bmp {
    private static final int FILE_HEADER = 14;
    private static final int OLD_HEADER = 12;
    private static final int HEADER = 40;
    private static final int MASKED_HEADER = 56;
    private static final int HEADER_4 = 108;
    private static final int HEADER_5 = 124;
    private static final int MASKS = 54;
    private static final int PLAIN = 0;
    private static final int RUNS_8 = 1;
    private static final int RUNS_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final long STANDARD_RGB = 0x7352_4742;
    private static final long WINDOWS_RGB = 0x5769_6E20;

    private final Fields in;
    private final long headerSize;
    private final boolean old;
    private final long height;
    private final long width;
    private final boolean topDown;
    private final int depth;
    private final boolean masked;
    private final boolean runs;
    private final long pixels;

    private Bmp(Fields in) throws DataException {
        this.in = in;
        headerSize = in.u32(FILE_HEADER);
        old = headerSize == OLD_HEADER;
        if (!old
                && headerSize != HEADER
                && headerSize != MASKED_HEADER
                && headerSize != HEADER_4
                && headerSize != HEADER_5) {
            throw in.unread("its header has " + headerSize + " bytes");
        }
        in.place(FILE_HEADER, headerSize);
        long rows = old ? in.u16(20) : in.s32(22);
        topDown = rows < 0;
        height = Math.abs(rows);
        width = old ? in.u16(18) : in.s32(18);
        depth = in.u16(old ? 24 : 28);
        long compression = old ? PLAIN : in.u32(30);
        masked = compression == BIT_FIELDS;
        pixels = in.u32(10);
        if (in.u16(old ? 22 : 26) != 1) {
            throw in.unread("it has several planes");
        }
        if (depth == 16) {
            throw in.unread("its channels have 5 bits, or 5 and 6");
        }
        runs = (compression == RUNS_8 && depth == 8) || (compression == RUNS_4 && depth == 4);
        if (runs && topDown) {
            throw in.unread("its runs are from the top");
        }
        if (compression != PLAIN && !runs && !(masked && depth == 32)) {
            throw in.unread("its pixels are compressed (method " + compression + ")");
        }
        if (depth != 1 && depth != 4 && depth != 8 && depth != 24 && depth != 32) {
            throw in.unread("its pixels have " + depth + " bits");
        }
    }

    static Structure structure(Fields in) throws DataException {
        return new Bmp(in).read();
    }

    private Structure read() throws DataException {
        long masks = masked && headerSize == HEADER ? 12 : 0;
        long palette = FILE_HEADER + headerSize + masks;
        long used = old ? 0 : in.u32(46);
        long entries = depth <= 8 ? used == 0 ? 1L << depth : used : 0;
        if (entries > 1L << depth) {
            throw in.damaged("a palette of " + entries + " colours for " + depth + " bits");
        }
        long entryBytes = old ? 3 : 4;
        long headersEnd = palette + entryBytes * entries;
        long stride = (width * depth + 31) / 32 * 4;
        if (pixels < headersEnd || height < 1 || width < 1) {
            throw in.damaged("an image of " + height + "x" + width + " from byte " + pixels + " on");
        }
        in.place(pixels, runs ? 0 : Math.max(height, stride)); // before they are multiplied
        in.place(pixels, runs ? 0 : height * stride);
        Structure structure = depth <= 8 ? palette(palette, (int) entries, entryBytes) : colours();
        if (used > 0 && depth > 8) {
            structure.lose("a palette next to its colours");
        }
        header(structure);
        long end = runs ? BmpRuns.read(in, pixels, (int) height, (int) width, depth, null) : pixels + height * stride;
        if (!in.zeros(headersEnd, pixels) || (!runs && !paddingIsZero(stride))) {
            structure.lose("bytes that are no part of the image");
        }
        structure.loseBehind(in, end);
        return structure;
    }

    private void header(Structure structure) throws DataException {
        if (in.u32(6) != 0 || (!old && in.u32(50) != 0 && in.u32(50) != in.u32(46))) {
            structure.lose("reserved fields of its header");
        }
        int across = old ? 0 : in.s32(38);
        int down = old ? 0 : in.s32(42);
        if (across > 0 && down > 0) {
            structure.add(Resolution.chunk(across, down, true));
        } else if (across != 0 || down != 0) {
            structure.lose("a resolution");
        }
        if (headerSize < HEADER_4) {
            return;
        }
        long colours = in.u32(FILE_HEADER + 56);
        if (in.begins(FILE_HEADER + 56, "DEBM") || in.begins(FILE_HEADER + 56, "KNIL")) {
            structure.lose("a colour profile");
        } else if ((colours != STANDARD_RGB && colours != WINDOWS_RGB && colours != 0)
                || (colours == 0 && !in.zeros(FILE_HEADER + 60, FILE_HEADER + HEADER_4))) {
            structure.lose("the calibration of its colours");
        }
        if (headerSize == HEADER_5
                && (!in.zeros(FILE_HEADER + 112, FILE_HEADER + HEADER_5)
                        || (in.u32(FILE_HEADER + 108) != 0 && in.u32(FILE_HEADER + 108) != 4))) {
            structure.lose("the calibration of its colours");
        }
    }

    private Structure palette(long at, int entries, long entryBytes) throws DataException {
        byte[] rgb = new byte[3 * entries];
        boolean zeros = true;
        for (int i = 0; i < entries; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) in.u8(at + i * entryBytes + 2 - c);
            }
            zeros &= entryBytes == 3 || in.u8(at + i * entryBytes + 3) == 0;
        }
        if (entries == 0) {
            throw in.unread("it has no palette");
        }
        // Numbers have as many bits as PNG needs for them, or as the file has.
        ColourTable colours = new ColourTable(rgb);
        Structure structure = colours.structure(in, height, width, -1);
        if (!zeros) {
            structure.lose("a fourth byte of colours of its palette");
        }
        structure.samples(() -> {
            int[] samples = runs ? ofRuns() : samples(1, new int[] {0}, depth);
            for (int sample : samples) {
                if (sample >= entries) {
                    throw in.unread("a pixel has the colour " + sample + " of a palette of " + entries);
                }
            }
            return samples;
        });
        return structure;
    }

    private int[] ofRuns() throws DataException {
        int[] samples = new int[(int) (height * width)];
        BmpRuns.read(in, pixels, (int) height, (int) width, depth, samples);
        return samples;
    }

    private Structure colours() throws DataException {
        int[] order = {2, 1, 0}; // of the bytes of a pixel: blue, green, red
        boolean alpha = false;
        if (masked) {
            order = new int[] {place(MASKS), place(MASKS + 4), place(MASKS + 8)};
            alpha = headerSize >= MASKED_HEADER && in.u32(MASKS + 12) != 0;
            if (alpha) {
                order = new int[] {order[0], order[1], order[2], place(MASKS + 12)};
            }
            if (Arrays.stream(order).distinct().count() < order.length) {
                throw in.unread("its channels share bits");
            }
        }
        ColourKind kind = alpha ? ColourKind.RGB_ALPHA : ColourKind.RGB;
        Structure structure = new Structure(in, height, width, kind, 8);
        int[] channels = order;
        if (depth == 32 && !alpha) {
            fourthByte(structure, 6 - order[0] - order[1] - order[2]);
        }
        structure.samples(() -> samples(channels.length, channels, 8));
        return structure;
    }

    /** Which byte of a pixel a mask selects. */
    private int place(long at) throws DataException {
        int mask = in.s32(at);
        for (int place = 0; place < 4; place++) {
            if (mask == 0xFF << 8 * place) {
                return place;
            }
        }
        throw in.unread("its channels have other than 8 bits");
    }

    private void fourthByte(Structure structure, int place) throws DataException {
        int first = in.u8(pixels + place);
        for (long i = 1; i < height * width; i++) {
            if (in.u8(pixels + 4 * i + place) != first) {
                throw in.unread("its pixels have a fourth byte of no stated meaning");
            }
        }
        if (first != 0) {
            structure.lose("a fourth byte of its pixels, the same in all");
        }
    }

    private boolean paddingIsZero(long stride) throws DataException {
        long bits = width * depth;
        for (long row = 0; row < height; row++) {
            long at = pixels + row * stride;
            if (!in.zeros(at + (bits + 7) / 8, at + stride)
                    || (bits % 8 != 0 && (in.u8(at + bits / 8) & 0xFF >> bits % 8) != 0)) {
                return false;
            }
        }
        return true;
    }

    private int[] samples(int channels, int[] order, int bits) throws DataException {
        int[] samples = new int[Math.toIntExact(height * width * channels)];
        int step = Math.max(1, depth / 8);
        int stride = (int) ((width * depth + 31) / 32 * 4);
        int rowSamples = (int) width * step;
        int[] row = new int[rowSamples];
        int at = 0;
        for (long y = 0; y < height; y++) {
            byte[] bytes = in.copy(pixels + (topDown ? y : height - 1 - y) * stride, stride);
            SampleRows.unpack(bytes, bits, row, 0, rowSamples);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    samples[at++] = row[x * step + order[c]];
                }
            }
        }
        return samples;
    }
}
