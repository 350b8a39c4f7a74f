package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.ArrayFormat;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Arrays of one shape, in row-major order: the last axis varies fastest. */
public final class ArrayRecords implements RecordKind<int[]> {
    private final Space space;

    /** @param space of the items */
    public ArrayRecords(Space space) {
        this.space = space;
    }

    @Override
    public String name() {
        return "arrays of " + space;
    }

    @Override
    public RecordForm<int[]> fit(Iterable<? extends int[]> records) {
        if (!records.iterator().hasNext()) {
            throw RecordKind.nothing();
        }
        return new Form(new ArrayFormat(space, false));
    }

    @Override
    public RecordForm<int[]> of(DataFormat format, String name) throws DataException {
        Space other = format.space();
        if (!(format instanceof ArrayFormat arrays)
                || !Arrays.equals(other.shape(), space.shape())
                || !Arrays.equals(other.categories(), space.categories())) {
            throw RecordKind.refused(format, name, "");
        }
        return new Form(arrays);
    }

    private record Form(ArrayFormat format) implements RecordForm<int[]> {
        @Override
        public Item item(int[] record) {
            format.space().check(Objects.requireNonNull(record, "the record is null"));
            return Item.of(record.clone());
        }

        @Override
        public int[] record(Item item) throws DataException {
            int[] values = item.values();
            if (values.length != format.space().dimensions()) {
                throw new DataException("the item has " + values.length + " values, and the model's "
                        + format.space().dimensions());
            }
            return values.clone();
        }

        @Override
        public ItemSet items(Iterable<? extends int[]> records, boolean ended) throws IOException {
            if (ended) {
                throw new DataException("arrays have all their values, so none ends before");
            }
            PackedItemSet.Builder items = PackedItemSet.builder(format.space().dimensions());
            for (int[] record : records) {
                items.add(item(record).values(), null);
            }
            return items.build(format.space());
        }
    }
}
