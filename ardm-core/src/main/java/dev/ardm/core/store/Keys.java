package dev.ardm.core.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which number is the newest of each key, and which say that a key is gone. Not safe for use by several threads. */
final class Keys {
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<Long> deletions = new HashSet<>();
    private long next;

    /** The keys of an archive. */
    static Keys of(Snapshot snapshot, long size) throws IOException {
        Keys keys = new Keys();
        for (long number = 0; number < size; number++) {
            Optional<String> name = snapshot.name(number);
            String key = name.orElse("");
            boolean deleted = key.startsWith(JournaledStore.DELETED);
            keys.take(number, deleted ? key.substring(JournaledStore.DELETED.length()) : key, deleted);
        }
        return keys;
    }

    /** The next item. @param key empty if it has none */
    void take(long number, String key, boolean deleted) {
        if (deleted) {
            deletions.add(number);
            newest.remove(key);
        } else if (!key.isEmpty()) {
            newest.put(key, number);
        }
        next = number + 1;
    }

    void committed(long upTo) {
        next = Math.max(next, upTo);
    }

    /** The number after the last item. */
    long next() {
        return next;
    }

    OptionalLong find(String key) {
        Long number = newest.get(key);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    boolean isDeletion(long number) {
        return deletions.contains(number);
    }
}
