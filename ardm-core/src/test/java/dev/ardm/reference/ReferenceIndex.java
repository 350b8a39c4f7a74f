package dev.ardm.reference;

import dev.ardm.reference.ReferenceException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The index of an archive (format.md, Index).
 *
 * @param offsets where each item begins in the file, and at the end where the payload ends
 * @param stored which items are stored
 * @param blockCrcs the CRC of each block of the payload
 * @param names the names of the items, "" for none
 */
record ReferenceIndex(int[] offsets, boolean[] stored, long[] blockCrcs, String[] names) {

    static final int BLOCK = 65536;

    private static final int LONGEST_NAME = 4096;

    static ReferenceIndex read(byte[] file, int payload, int begin, int end, long items) throws ReferenceException {
        if (end - begin < 8) {
            throw ReferenceException.damaged("the index is too short");
        }
        ReferenceInput.checkCrc(file, begin, end, "the index");
        ReferenceInput in = new ReferenceInput(file, begin, end - 4);
        long flags = in.unsigned(4);
        if ((flags & ~1) != 0) {
            throw new ReferenceException(Kind.NEWER, "written by a newer version");
        }
        if (items > in.remaining()) {
            throw ReferenceException.damaged("the index is too short for its items");
        }
        int[] offsets = new int[(int) items + 1];
        boolean[] stored = new boolean[(int) items];
        offsets[0] = payload;
        for (int k = 0; k < items; k++) {
            long entry = in.varint();
            long length = entry >> 1;
            stored[k] = (entry & 1) == 1;
            if (length < 1 || length > 1 << 30 || length > begin - offsets[k]) {
                throw ReferenceException.damaged("item " + k + " has a length of " + length);
            }
            offsets[k + 1] = offsets[k] + (int) length;
        }
        if (offsets[(int) items] != begin) {
            throw ReferenceException.damaged("the lengths of the items are not that of the payload");
        }
        long blocks = ((long) begin - payload + BLOCK - 1) / BLOCK;
        long[] blockCrcs = new long[(int) blocks];
        for (int i = 0; i < blocks; i++) {
            blockCrcs[i] = in.unsigned(4);
        }
        String[] names = new String[(int) items];
        Arrays.fill(names, "");
        if ((flags & 1) == 1) {
            readNames(in, names);
        }
        in.finish("the index");
        return new ReferenceIndex(offsets, stored, blockCrcs, names);
    }

    private static void readNames(ReferenceInput in, String[] names) throws ReferenceException {
        byte[] last = {};
        for (int k = 0; k < names.length; k++) {
            int prefix = 0;
            int suffix = 0;
            if (k % 16 != 0) {
                prefix = in.varint(0, last.length, "the prefix of a name");
                suffix = in.varint(0, last.length - prefix, "the suffix of a name");
            }
            byte[] middle = in.take(in.varint(0, LONGEST_NAME - prefix - suffix, "the length of a name"));
            byte[] name = new byte[prefix + middle.length + suffix];
            System.arraycopy(last, 0, name, 0, prefix);
            System.arraycopy(middle, 0, name, prefix, middle.length);
            System.arraycopy(last, last.length - suffix, name, prefix + middle.length, suffix);
            names[k] = decode(name);
            last = name;
        }
    }

    private static String decode(byte[] name) throws ReferenceException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ReferenceException.damaged("a name is not UTF-8");
        }
    }
}
