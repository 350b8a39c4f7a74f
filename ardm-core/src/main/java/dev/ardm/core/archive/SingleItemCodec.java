package dev.ardm.core.archive;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.ItemPacking;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Single items as bytes that need nothing but the model: for databases, queues and caches. Thread-safe; works on the caller's thread. Keeps
 * values, shape and side information; not the name, the time and the permissions.
 *
 * <p>The bytes: one for the {@link ItemForm} (2 bits), whether there is side information (1), and of coded records a bound of the number of
 * values, else whether there is a plan (5); a byte of the model's id, plan and layout; a check byte of all others and these; the plan, where a
 * model has several; then the item as an archive has it. The stream of a coded item has at least 7 check bits of its own, what is not coded a
 * checksum.
 */
public final class SingleItemCodec {
    /** Bytes before the item. */
    public static final int HEAD_BYTES = 3;

    private static final String PLACE = "the record";
    private static final int FORM_BITS = 2;
    private static final int SIDE = 1 << FORM_BITS;
    private static final int SIZE_SHIFT = FORM_BITS + 1;
    private static final int PLAN = 1;
    private static final int TAG_AT = 1;
    private static final int CHECK_AT = 2;

    /** How many plans that others coded with are kept. */
    private static final int MOST_PLANS = 16;

    private final LikelihoodModel model;
    private final ItemLayout layout;
    private final ItemCheck check;
    private final @Nullable RecordCoder records;
    private final Coding usual;
    /** Whether the model has several plans, so that the bytes say which. */
    private final boolean plans;

    private final int tag;
    private final ItemPacking packing;
    private final int categories;
    private final Map<ByteBuffer, Coding> others = new ConcurrentHashMap<>();

    /** What depends on the plan. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Coding(byte[] plan, ItemEncoder encoder, ItemCoder decoder) {}

    /**
     * A codec.
     *
     * @param plan of the items that are encoded; those of any plan of the model are decoded
     * @param layout of the items
     * @throws IllegalArgumentException if the layout or the plan does not fit the model, or the model is conditional
     */
    public SingleItemCodec(LikelihoodModel model, Plan plan, ItemLayout layout) {
        Objects.requireNonNull(plan, "plan");
        LikelihoodModel part =
                Objects.requireNonNull(model, "model").part(Verb.COMPRESS, Objects.requireNonNull(layout, "layout"));
        this.model = part.on(1);
        this.layout = layout;
        this.check = new ItemCheck(part, layout);
        this.records = layout.records() ? RecordEncoder.coder(this.model) : null;
        Plan own = model.planOf(part, plan);
        this.usual = coding(own);
        this.plans = records == null
                && !Arrays.equals(
                        part.plan(1).toBytes(), part.plan(Integer.MAX_VALUE).toBytes());
        // Others are measured, and measured anew, without another id; of this one there is one.
        ArchiveHeader header =
                ArchivePlan.header(part, plans ? part.plan(1) : own).with(layout);
        this.tag = header.tag();
        this.packing = header.packing();
        this.categories = header.categories()[0];
    }

    private Coding coding(Plan plan) {
        return new Coding(plan.toBytes(), new ItemEncoder(model, plan, layout), model.coder(plan, layout));
    }

    /**
     * An item as bytes: at most 3 more than it has without the model, a checksum of 4 and its number of values included.
     *
     * @throws IllegalArgumentException if its values are outside the space, or items of the layout have no such shape, number of values or
     *     side information
     * @throws IOException if the bytes that it was made of are needed and cannot be read
     */
    public byte[] encode(Item item) throws IOException {
        check.require(Objects.requireNonNull(item, "item"));
        if (records != null) {
            return encodeRecord(records, item);
        }
        ArchivedItem kept = usual.encoder
                .encode(List.of(item), LikelihoodModel.NO_PROGRESS)
                .get(0)
                .kept(packing)
                .item();
        byte[] packed = packing.pack(kept);
        boolean saysSide = layout.hasSide() && kept.form() != ItemForm.WHOLE;
        boolean side = kept.side().length > 0;
        boolean plan = plans && kept.form() == ItemForm.CODED;
        ByteSink body = new ByteSink();
        if (plan) {
            body.varint(usual.plan.length).bytes(usual.plan);
        }
        int from = saysSide && !side ? 1 : 0; // The number of its bytes, which is 0.
        body.bytes(packed, from, packed.length - from);
        return bytes(kept.form(), side, plan ? PLAN : 0, body.toByteArray());
    }

    private byte[] encodeRecord(RecordCoder coder, Item record) {
        RecordGroup group =
                RecordRewriter.shortest(coder, new byte[][] {record.side()}, new int[][] {record.values()}, categories);
        boolean coded = group.stream() != null;
        int size = coded ? Integer.SIZE - Integer.numberOfLeadingZeros(group.most()) : 0;
        return bytes(coded ? ItemForm.CODED : ItemForm.STORED, group.hasSide(), size, group.pack(categories));
    }

