package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import java.util.ArrayList;
import java.util.List;

/** Single images in GIF files. */
final class Gif {
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int CONTROL = 0xF9;
    private static final int COMMENT = 0xFE;
    private static final int APPLICATION = 0xFF;
    private static final int MOST_CODE_BITS = 8;
    /** First row and step of the four passes of an interlaced image, and of the one of another. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] ONE_PASS = {{0, 1}};

    private final Fields in;
    private long image = -1;
    private int clear = -1;

    private Gif(Fields in) {
        this.in = in;
    }

    static Structure structure(Fields in) throws DataException {
        return new Gif(in).read();
    }

    private Structure read() throws DataException {
        List<String> lost = new ArrayList<>();
        if (in.u8(11) != 0) {
            lost.add("a background colour");
        }
        if (in.u8(12) != 0) {
            lost.add("the shape of a pixel");
        }
        long at = HEADER + colourBytes(in.u8(10));
        int block = in.u8(at);
        for (; block != TRAILER; block = in.u8(at)) {
            if (block == EXTENSION) {
                extension(at, lost);
                at = afterBlocks(at + 2);
            } else if (block == IMAGE) {
                if (image >= 0) {
                    throw in.unread("it holds several images (an animation or pages)");
                }
                image = at;
                at = afterBlocks(at + 11 + colourBytes(in.u8(at + 9)));
            } else {
                throw in.damaged("no block is numbered " + block);
            }
        }
        if (image < 0) {
            throw in.damaged("it holds no image");
        }
        Structure structure = image(lost);
        structure.loseBehind(in, at + 1);
        return structure;
    }

    private void extension(long at, List<String> lost) throws DataException {
        switch (in.u8(at + 1)) {
            case CONTROL -> {
                int flags = in.u8(at + 3);
                if (image < 0 && (flags & 1) != 0) {
                    clear = in.u8(at + 6);
                }
                if (in.u8(at + 2) != 4 || (flags & 0xFE) != 0 || in.u16(at + 4) != 0 || image >= 0) {
                    lost.add("how it is shown (delay, disposal)");
                }
            }
            case COMMENT -> lost.add("a comment");
            case APPLICATION ->
                lost.add(
                        in.begins(at + 3, "ICCRGBG1")
                                ? "a colour profile"
                                : in.begins(at + 3, "XMP Data") ? "XMP data" : "data of an application");
            default -> throw in.unread("it has an extension numbered " + in.u8(at + 1));
        }
    }

    private Structure image(List<String> lost) throws DataException {
        int width = in.u16(image + 5);
        int height = in.u16(image + 7);
        if (in.u16(image + 1) != 0 || in.u16(image + 3) != 0 || width != in.u16(6) || height != in.u16(8)) {
            throw in.unread("its screen of " + in.u16(8) + "x" + in.u16(6) + " is not filled by its image of " + height
                    + "x" + width);
        }
        int flags = in.u8(image + 9);
        boolean local = (flags & 0x80) != 0;
        int length = colourBytes(local ? flags : in.u8(10));
        if (length == 0) {
            throw in.unread("it has no palette");
        }
        ColourTable colours = new ColourTable(in.copy(local ? image + 10 : HEADER, length));
        if (local && colourBytes(in.u8(10)) > 0) {
            lost.add("a second palette");
        }
        int codes = in.u8(image + 10 + (local ? length : 0));
        if (codes < 2 || codes > MOST_CODE_BITS) {
            throw in.damaged("codes of " + codes + " bits");
        }
        if (clear >= colours.size()) {
            lost.add("a transparent colour that no pixel has");
            clear = -1;
        }
        Structure structure = colours.structure(in, height, width, clear);
        lost.forEach(structure::lose);
        long blocks = image + 11 + (local ? length : 0);
        if (GifCodes.read(in, blocks, codes, (long) height * width, null)) {
            structure.lose("pixels behind its last row");
        }
        int[][] passes = (flags & 0x40) != 0 ? PASSES : ONE_PASS;
        structure.samples(() -> {
            int[] stored = new int[height * width];
            GifCodes.read(in, blocks, codes, stored.length, stored);
            return arranged(stored, height, width, passes, colours.size());
        });
        return structure;
    }

    private int[] arranged(int[] stored, int height, int width, int[][] passes, int colours) throws DataException {
        int[] samples = new int[stored.length];
        int from = 0;
        for (int[] pass : passes) {
            for (int row = pass[0]; row < height; row += pass[1]) {
                System.arraycopy(stored, from, samples, row * width, width);
                from += width;
            }
        }
        for (int sample : samples) {
            if (sample >= colours) {
                throw in.unread("a pixel has the colour " + sample + " of a palette of " + colours);
            }
        }
        return samples;
    }

    private static int colourBytes(int flags) {
        return (flags & 0x80) != 0 ? 3 << (flags & 7) + 1 : 0;
    }

    private long afterBlocks(long from) throws DataException {
        long at = from;
        for (int length = in.u8(at); length != 0; length = in.u8(at)) {
            at += 1 + length;
        }
        return at + 1;
    }
}
