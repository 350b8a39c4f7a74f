package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.table.TableColumn;
import dev.ardm.data.format.table.TableFormat;
import dev.ardm.data.format.table.TableRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a table: texts, of which any may be null. */
public final class RowRecords implements RecordKind<String[]> {
    private final List<String> columns;

    /**
     * Rows of some columns.
     *
     * @param columns their names, in the order of the fields
     * @throws IllegalArgumentException if there are none, or two are the same
     */
    public RowRecords(List<String> columns) {
        this.columns = List.copyOf(columns);
        if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("columns need names, each its own; got " + columns);
        }
    }

    @Override
    public String name() {
        return "rows of " + String.join(", ", columns);
    }

    @Override
    public RecordForm<String[]> fit(Iterable<? extends String[]> records) {
        Iterable<List<@Nullable String>> rows = () -> {
            Iterator<? extends String[]> each = records.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public List<@Nullable String> next() {
                    return Arrays.asList(Objects.requireNonNull(each.next(), "a record is null"));
                }
            };
        };
        return form(TableRows.fit(columns, rows));
    }

    /** {@inheritDoc} Its columns must have the same names, in any order. */
    @Override
    public RecordForm<String[]> of(DataFormat format, String name) throws DataException {
        if (!(format instanceof TableFormat table)) {
            throw RecordKind.refused(format, name, "");
        }
        List<String> names = table.columns().stream().map(TableColumn::name).toList();
        if (names.size() != columns.size() || !names.containsAll(columns)) {
            throw RecordKind.refused(format, name, "its columns are " + String.join(", ", names));
        }
        return form(table);
    }

    private RecordForm<String[]> form(TableFormat table) {
        int[] places = table.columns().stream()
                .mapToInt(column -> columns.indexOf(column.name()))
                .toArray();
        return new Form(table, new TableRows(table), places);
    }

    /** @param places of each column of the format its place in a record */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Form(TableFormat format, TableRows rows, int[] places) implements RecordForm<String[]> {
        @Override
        public Item item(String[] record) {
            Objects.requireNonNull(record, "the record is null");
            if (record.length != places.length) {
                throw new IllegalArgumentException("a row of " + record.length + " fields, where the columns are "
                        + String.join(
                                ", ",
                                format.columns().stream().map(TableColumn::name).toList()));
            }
            @Nullable String[] fields = new @Nullable String[places.length];
            for (int c = 0; c < fields.length; c++) {
                fields[c] = record[places[c]];
            }
            return rows.item(Arrays.asList(fields));
        }

        @Override
        public String[] record(Item item) throws DataException {
            List<@Nullable String> fields = rows.fields(item);
            String[] record = new String[places.length];
            for (int c = 0; c < places.length; c++) {
                record[places[c]] = fields.get(c);
            }
            return record;
        }

        @Override
        public ItemSet items(Iterable<? extends String[]> records, boolean ended) throws IOException {
            if (ended) {
                throw new DataException("rows have all their values, so none ends before");
            }
            PackedItemSet.Builder items = PackedItemSet.builder(format.space().dimensions());
            for (String[] record : records) {
                items.add(item(record).values(), null);
            }
            return items.build(format.space());
        }
    }
}
