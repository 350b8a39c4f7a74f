package dev.ardm.coding;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an archive says of all its items: the model they need, their space, and how they were coded. Immutable. */
public final class ArchiveHeader {
    private final String file;
    private final int arithmeticVersion;
    private final byte[] modelId;
    private final int[] extents;
    private final int[] categories;
    private final int scale;
    private final byte[] plan;
    private final int values;
    private final @Nullable DocumentLayout documents;

    /**
     * A header to write.
     *
     * @param arithmeticVersion of the computation of the laws, 0 to 65535
     * @param modelId {@value ArchiveFormat#MODEL_ID_BYTES} bytes that tell the exact model
     * @param extents the length of each axis, at least 1
     * @param categories of value i at index i modulo the length of this array, which divides the number of values
     * @param scale what the values are (ordered, nominal), 0 to 255; not interpreted here
     * @param plan how the items were coded; not interpreted here
     * @throws IllegalArgumentException if something is outside the limits of {@link ArchiveFormat}
     */
    public ArchiveHeader(
            int arithmeticVersion, byte[] modelId, int[] extents, int[] categories, int scale, byte[] plan) {
        this(DamagedException.STREAM, arithmeticVersion, modelId, extents, categories, scale, plan, null);
    }

    /** This header for an archive of documents, rather than of items that are nothing but their values. */
    public ArchiveHeader ofDocuments(DocumentLayout layout) {
        return new ArchiveHeader(file, arithmeticVersion, modelId, extents, categories, scale, plan, layout);
    }

    private ArchiveHeader(
            String file,
            int arithmeticVersion,
            byte[] modelId,
            int[] extents,
            int[] categories,
            int scale,
            byte[] plan,
            @Nullable DocumentLayout documents) {
        this.file = file;
        this.arithmeticVersion = inRange("arithmetic version", arithmeticVersion, 0, 0xFFFF);
        this.modelId = modelId.clone();
        inRange("length of the model id", modelId.length, ArchiveFormat.MODEL_ID_BYTES, ArchiveFormat.MODEL_ID_BYTES);
        this.extents = extents.clone();
        inRange("number of axes", extents.length, 1, ArchiveFormat.MAX_AXES);
        int product = 1;
        for (int extent : extents) {
            product *= inRange("extent", extent, 1, ArchiveFormat.MAX_VALUES / product);
        }
        this.values = product;
        this.categories = categories.clone();
        inRange("number of category counts", categories.length, 1, product);
        if (product % categories.length != 0) {
            throw new IllegalArgumentException(
                    categories.length + " category counts do not divide " + product + " values");
        }
        for (int count : categories) {
            inRange("number of categories", count, 1, ArchiveFormat.MAX_CATEGORIES);
        }
        this.scale = inRange("scale", scale, 0, 0xFF);
        this.plan = plan.clone();
        inRange("length of the plan", plan.length, 0, ArchiveFormat.MAX_PLAN_BYTES);
        this.documents = documents;
        if (documents != null && documents.sequences()) {
            if (extents.length != 1 || categories.length != 1) {
                throw new IllegalArgumentException("sequences have one axis and one number of categories, not "
                        + extents.length + " and " + categories.length);
            }
            inRange("context", documents.context(), 0, product - 1);
            inRange("resting value", documents.restingValue(), 0, categories[0] - 1);
        }
        inRange("length of the header", encode().length, 0, ArchiveFormat.MAX_HEADER_BYTES);
    }

