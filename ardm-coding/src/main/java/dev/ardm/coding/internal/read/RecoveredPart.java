package dev.ardm.coding.internal.read;

import dev.ardm.coding.format.ArchiveHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recovered content of a part of an archive: its header, if it is known, and frames of items. */
final class RecoveredPart {
    final int tag;

    @Nullable
    ArchiveHeader header;

    /** The first model that it holds. */
    @Nullable
    FoundModel model;

    final List<Found> frames = new ArrayList<>();

    /** Where the items of the frames end, by the first. */
    private final NavigableMap<Integer, Integer> ends = new TreeMap<>();

    RecoveredPart(int tag, @Nullable ArchiveHeader header) {
        this.tag = tag;
        this.header = header;
    }

    /**
     * A frame of items that was found.
     *
     * @param at where it begins, or should
     * @param headAt where its head, or a copy of it, can be read
     * @param headLength of the head in bytes
     * @param first the number of its first item in the part
     * @param count how many items it has
     * @param records whether they are records
     * @param made the bytes of its head, if they can be read nowhere
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
    record Found(long at, long headAt, int headLength, int first, int count, boolean records, byte @Nullable [] made) {
        int end() {
            return first + count;
        }
    }

    /** Where the bytes of an embedded model are. */
    record FoundModel(long offset, long length, int checksum) {}

    /** Puts the frames in order. Of two with the same items the one that was found first stays. */
    void putInOrder(Findings findings) {
        frames.sort(Comparator.comparingInt(Found::first)); // stable
        List<Found> kept = new ArrayList<>();
        int covered = 0;
        for (Found found : frames) {
            if (found.first < covered) {
                findings.add("the frame at byte " + found.at + " has items that another already has");
            } else {
                kept.add(found);
                covered = found.end();
            }
        }
        frames.clear();
        frames.addAll(kept);
    }

    /** Whether the first item of a frame is in one that was found. */
    boolean covers(Found other) {
        Map.Entry<Integer, Integer> before = ends.floorEntry(other.first);
        return before != null && before.getValue() > other.first;
    }

    void add(Found found) {
        frames.add(found);
        ends.merge(found.first, found.end(), Math::max);
    }
}