    private byte[] bytes(ItemForm form, boolean side, int size, byte[] body) {
        byte[] bytes = new byte[HEAD_BYTES + body.length];
        bytes[0] = (byte) (form.ordinal() | (side ? SIDE : 0) | size << SIZE_SHIFT);
        bytes[TAG_AT] = (byte) tag;
        System.arraycopy(body, 0, bytes, HEAD_BYTES, body.length);
        bytes[CHECK_AT] = (byte) check(bytes);
        return bytes;
    }

    private int check(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECK_AT);
        crc.update(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(tag).flip());
        return (int) crc.getValue();
    }

    /**
     * The item of some bytes, without a name; {@linkplain Item#whole whole} if that was shorter.
     *
     * @throws WrongModelException if it was encoded with another model, plan or layout
     * @throws NewerVersionException if a newer version of this program encoded it
     * @throws DamagedException if these are no bytes of an item, or damaged ones
     */
    public Item decode(byte[] bytes) throws ArchiveException {
        if (Objects.requireNonNull(bytes, "bytes").length < HEAD_BYTES) {
            throw damaged("of " + bytes.length + " bytes; the shortest record has more");
        }
        if (bytes[TAG_AT] != (byte) tag) {
            throw new WrongModelException(
                    PLACE,
                    new byte[0],
                    "wrong model, or damaged: it was not encoded with the model given, "
                            + WrongModelException.shortId(model.id()));
        }
        if (bytes[CHECK_AT] != (byte) check(bytes)) {
            throw damaged("it does not match its check byte, or it was encoded with another model");
        }
        int form = bytes[0] & SIDE - 1;
        boolean side = (bytes[0] & SIDE) != 0;
        int size = (bytes[0] & 0xFF) >>> SIZE_SHIFT;
        byte[] body = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
        try {
            if (form > ItemForm.WHOLE.ordinal()) {
                throw new NewerVersionException(PLACE, "it has form " + form);
            }
            ItemForm known = ItemForm.values()[form];
            return records != null ? record(records, known, side, size, body) : item(known, side, size, body);
        } catch (DamagedException e) {
            throw e.in(PLACE, -1, HEAD_BYTES, "");
        }
    }

    private Item record(RecordCoder coder, ItemForm form, boolean side, int size, byte[] body) throws ArchiveException {
        boolean stored = form == ItemForm.STORED;
        if (form == ItemForm.WHOLE || size > (stored ? 0 : Integer.SIZE - 1)) {
            throw new NewerVersionException(PLACE, "it has form " + form + " of size " + size);
        }
        int most = stored ? ArchiveFormat.MAX_ITEM_VALUES : (1 << size) - 1;
        RecordGroup group = RecordGroup.read(body, 1, side, stored, most, categories);
        int[][] values = group.values();
        if (values == null) {
            values = coder.decode(List.of(group), LikelihoodModel.NO_PROGRESS)
                    .get(0)
                    .orElseThrow(SingleItemCodec::undecodable);
        }
        return new Item("", values[0], group.sides()[0]);
    }

    private Item item(ItemForm form, boolean side, int flags, byte[] body) throws ArchiveException {
        if (flags > PLAN || side && !layout.hasSide()) {
            throw new NewerVersionException(PLACE, "it has flags " + flags);
        }
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, PLACE, 0, body, body.length);
        Coding coding = usual;
        if (flags == PLAN) {
            coding = coding(cursor.bytes(cursor.varint("length of its plan", 1, cursor.left())));
        }
        int shown = layout.hasSide() && !side && form != ItemForm.WHOLE ? 1 : 0;
        byte[] packed = new byte[shown + cursor.left()];
        cursor.copy(cursor.left(), packed, shown);
        ArchivedItem item = packing.read(packed, form);
        Optional<DecodedItem> stored = DecodedItem.stored(item);
        if (stored.isPresent()) {
            return stored.get().item();
        }
        int[] values = coding.decoder
                .decode(List.of(item), LikelihoodModel.NO_PROGRESS)
                .get(0)
                .orElseThrow(SingleItemCodec::undecodable);
        return DecodedItem.of(item, values).item();
    }

    private Coding coding(byte[] plan) throws DamagedException {
        if (Arrays.equals(plan, usual.plan)) {
            return usual;
        }
        ByteBuffer key = ByteBuffer.wrap(plan);
        Coding known = others.get(key);
        if (known == null) {
            try {
                known = coding(model.readPlan(plan));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw DamagedException.inStream(0, "plan: " + e.getMessage());
            }
            if (others.size() < MOST_PLANS) {
                others.put(key, known);
            }
        }
        return known;
    }

    private static DamagedException undecodable() {
        return DamagedException.inStream(0, "it does not decode to a record that matches its check");
    }

    private static DamagedException damaged(String why) {
        return new DamagedException(PLACE, -1, -1, why, "");
    }
}