    private static int inRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is outside [" + least + ", " + most + "]");
        }
        return value;
    }

    /** The version of the computation of the laws, which the decoder must know. */
    public int arithmeticVersion() {
        return arithmeticVersion;
    }

    /** The id of the model that the items need. */
    public byte[] modelId() {
        return modelId.clone();
    }

    /** The length of each axis of an item. */
    public int[] extents() {
        return extents.clone();
    }

    /** The categories of value i at index i modulo the length. */
    public int[] categories() {
        return categories.clone();
    }

    /** What the values are, as the writer of the archive numbered it. */
    public int scale() {
        return scale;
    }

    /** How the items were coded, in the bytes of the writer of the archive. */
    public byte[] plan() {
        return plan.clone();
    }

    /** What the documents are, if items are documents; else null. */
    public @Nullable DocumentLayout documents() {
        return documents;
    }

    /** The number of values in an item: the product of the extents. */
    public int values() {
        return values;
    }

    /** Refuses to go on with another model than the one that the archive was written with. */
    public void requireModel(byte[] id) throws WrongModelException {
        if (!Arrays.equals(id, modelId)) {
            throw new WrongModelException(file, modelId, id);
        }
    }

    /** Refuses to go on with an archive whose arithmetic version is above the newest one known. */
    public void requireArithmetic(int newest) throws NewerVersionException {
        if (arithmeticVersion > newest) {
            throw new NewerVersionException(
                    file, "it has arithmetic version " + arithmeticVersion + ", the newest known is " + newest);
        }
    }

    ItemPacking packing() {
        return new ItemPacking(values, categories);
    }

    @Nullable
    DocumentPacking documentPacking() {
        return documents == null ? null : new DocumentPacking(documents, values, categories);
    }

    byte[] encode() {
        ByteSink rest = new ByteSink().bytes(modelId).varint(extents.length);
        for (int extent : extents) {
            rest.varint(extent);
        }
        rest.varint(categories.length);
        for (int count : categories) {
            rest.varint(count);
        }
        rest.number(scale, 1).varint(plan.length).bytes(plan);
        if (documents != null && documents.sequences()) {
            rest.varint(documents.context()).varint(documents.restingValue());
        }
        return new ByteSink()
                .bytes(ArchiveFormat.magic())
                .number(ArchiveFormat.VERSION, 2)
                .number(arithmeticVersion, 2)
                .number(documents == null ? 0 : documents.flags(), 4)
                .number(ArchiveFormat.FIXED_HEADER_BYTES + rest.size() + ArchiveFormat.CHECKSUM_BYTES, 4)
                .bytes(rest.toByteArray())
                .checksum()
                .toByteArray();
    }

    /** Reads the header at the start of a file. */
    static ArchiveHeader read(PositionalFile file) throws IOException {
        byte[] fixed = file.read(0, (int) Math.min(file.size(), ArchiveFormat.FIXED_HEADER_BYTES));
        checkMagic(file.name(), fixed);
        if (fixed.length < ArchiveFormat.FIXED_HEADER_BYTES) {
            throw truncated(file, "in the header");
        }
        ByteCursor cursor = new ByteCursor(file.name(), "header", 0, fixed, fixed.length);
        cursor.skip(ArchiveFormat.magic().length);
        int version = (int) cursor.number(2);
        int arithmetic = (int) cursor.number(2);
        long flags = cursor.number(4);
        long length = cursor.number(4);
        boolean possible = length >= ArchiveFormat.FIXED_HEADER_BYTES + ArchiveFormat.CHECKSUM_BYTES
                && length <= ArchiveFormat.MAX_HEADER_BYTES;
        byte[] all = possible && length <= file.size() ? file.read(0, (int) length) : fixed;
        boolean intact = all.length == length && checksumHolds(all);
        checkKnown(file.name(), version, flags, intact);
        if (!possible) {
            throw new DamagedException(file.name(), -1, 16, "header: a length of " + length + " bytes", "");
        }
        if (all.length < length) {
            throw truncated(file, "in the header");
        }
        if (!intact) {
            throw new DamagedException(file.name(), -1, 0, "header: it does not match its checksum", "");
        }
        return parse(file.name(), arithmetic, all);
    }

    private static void checkMagic(String file, byte[] start) throws NotAnArchiveException {
        byte[] magic = ArchiveFormat.magic();
        int length = Math.min(start.length, magic.length);
        if (length == 0) {
            throw new NotAnArchiveException(file, "it is empty");
        }
        if (!Arrays.equals(start, 0, length, magic, 0, length)) {
            throw new NotAnArchiveException(file, "it does not begin as one");
        }
    }

    private static void checkKnown(String file, int version, long flags, boolean intact) throws NewerVersionException {
        String doubt = intact ? "" : " (or damaged: the header does not match its checksum)";
        if (version > ArchiveFormat.VERSION) {
            throw new NewerVersionException(
                    file,
                    "it has format version " + version + ", the newest known is " + ArchiveFormat.VERSION + doubt);
        }
        if (flags != 0
                && flags != ArchiveFormat.DOCUMENTS_FLAG
                && flags != (ArchiveFormat.DOCUMENTS_FLAG | ArchiveFormat.SEQUENCES_FLAG)) {
            throw new NewerVersionException(file, "it has flags 0x" + Long.toHexString(flags) + " set" + doubt);
        }
    }

    private static ArchiveHeader parse(String file, int arithmetic, byte[] all) throws DamagedException {
        ByteCursor cursor = new ByteCursor(file, "header", 0, all, all.length - ArchiveFormat.CHECKSUM_BYTES);
        cursor.skip(8);
        if (cursor.number(2) == 0) {
            throw cursor.damaged("format version 0");
        }
        cursor.skip(2);
        int flags = (int) cursor.number(4);
        cursor.skip(4);
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
        int context = 0;
        int restingValue = 0;
        boolean sequences = (flags & ArchiveFormat.SEQUENCES_FLAG) != 0;
        if (sequences) {
            context = cursor.varint("context", 0, ArchiveFormat.MAX_VALUES - 1);
            restingValue = cursor.varint("resting value", 0, ArchiveFormat.MAX_CATEGORIES - 1);
        }
        cursor.finish();
        try {
            DocumentLayout documents = flags == 0 ? null : new DocumentLayout(sequences, context, restingValue);
            return new ArchiveHeader(file, arithmetic, id, extents, categories, scale, plan, documents);
        } catch (IllegalArgumentException e) {
            throw cursor.damaged(String.valueOf(e.getMessage()));
        }
    }

    private static int[] counts(ByteCursor cursor, String number, int mostNumber, String each, int mostEach)
            throws DamagedException {
        int[] counts = new int[cursor.varint(number, 1, Math.min(mostNumber, cursor.left()))];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = cursor.varint(each, 1, mostEach);
        }
        return counts;
    }

    static boolean checksumHolds(byte[] part) {
        int length = part.length - ArchiveFormat.CHECKSUM_BYTES;
        long stated = 0;
        for (int k = ArchiveFormat.CHECKSUM_BYTES - 1; k >= 0; k--) {
            stated = stated << 8 | part[length + k] & 0xFF;
        }
        return stated == ByteSink.checksum(part, 0, length);
    }

    static DamagedException truncated(PositionalFile file, String where) {
        return new DamagedException(
                file.name(),
                -1,
                file.size(),
                "truncated " + where,
                "no item can be found without the index at its end");
    }
}
