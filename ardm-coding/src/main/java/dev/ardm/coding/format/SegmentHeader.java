package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.NotAnArchiveException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The header that a segment begins with.
 *
 * @param length in bytes
 * @param arithmeticVersion the one it states
 * @param full its content, or null for the header of a continuation
 */
public record SegmentHeader(
        int length, int arithmeticVersion, @Nullable ArchiveHeader full) {
    /** The length of the header of a continuation, in bytes. */
    public static final int CONTINUATION_BYTES = ArchiveFormat.FIXED_HEADER_BYTES + ArchiveFormat.CHECKSUM_BYTES;

    /** No file with an item is shorter. */
    private static final int LEAST_FILE = 100;

    /** The header of a continuation. */
    public static byte[] continuation(int arithmeticVersion) {
        return new ByteSink()
                .bytes(ArchiveFormat.magic())
                .number(ArchiveFormat.VERSION, 2)
                .number(arithmeticVersion, 2)
                .number(ArchiveFormat.CONTINUATION_FLAG, 4)
                .number(CONTINUATION_BYTES, 4)
                .checksum()
                .toByteArray();
    }

    /**
     * Reads the header at a place of a file.
     *
     * @throws NotAnArchiveException if the file does not begin as an archive
     */
    public static SegmentHeader read(PositionalFile file, long at) throws IOException {
        byte[] fixed = file.read(at, (int) Math.min(file.size() - at, ArchiveFormat.FIXED_HEADER_BYTES));
        checkMagic(file, at, fixed);
        if (fixed.length < ArchiveFormat.FIXED_HEADER_BYTES) {
            throw truncated(file);
        }
        ByteCursor cursor = new ByteCursor(file.name(), "header", at, fixed, fixed.length);
        cursor.skip(ArchiveFormat.FIXED_HEADER_BYTES - 4);
        long length = cursor.number(4);
        boolean possible = length >= CONTINUATION_BYTES && length <= ArchiveFormat.MAX_HEADER_BYTES;
        byte[] all = possible && length <= file.size() - at ? file.read(at, (int) length) : fixed;
        boolean intact = all.length == length && checksumHolds(all);
        checkKnown(file.name(), fixed, intact);
        if (!possible) {
            throw new DamagedException(file.name(), -1, at + 16, "header: a length of " + length + " bytes", "");
        }
        if (all.length < length) {
            throw truncated(file);
        }
        if (!intact) {
            throw new DamagedException(file.name(), -1, at, "header: it does not match its checksum", "");
        }
        return parse(file.name(), at, all);
    }

    /** Reads a header from bytes in memory, such as a copy. */
    public static SegmentHeader parse(String file, long at, byte[] all) throws DamagedException, NewerVersionException {
        if (all.length < CONTINUATION_BYTES || !checksumHolds(all)) {
            throw new DamagedException(file, -1, at, "header: it does not match its checksum", "");
        }
        checkKnown(file, all, true);
        ByteCursor cursor = new ByteCursor(file, "header", at, all, all.length - ArchiveFormat.CHECKSUM_BYTES);
        byte[] magic = cursor.bytes(ArchiveFormat.magic().length);
        if (!Arrays.equals(magic, ArchiveFormat.magic()) || cursor.number(2) == 0) {
            throw cursor.damaged("format version 0, or no magic");
        }
        int arithmetic = (int) cursor.number(2);
        int flags = (int) cursor.number(4);
        if (cursor.number(4) != all.length) {
            throw cursor.damaged("its length differs from the one it states");
        }
        if (flags == ArchiveFormat.CONTINUATION_FLAG) {
            cursor.finish();
            return new SegmentHeader(all.length, arithmetic, null);
        }
        return new SegmentHeader(all.length, arithmetic, full(file, cursor, arithmetic, flags));
    }

    private static ArchiveHeader full(String file, ByteCursor cursor, int arithmetic, int flags)
            throws DamagedException {
        byte[] id = cursor.bytes(ArchiveFormat.MODEL_ID_BYTES);
        int[] extents = counts(cursor, "number of axes", ArchiveFormat.MAX_AXES, "extent", ArchiveFormat.MAX_VALUES);
        int[] categories = counts(
                cursor,
                "number of category counts",
                ArchiveFormat.MAX_VALUES,
                "number of categories",
                ArchiveFormat.MAX_CATEGORIES);
        int scale = (int) cursor.number(1);
        byte[] plan = cursor.bytes(cursor.varint("length of the plan", 0, ArchiveFormat.MAX_PLAN_BYTES));
        ItemLayout.Kind kind = Objects.requireNonNull(kind(flags)); // checkKnown refuses all others
        int context = 0;
        int paddingValue = 0;
        if (kind.anySize()) {
            context = cursor.varint("context", 0, ArchiveFormat.MAX_VALUES - 1);
            paddingValue = cursor.varint("padding value", 0, ArchiveFormat.MAX_CATEGORIES - 1);
        }
        cursor.finish();
        try {
            ItemLayout layout = new ItemLayout(kind, context, paddingValue);
            return new ArchiveHeader(file, arithmetic, id, extents, categories, scale, plan, layout);
        } catch (IllegalArgumentException e) {
            throw cursor.damaged(String.valueOf(e.getMessage()));
        }
    }

    private static int[] counts(ByteCursor cursor, String number, int mostNumber, String each, int mostEach)
            throws DamagedException {
        int[] counts = new int[cursor.varint(number, 1, Math.min(mostNumber, cursor.left()))];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = cursor.varint(each, 1, mostEach);
        }
        return counts;
    }

    private static ItemLayout.@Nullable Kind kind(long flags) {
        for (ItemLayout.Kind kind : ItemLayout.Kind.values()) {
            if (new ItemLayout(kind, 0, 0).flags() == flags) {
                return kind;
            }
        }
        return null;
    }

    private static void checkMagic(PositionalFile file, long at, byte[] start) throws IOException {
        byte[] magic = ArchiveFormat.magic();
        int length = Math.min(start.length, magic.length);
        if (at == 0 && length == 0) {
            throw new NotAnArchiveException(file.name(), "it is empty");
        }
        if (!Arrays.equals(start, 0, length, magic, 0, length)) {
            if (at == 0) {
                byte[] more = file.read(0, (int) Math.min(file.size(), FileSignature.BYTES));
                throw new NotAnArchiveException(
                        file.name(),
                        FileSignature.of(more).map(what -> "it is " + what).orElse("it does not begin as one"));
            }
            throw new DamagedException(file.name(), -1, at, "header: it does not begin as one", "");
        }
    }

    private static void checkKnown(String file, byte[] fixed, boolean intact) throws NewerVersionException {
        int version = fixed[8] & 0xFF | (fixed[9] & 0xFF) << 8;
        long flags = fixed[12] & 0xFF | (fixed[13] & 0xFF) << 8 | (fixed[14] & 0xFF) << 16 | (fixed[15] & 0xFFL) << 24;
        String doubt = intact ? "" : " (or damaged: the header does not match its checksum)";
        if (version > ArchiveFormat.VERSION) {
            throw new NewerVersionException(
                    file,
                    "it has format version " + version + ", the newest known is " + ArchiveFormat.VERSION + doubt);
        }
        if (flags != ArchiveFormat.CONTINUATION_FLAG && kind(flags) == null) {
            throw new NewerVersionException(file, "it has flags 0x" + Long.toHexString(flags) + " set" + doubt);
        }
    }

    /** Whether the last 4 bytes are the CRC of the others. */
    static boolean checksumHolds(byte[] bytes) {
        int length = bytes.length - ArchiveFormat.CHECKSUM_BYTES;
        long stated = 0;
        for (int k = 0; k < ArchiveFormat.CHECKSUM_BYTES; k++) {
            stated |= (bytes[length + k] & 0xFFL) << 8 * k;
        }
        return stated == ByteSink.checksum(bytes, 0, length);
    }

    private static DamagedException truncated(PositionalFile file) {
        return new DamagedException(
                file.name(),
                -1,
                file.size(),
                "truncated in the header",
                file.size() < LEAST_FILE ? "no item is there" : "");
    }
}
