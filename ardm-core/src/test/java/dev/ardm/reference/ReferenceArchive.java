package dev.ardm.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** The container of an archive: everything that can be read without a model (format.md). */
final class ReferenceArchive {

    private static final int FOOTER = 36;

    private final byte[] file;
    private final ReferenceHeader header;
    private final ReferenceIndex index;

    /** Reads header, footer and index. Damage in the payload is not looked for here. */
    ReferenceArchive(byte[] file) throws ReferenceException {
        this.file = file;
        this.header = ReferenceHeader.read(file);
        this.index = readFooter();
    }

    /** Section Footer. */
    private ReferenceIndex readFooter() throws ReferenceException {
        int begin = file.length - FOOTER;
        byte[] magic = ReferenceHeader.MAGIC;
        if (begin < header.length() || !Arrays.equals(file, begin + 24, begin + 32, magic, 0, magic.length)) {
            throw ReferenceException.damaged("the archive is truncated");
        }
        ReferenceInput.checkCrc(file, begin, file.length, "the footer");
        ReferenceInput in = new ReferenceInput(file, begin, file.length);
        long offset = in.unsigned(8);
        long length = in.unsigned(8);
        long items = in.unsigned(4);
        long format = in.unsigned(2);
        long flags = in.unsigned(2);
        if (format != ReferenceHeader.FORMAT_VERSION || flags != 0) {
            throw ReferenceException.damaged("the footer has another format version or other flags than the header");
        }
        if (offset < header.length() || offset > begin || length != begin - offset || length > 1 << 30) {
            throw ReferenceException.damaged("the index does not lie between payload and footer");
        }
        return ReferenceIndex.read(file, header.length(), (int) offset, begin, items);
    }

    ReferenceHeader header() {
        return header;
    }

    int items() {
        return index.stored().length;
    }

    String name(int k) {
        return index.names()[k];
    }

    boolean isStored(int k) {
        return index.stored()[k];
    }

    byte[] bytes(int k) {
        return Arrays.copyOfRange(file, index.offsets()[k], index.offsets()[k + 1]);
    }

    /** Returns the numbers of the blocks of the payload whose CRCs do not fit (section Index). */
    List<Integer> damagedBlocks() {
        List<Integer> damaged = new ArrayList<>();
        int payloadEnd = index.offsets()[items()];
        int begin = header.length();
        for (int i = 0; i < index.blockCrcs().length; i++) {
            int end = Math.min(begin + ReferenceIndex.BLOCK, payloadEnd);
            if (ReferenceInput.crc(file, begin, end) != index.blockCrcs()[i]) {
                damaged.add(i);
            }
            begin = end;
        }
        return damaged;
    }

    /** Reads a stored item (section Payload). */
    int[] storedItem(int k) throws ReferenceException {
        byte[] bytes = bytes(k);
        int[] counts = header.counts();
        int[] values = new int[header.size()];
        long at = 0;
        long bitsThere = 8L * (bytes.length - 4);
        for (int i = 0; i < values.length; i++) {
            int count = counts[i % counts.length];
            int width = 32 - Integer.numberOfLeadingZeros(count - 1);
            if (at + width > bitsThere) {
                throw ReferenceException.damaged("stored item " + k + " is too short");
            }
            for (int bit = 0; bit < width; bit++) {
                values[i] |= bit(bytes, at++) << bit;
            }
            if (values[i] >= count) {
                throw ReferenceException.damaged("stored item " + k + " has a value that is too large");
            }
        }
        if (bitsThere - at >= 8) {
            throw ReferenceException.damaged("stored item " + k + " is too long");
        }
        while (at < bitsThere) {
            if (bit(bytes, at++) != 0) {
                throw ReferenceException.damaged("stored item " + k + " is not filled up with zeros");
            }
        }
        if (new ReferenceInput(bytes, bytes.length - 4, bytes.length).unsigned(4) != check(values)) {
            throw ReferenceException.damaged("the check of stored item " + k + " does not fit");
        }
        return values;
    }

    private static int bit(byte[] bytes, long at) {
        return bytes[(int) (at >> 3)] >> (at & 7) & 1;
    }

    /** The check of an item: the CRC over its values, 4 bytes each (section Payload). */
    static long check(int[] values) {
        CRC32C crc = new CRC32C();
        for (int value : values) {
            for (int shift = 0; shift < 32; shift += 8) {
                crc.update(value >>> shift & 255);
            }
        }
        return crc.getValue();
    }
}
