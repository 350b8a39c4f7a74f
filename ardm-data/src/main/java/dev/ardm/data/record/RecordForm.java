package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;

/**
 * How records become items of a format, and items records again. Thread-safe.
 *
 * @param <T> a record
 */
public interface RecordForm<T> {
    /** The format of the model's data. */
    DataFormat format();

    /**
     * A record as an item, which has all of it.
     *
     * @throws IllegalArgumentException if it cannot be an item that comes back as the same record, saying why
     */
    Item item(T record);

    /**
     * The record of an item that {@link #item} made, or of another one of the format.
     *
     * @param item its values, shape and side information; or the bytes that it was made of, see {@link Item#whole}
     * @throws DataException if there is no such record
     */
    T record(Item item) throws DataException;

    /**
     * The record of an item that a model drew: the same, but what cannot be one comes as near to it as it can.
     *
     * @throws DataException if there is no such record
     */
    default T drawn(Item item) throws DataException {
        return record(item);
    }

    /**
     * Items of records for training, in memory: of sequences their windows.
     *
     * @param records gone through once
     * @param ended whether the items contain their end, see {@link DataFormat#endedItems}
     * @throws DataException if there are none, or memory does not suffice
     */
    ItemSet items(Iterable<? extends T> records, boolean ended) throws IOException;
}
