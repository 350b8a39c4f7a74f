package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.line.LineFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records of any bytes, which models of lines learn: a line feed is a byte like others. */
public final class ByteRecords implements RecordKind<byte[]> {
    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public RecordForm<byte[]> fit(Iterable<? extends byte[]> records) throws IOException {
        List<Integer> lengths = new ArrayList<>();
        for (byte[] record : records) {
            lengths.add(Objects.requireNonNull(record, "a record is null").length);
        }
        if (lengths.isEmpty()) {
            throw RecordKind.nothing();
        }
        return new Form(LineFormat.fitting(lengths));
    }

    @Override
    public RecordForm<byte[]> of(DataFormat format, String name) throws DataException {
        if (format instanceof LineFormat lines) {
            return new Form(lines);
        }
        throw RecordKind.refused(format, name, "");
    }

    private record Form(LineFormat format) implements RecordForm<byte[]> {
        @Override
        public Item item(byte[] record) {
            return Item.ofBytes(Objects.requireNonNull(record, "the record is null"));
        }

        /** {@inheritDoc} Whether it was a line with its end, or the last one of a file, is not part of it. */
        @Override
        public byte[] record(Item item) throws DataException {
            if (item.isWhole()) {
                throw new DataException("the item is a file and no record");
            }
            int[] values = item.values();
            byte[] bytes = new byte[values.length];
            for (int k = 0; k < bytes.length; k++) {
                if (values[k] > 0xFF) {
                    throw new DataException("value " + values[k] + " at " + k + " is no byte");
                }
                bytes[k] = (byte) values[k];
            }
            return bytes;
        }

        @Override
        public ItemSet items(Iterable<? extends byte[]> records, boolean ended) throws IOException {
            Iterator<? extends byte[]> each = records.iterator();
            Items items = new Items() {
                @Override
                public @Nullable Item next() {
                    return each.hasNext() ? item(each.next()) : null;
                }
            };
            return format.windowsOf(items, ended);
        }
    }
}
