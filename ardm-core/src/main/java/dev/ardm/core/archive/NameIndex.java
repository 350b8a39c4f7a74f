package dev.ardm.core.archive;

import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds items of an archive by name. Keeps 8 bytes for each item that has a name: 32 bits of a hash of it above the item's
 * number, sorted, so that a binary search finds the candidates in order; their names are read again to
 * compare. The hash is a part of SHA-256, so that an attacker cannot make an archive whose names collide. Immutable.
 */
final class NameIndex {
    private static final int FIRST_KEYS = 1 << 16;

    private final ArchiveReader reader;
    private final long[] hashesAndNumbers;

    private NameIndex(ArchiveReader reader, long[] hashesAndNumbers) {
        this.reader = reader;
        this.hashesAndNumbers = hashesAndNumbers;
    }

    /** Reads all names of an archive. */
    static NameIndex build(ArchiveReader reader) throws IOException {
        MessageDigest digest = sha256();
        long[] keys = new long[Math.min(reader.size(), FIRST_KEYS)];
        int count = 0;
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(k + 1)) {
            String name = reader.name(k).orElse("");
            if (!name.isEmpty()) {
                if (count == keys.length) { // Of a damaged archive, most of the items may be lost.
                    keys = Arrays.copyOf(keys, (int) Math.min(reader.size(), 2L * count));
                }
                keys[count++] = hash(digest, name) | k;
            }
        }
        if (count < keys.length) {
            keys = Arrays.copyOf(keys, count);
        }
        Arrays.sort(keys);
        return new NameIndex(reader, keys);
    }

    /** The first item with a name. */
    OptionalInt find(String name) throws IOException {
        return all(name, 1).findFirst();
    }

    /** The items with a name, in ascending order. */
    IntStream findAll(String name) throws IOException {
        return all(name, Integer.MAX_VALUE);
    }

    private IntStream all(String name, int most) throws IOException {
        IntStream.Builder numbers = IntStream.builder();
        int count = 0;
        long hash = hash(sha256(), name);
        int found = Arrays.binarySearch(hashesAndNumbers, hash);
        for (int at = found >= 0 ? found : -found - 1; at < hashesAndNumbers.length && count < most; at++) {
            int number = (int) hashesAndNumbers[at];
            if ((hashesAndNumbers[at] ^ hash) >>> 32 != 0) {
                break;
            }
            if (reader.name(number).filter(name::equals).isPresent()) {
                numbers.add(number);
                count++;
            }
        }
        return numbers.build();
    }

    /** The hash in the upper 32 bits; the lower ones are 0. */
    private static long hash(MessageDigest digest, String name) {
        byte[] bytes = digest.digest(name.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            hash = hash << 8 | bytes[i] & 0xFF;
        }
        return hash << 32;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
