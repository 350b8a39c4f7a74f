package dev.ardm.reference;

import dev.ardm.reference.ReferenceException.Kind;
import java.util.Arrays;

/**
 * The header of an archive (format.md, Header).
 *
 * @param length from the magic to its CRC, both included
 * @param documents whether the items are documents, of which this reader knows the header only
 * @param records whether the items are records
 * @param counts the category counts: value i of an item is below {@code counts[i % counts.length]}
 * @param size the number of values of an item, D
 */
record ReferenceHeader(
        int length,
        boolean documents,
        boolean records,
        byte[] modelId,
        int[] extents,
        int[] counts,
        int scale,
        byte[] plan,
        int size) {

    static final byte[] MAGIC = {(byte) 0x8F, 0x41, 0x52, 0x44, 0x4D, 0x0D, 0x0A, 0x1A};
    static final int FORMAT_VERSION = 1;
    static final int ARITHMETIC_VERSION = 1;

    private static final int FIXED = 20;
    private static final int MOST = 1 << 24;

    static ReferenceHeader read(byte[] file) throws ReferenceException {
        if (file.length == 0) {
            throw new ReferenceException(Kind.NOT_ARDM, "the file is empty");
        }
        for (int i = 0; i < Math.min(file.length, MAGIC.length); i++) {
            if (file[i] != MAGIC[i]) {
                throw new ReferenceException(Kind.NOT_ARDM, "not an ardm file");
            }
        }
        if (file.length < FIXED) {
            throw ReferenceException.damaged("the archive is truncated");
        }
        ReferenceInput fixed = new ReferenceInput(file, MAGIC.length, FIXED);
        long format = fixed.unsigned(2);
        long arithmetic = fixed.unsigned(2);
        long flags = fixed.unsigned(4);
        long length = fixed.unsigned(4);
        if (format > FORMAT_VERSION
                || (flags != 0 && flags != 1 && flags != 3 && flags != 5 && flags != 8 && flags != 9 && flags != 16)) {
            throw new ReferenceException(Kind.NEWER, "written by a newer version");
        }
        if (format < FORMAT_VERSION || length < FIXED + 4 || length > 2 << 20 || length > file.length) {
            throw ReferenceException.damaged("the first 20 bytes of the header");
        }
        ReferenceInput.checkCrc(file, 0, (int) length, "the header");
        if (arithmetic > ARITHMETIC_VERSION) {
            throw new ReferenceException(Kind.NEWER, "arithmetic version " + arithmetic);
        }
        if (arithmetic < ARITHMETIC_VERSION) {
            throw ReferenceException.damaged("arithmetic version " + arithmetic);
        }
        if (flags == 16) {
            throw ReferenceException.damaged("continuations are not read here");
        }
        return readRest(new ReferenceInput(file, FIXED, (int) length - 4), (int) length, (int) flags);
    }

    private static ReferenceHeader readRest(ReferenceInput in, int length, int flags) throws ReferenceException {
        byte[] modelId = in.take(32);
        int[] extents = new int[in.varint(1, 16, "the number of axes")];
        long size = 1;
        for (int i = 0; i < extents.length; i++) {
            extents[i] = in.varint(1, MOST, "an extent");
            size *= extents[i];
            if (size > MOST) {
                throw ReferenceException.damaged("an item has too many values");
            }
        }
        int[] counts = new int[in.varint(1, size, "the number of category counts")];
        if (size % counts.length != 0) {
            throw ReferenceException.damaged("the number of category counts does not divide that of the values");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.varint(1, MOST, "a category count");
        }
        int scale = (int) in.unsigned(1);
        byte[] plan = in.take(in.varint(0, 1 << 20, "the length of the plan"));
        if (flags == 3 || flags == 9) {
            if (extents.length != 1 || counts.length != 1) {
                throw ReferenceException.damaged("sequences of several axes or category counts");
            }
        }
        if (flags == 3) {
            in.varint(0, size - 1, "the context");
            in.varint(0, counts[0] - 1, "the resting value");
        }
        if (flags == 5) {
            readImages(in, extents, counts);
        }
        in.finish("the header");
        return new ReferenceHeader(
                length, flags != 0 && flags != 8, flags == 8 || flags == 9, modelId, extents, counts, scale, plan, (int)
                        size);
    }

    private static void readImages(ReferenceInput in, int[] extents, int[] counts) throws ReferenceException {
        if (extents.length != 3 || extents[2] % counts.length != 0) {
            throw ReferenceException.damaged("images that have not height, width and channels");
        }
        in.varint(0, Math.min(extents[0], extents[1]) - 1, "the context");
        in.varint(0, Arrays.stream(counts).min().orElseThrow() - 1, "the resting value");
    }
}
