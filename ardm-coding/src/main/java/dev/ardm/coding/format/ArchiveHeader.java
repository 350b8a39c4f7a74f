package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The facts that hold for all items of an archive: the model they need, their space, and how they were coded. Immutable. */
public final class ArchiveHeader {
    private final String file;
    private final int arithmeticVersion;
    private final byte[] modelId;
    private final int[] extents;
    private final int[] categories;
    private final int scale;
    private final byte[] plan;
    private final int values;
    private final ItemLayout layout;

    /**
     * A header to write.
     *
     * @param arithmeticVersion of the computation of the distributions, 0 to 65535
     * @param modelId {@value ArchiveFormat#MODEL_ID_BYTES} bytes that identify the exact model
     * @param extents the length of each axis, at least 1
     * @param categories of value i at index i modulo the length of this array, which divides the number of values
     * @param scale what the values are (ordered, nominal), 0 to 255; not interpreted here
     * @param plan how the items were coded; not interpreted here
     * @throws IllegalArgumentException if something is outside the limits of {@link ArchiveFormat}
     */
    public ArchiveHeader(
            int arithmeticVersion, byte[] modelId, int[] extents, int[] categories, int scale, byte[] plan) {
        this(DamagedException.STREAM, arithmeticVersion, modelId, extents, categories, scale, plan, ItemLayout.VALUES);
    }

    /** This header with another layout of its items than {@link ItemLayout#VALUES}. */
    public ArchiveHeader with(ItemLayout layout) {
        return new ArchiveHeader(file, arithmeticVersion, modelId, extents, categories, scale, plan, layout);
    }

    ArchiveHeader(
            String file,
            int arithmeticVersion,
            byte[] modelId,
            int[] extents,
            int[] categories,
            int scale,
            byte[] plan,
            ItemLayout layout) {
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
        this.layout = layout;
        requireLayout();
        inRange("length of the header", encode().length, 0, ArchiveFormat.MAX_HEADER_BYTES);
    }

    private void requireLayout() {
        if (layout.equals(ItemLayout.VALUE_RECORDS)) {
            if (categories.length != 1) {
                throw new IllegalArgumentException("records have one number of categories, not " + categories.length);
            }
        } else if (layout.sequences()) {
            if (extents.length != 1 || categories.length != 1) {
                throw new IllegalArgumentException("sequences have one axis and one number of categories, not "
                        + extents.length + " and " + categories.length);
            }
            inRange("context", layout.context(), 0, values - 1);
        } else if (layout.images()) {
            if (extents.length != 3 || extents[2] % categories.length != 0) {
                throw new IllegalArgumentException(
                        "images have height, width and channels, and a number of category counts that divides the"
                                + " channels");
            }
            inRange("context", layout.context(), 0, Math.min(extents[0], extents[1]) - 1);
        } else {
            return;
        }
        inRange(
                "padding value",
                layout.paddingValue(),
                0,
                IntStream.of(categories).min().orElseThrow() - 1);
    }

    private static int inRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is outside [" + least + ", " + most + "]");
        }
        return value;
    }

    /** The version of the computation of the distributions, which the decoder must know. */
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

    /** The kind of the values, as a number that the writer of the archive chose. */
    public int scale() {
        return scale;
    }

    /** How the items were coded, in the bytes of the writer of the archive. */
    public byte[] plan() {
        return plan.clone();
    }

    /** How the items are laid out. */
    public ItemLayout layout() {
        return layout;
    }

    /** The number of values in an item: the product of the extents. */
    public int values() {
        return values;
    }

    /** Refuses to continue with another model than the one that the archive was written with. */
    public void requireModel(byte[] id) throws WrongModelException {
        if (!Arrays.equals(id, modelId)) {
            throw new WrongModelException(file, modelId, id);
        }
    }

    /** Refuses to continue with an archive whose arithmetic version is above the newest one known. */
    public void requireArithmetic(int newest) throws NewerVersionException {
        if (arithmeticVersion > newest) {
            throw new NewerVersionException(
                    file, "it has arithmetic version " + arithmeticVersion + ", the newest known is " + newest);
        }
    }

    public ItemPacking packing() {
        return new ItemPacking(layout, extents, categories);
    }

    public byte[] encode() {
        ByteSink rest = new ByteSink().bytes(modelId).varint(extents.length);
        for (int extent : extents) {
            rest.varint(extent);
        }
        rest.varint(categories.length);
        for (int count : categories) {
            rest.varint(count);
        }
        rest.number(scale, 1).varint(plan.length).bytes(plan);
        if (layout.anySize()) {
            rest.varint(layout.context()).varint(layout.paddingValue());
        }
        return new ByteSink()
                .bytes(ArchiveFormat.magic())
                .number(ArchiveFormat.VERSION, 2)
                .number(arithmeticVersion, 2)
                .number(layout.flags(), 4)
                .number(ArchiveFormat.FIXED_HEADER_BYTES + rest.size() + ArchiveFormat.CHECKSUM_BYTES, 4)
                .bytes(rest.toByteArray())
                .checksum()
                .toByteArray();
    }

    /** The CRC of this header, which its frames repeat. */
    public int tag() {
        byte[] bytes = encode();
        return (int) ByteSink.checksum(bytes, 0, bytes.length - ArchiveFormat.CHECKSUM_BYTES);
    }
}
