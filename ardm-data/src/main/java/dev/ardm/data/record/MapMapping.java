package dev.ardm.data.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps as rows: an entry for each column, whose value may be null. They come back in the order of the columns. */
public final class MapMapping implements MappedRecords.Mapping<Map<String, String>, String[]> {
    private final List<String> columns;

    /** @param columns the keys of every map */
    public MapMapping(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public String[] to(Map<String, String> record) {
        Objects.requireNonNull(record, "the record is null");
        @Nullable String[] row = new @Nullable String[columns.size()];
        for (int c = 0; c < row.length; c++) {
            String value = record.get(columns.get(c));
            if (value == null && !record.containsKey(columns.get(c))) {
                throw new IllegalArgumentException("a map without an entry for the column '" + columns.get(c)
                        + "'; one that is null would come back");
            }
            row[c] = value;
        }
        if (record.size() > row.length) {
            List<String> unknown = new ArrayList<>(record.keySet());
            unknown.removeAll(columns);
            throw new IllegalArgumentException("a map with entries that are no columns: " + unknown);
        }
        return row;
    }

    @Override
    public Map<String, String> from(String[] other) {
        Map<String, @Nullable String> record = new LinkedHashMap<>();
        List<@Nullable String> values = Arrays.asList(other);
        for (int c = 0; c < other.length; c++) {
            record.put(columns.get(c), values.get(c));
        }
        return record;
    }
}
