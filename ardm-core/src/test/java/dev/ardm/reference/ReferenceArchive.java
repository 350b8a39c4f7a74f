package dev.ardm.reference;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** The container of an archive: everything that can be read without a model (format.md). */
final class ReferenceArchive {

    private static final int FOOTER = 40;

    private final byte[] file;
    private final ReferenceHeader header;
    private final ReferenceIndex index;

    /** Reads header, footer and index. Damage in the payload is not looked for here. */
    ReferenceArchive(byte[] file) throws ReferenceException {
        this.file = file;
        this.header = ReferenceHeader.read(file);
        this.index = readFooter();
    }

    /** Section Footer. Only archives of one segment are read here. */
    private ReferenceIndex readFooter() throws ReferenceException {
        int begin = file.length - FOOTER;
        byte[] magic = ReferenceHeader.MAGIC;
        if (begin < header.length() || !Arrays.equals(file, begin + 28, begin + 36, magic, 0, magic.length)) {
            throw ReferenceException.damaged("the archive is truncated");
        }
        ReferenceInput.checkCrc(file, begin, file.length, "the footer");
        ReferenceInput in = new ReferenceInput(file, begin, file.length);
        long length = in.unsigned(8);
        long reach = in.unsigned(8);
        long items = in.unsigned(8);
        long format = in.unsigned(2);
        long flags = in.unsigned(2);
        if (format != ReferenceHeader.FORMAT_VERSION || flags != 0) {
            throw ReferenceException.damaged("the footer has another format version or other flags than the header");
        }
        if (reach != file.length || length < 18 || length > begin - header.length()) {
            throw ReferenceException.damaged("the table does not lie between frames and footer");
        }
        return ReferenceIndex.read(file, header.length(), header.records(), begin - (int) length, begin, items);
    }

    ReferenceHeader header() {
        return header;
    }

    int items() {
        return index.names().size();
    }

    String name(int k) {
        return index.names().get(k);
    }

    boolean isStored(int k) {
        return index.stored().get(k);
    }

    boolean isWhole(int k) {
        return index.whole().get(k);
    }

    /** Where a record is. */
    ReferenceRecords.Place place(int k) {
        return index.places().get(k);
    }

    /** The entries of the group of a record. */
    ReferenceRecords.Content group(int k) throws ReferenceException {
        return ReferenceRecords.content(place(k).group(), bytes(k), header.counts()[0]);
    }

    /** Permissions, -1 for none. */
    int mode(int k) {
        return index.modes().get(k);
    }

    /** Reads an item that is kept whole (section Items). */
    byte[] wholeItem(int k) throws ReferenceException {
        byte[] bytes = bytes(k);
        if (bytes.length < 4
                || new ReferenceInput(bytes, bytes.length - 4, bytes.length).unsigned(4)
                        != ReferenceInput.crc(bytes, 0, bytes.length - 4)) {
            throw ReferenceException.damaged("the check of whole item " + k + " does not fit");
        }
        return Arrays.copyOf(bytes, bytes.length - 4);
    }

    /** The bytes of an item; damage if neither head nor payload of its frame is what the table says (section Reading). */
    byte[] bytes(int k) throws ReferenceException {
        ReferenceIndex.Frame frame = frameOf(k);
        if (!headHolds(frame) && !payloadHolds(frame)) {
            throw ReferenceException.damaged("something else stands in the place of the frame of item " + k);
        }
        int begin = index.offsets().get(k);
        return Arrays.copyOfRange(file, begin, begin + index.lengths().get(k));
    }

    private ReferenceIndex.Frame frameOf(int k) {
        int first = 0;
        for (ReferenceIndex.Frame frame : index.frames()) {
            first += frame.items();
            if (k < first) {
                return frame;
            }
        }
        throw new IndexOutOfBoundsException(k);
    }

    private boolean headHolds(ReferenceIndex.Frame frame) {
        int begin = frame.begin();
        return Arrays.equals(file, begin, begin + frame.head().length, frame.head(), 0, frame.head().length);
    }

    private boolean payloadHolds(ReferenceIndex.Frame frame) {
        int begin = frame.begin() + frame.head().length;
        return ReferenceInput.crc(file, begin, begin + frame.payload()) == frame.crc();
    }

    /** Whether head or payload of the frame of an item is damaged. */
    boolean inDamagedFrame(int k) {
        ReferenceIndex.Frame frame = frameOf(k);
        return !headHolds(frame) || !payloadHolds(frame);
    }

    /** Reads a stored item (section Items). */
    int[] storedItem(int k) throws ReferenceException {
        byte[] bytes = bytes(k);
        if (bytes.length < 4) {
            throw ReferenceException.damaged("stored item " + k + " is too short");
        }
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

    /** The check of an item: the CRC over its values, 4 bytes each (section Items). */
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
