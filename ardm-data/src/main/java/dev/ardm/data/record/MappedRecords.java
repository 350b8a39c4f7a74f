package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.util.Iterator;

/**
 * Records that are others in another guise, such as maps that are rows.
 *
 * @param <T> a record
 * @param <U> what it is mapped to
 */
public final class MappedRecords<T, U> implements RecordKind<T> {
    private final String name;
    private final RecordKind<U> other;
    private final Mapping<T, U> mapping;

    /**
     * A mapping and its inverse.
     *
     * @param <T> a record
     * @param <U> what it is mapped to
     */
    public interface Mapping<T, U> {
        /**
         * The record as the other kind has it.
         *
         * @throws IllegalArgumentException if it would not come back
         */
        U to(T record);

        /**
         * The record again.
         *
         * @throws DataException if there is none
         */
        T from(U other) throws DataException;

        /** The record that is nearest to what a model drew, see {@link RecordForm#drawn}. */
        default T drawn(U other) throws DataException {
            return from(other);
        }
    }

    /** @param name what the records are, for messages */
    public MappedRecords(String name, RecordKind<U> other, Mapping<T, U> mapping) {
        this.name = name;
        this.other = other;
        this.mapping = mapping;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RecordForm<T> fit(Iterable<? extends T> records) throws IOException {
        return new Form<>(other.fit(mapped(records, mapping)), mapping);
    }

    @Override
    public RecordForm<T> of(DataFormat format, String as) throws DataException {
        return new Form<>(other.of(format, as), mapping);
    }

    private static <T, U> Iterable<U> mapped(Iterable<? extends T> records, Mapping<T, U> mapping) {
        return () -> {
            Iterator<? extends T> each = records.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public U next() {
                    return mapping.to(each.next());
                }
            };
        };
    }

    private record Form<T, U>(RecordForm<U> other, Mapping<T, U> mapping) implements RecordForm<T> {
        @Override
        public DataFormat format() {
            return other.format();
        }

        @Override
        public Item item(T record) {
            return other.item(mapping.to(record));
        }

        @Override
        public T record(Item item) throws DataException {
            return mapping.from(other.record(item));
        }

        @Override
        public T drawn(Item item) throws DataException {
            return mapping.drawn(other.drawn(item));
        }

        @Override
        public ItemSet items(Iterable<? extends T> records, boolean ended) throws IOException {
            return other.items(mapped(records, mapping), ended);
        }
    }
}
