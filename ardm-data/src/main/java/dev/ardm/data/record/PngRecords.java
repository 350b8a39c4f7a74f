package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.sequence.PictureCodec;
import dev.ardm.data.format.sequence.SequenceFormat;
import dev.ardm.data.format.sequence.WindowSet;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PNG files of any size and kind. Pixels, colour type, bits, palette and other chunks come back; how they were compressed does not.
 * What is no PNG comes back byte by byte.
 */
public final class PngRecords implements RecordKind<byte[]> {
    private static final String PLACE = "the image";

    @Override
    public String name() {
        return "PNG files";
    }

    @Override
    public RecordForm<byte[]> fit(Iterable<? extends byte[]> records) throws IOException {
        if (!records.iterator().hasNext()) {
            throw RecordKind.nothing();
        }
        return new Form(PictureCodec.format());
    }

    @Override
    public RecordForm<byte[]> of(DataFormat format, String name) throws DataException {
        if (format instanceof SequenceFormat pictures && format.kind().equals(PictureCodec.KIND)) {
            return new Form(pictures);
        }
        throw RecordKind.refused(format, name, "");
    }

    private record Form(SequenceFormat format) implements RecordForm<byte[]> {
        @Override
        public Item item(byte[] record) {
            return Item.of(PictureCodec.values(PLACE, Objects.requireNonNull(record, "the record is null")));
        }

        @Override
        public byte[] record(Item item) throws DataException {
            Item.Source whole = item.source();
            try {
                return whole != null ? whole.bytes().clone() : PictureCodec.file(PLACE, item.values());
            } catch (DataException e) {
                throw e;
            } catch (IOException e) {
                throw new DataException(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public ItemSet items(Iterable<? extends byte[]> records, boolean ended) throws IOException {
            Iterator<? extends byte[]> each = records.iterator();
            return format.windowsOf(
                    new Items() {
                        @Override
                        public @Nullable Item next() {
                            return each.hasNext() ? item(each.next()) : null;
                        }
                    },
                    PLACE,
                    List.of(),
                    WindowSet.Trailing.OVERLAP);
        }
    }
}
