package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.RecordPlace;
import dev.ardm.core.Item;
import dev.ardm.core.model.RecordCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Decodes the records under one header, each group once for all of its records that are wanted together. */
final class RecordDecoder {
    private static final long MOST_KEPT = 1 << 20; // values

    private final ArchiveReader reader;
    private final Map<Long, Group> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true));
    private long keptValues; // guarded by the map

    RecordDecoder(ArchiveReader reader) {
        this.reader = reader;
    }

    /** A group and what is in it; nothing if it does not decode. */
    private record Group(RecordGroup group, int @Nullable [][] records) {
        long values() {
            long values = group.size();
            for (int[] record : records == null ? new int[0][] : records) {
                values += record.length;
            }
            return values;
        }
    }

    /**
     * Decodes records.
     *
     * @param by on the threads that may be used
     * @param progress receives how many are done; called from any thread
     */
    List<DecodedItem> decode(RecordCoder by, int from, int to, IntConsumer progress) throws IOException {
        Map<Long, Group> groups = new LinkedHashMap<>();
        Map<Long, DamagedException> damaged = new LinkedHashMap<>();
        for (int k = from; k < to; k++) {
            RecordPlace place;
            try {
                place = reader.place(k);
            } catch (DamagedException e) {
                continue; // It is lost, see below.
            }
            if (place.learnt() >= 0 || groups.containsKey(place.group()) || damaged.containsKey(place.group())) {
                continue;
            }
            Group known = kept.get(place.group());
            try {
                groups.put(place.group(), known != null ? known : new Group(reader.group(k), null));
            } catch (DamagedException e) {
                damaged.put(place.group(), e);
            }
        }
        fill(by, groups, progress);
        List<DecodedItem> all = new ArrayList<>();
        for (int k = from; k < to; k++) {
            all.add(item(by, k, groups, damaged));
        }
        progress.accept(to - from);
        return all;
    }

    private void fill(RecordCoder by, Map<Long, Group> groups, IntConsumer progress) {
        List<Map.Entry<Long, Group>> coded = groups.entrySet().stream()
                .filter(entry -> entry.getValue().records == null && entry.getValue().group.stream() != null)
                .toList();
        List<Optional<int[][]>> decoded =
                by.decode(coded.stream().map(entry -> entry.getValue().group).toList(), progress);
        for (int i = 0; i < coded.size(); i++) {
            Group group =
                    new Group(coded.get(i).getValue().group, decoded.get(i).orElse(null));
            coded.get(i).setValue(group);
            if (group.records != null) {
                keep(coded.get(i).getKey(), group);
            }
        }
    }

    /** Keeps a group for readers of the records next to it. */
    private void keep(long place, Group group) {
        long values = group.values();
        if (values > MOST_KEPT / 4) {
            return;
        }
        synchronized (kept) {
            keptValues += kept.put(place, group) == null ? values : 0;
            while (keptValues > MOST_KEPT) {
                Map.Entry<Long, Group> oldest = kept.entrySet().iterator().next();
                keptValues -= oldest.getValue().values();
                kept.remove(oldest.getKey());
            }
        }
    }

    private DecodedItem item(RecordCoder by, int k, Map<Long, Group> groups, Map<Long, DamagedException> damaged)
            throws IOException {
        RecordPlace place;
        try {
            place = reader.place(k);
        } catch (DamagedException e) {
            return DecodedItem.damaged(e);
        }
        if (place.learnt() >= 0) {
            return place.learnt() < by.learntCount()
                    ? DecodedItem.of(Item.of(by.learnt(place.learnt()).clone()))
                    : damaged(k, "the model contains no item " + place.learnt());
        }
        Group group = groups.get(place.group());
        if (group == null) {
            DamagedException e = Objects.requireNonNull(damaged.get(place.group()));
            return DecodedItem.damaged(new DamagedException(e.file(), k, e.offset(), e.reason(), e.readable()));
        }
        int[][] records = group.group.values() != null ? group.group.values() : group.records;
        return records == null
                ? damaged(k, "its group of " + group.group.size() + " does not decode to what matches its check")
                : DecodedItem.of(
                        new Item("", records[place.slot()].clone(), group.group.sides()[place.slot()].clone()));
    }

    private DecodedItem damaged(int k, String why) throws IOException {
        return DecodedItem.damaged(reader.damage(k, DamagedException.inStream(0, why)));
    }
}
