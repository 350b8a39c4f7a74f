package dev.ardm.coding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the frames that recovery found, whose places are all in memory. */
final class RecoveredIndex implements ArchiveIndex {
    private final PositionalFile file;
    private final ArchiveHeader first;
    private final List<Place> places = new ArrayList<>();
    private final @Nullable EmbeddedModel model;
    private int size;
    private boolean uniform = true;
    private volatile @Nullable Frame last;

    /** A frame and the number of its first item in the archive. */
    private record Place(ArchiveHeader header, RecoveredPart.Found found, int firstItem) {}

    RecoveredIndex(PositionalFile file, ArchiveHeader first, @Nullable EmbeddedModel model) {
        this.file = file;
        this.first = first;
        this.model = model;
    }

    /** Puts a part with frames in order behind those before. */
    void add(ArchiveHeader header, RecoveredPart part, Findings findings) {
        int end = 0;
        List<Place> added = new ArrayList<>();
        for (RecoveredPart.Found found : part.frames) {
            if (found.end() > Integer.MAX_VALUE - size) {
                findings.lost(found.count(), "there are more than " + Integer.MAX_VALUE + " items");
                continue;
            }
            if (found.first() > end) {
                findings.lost(
                        found.first() - end,
                        "items " + (size + end) + " to " + (size + found.first() - 1) + " are lost");
            }
            added.add(new Place(header, found, size + found.first()));
            end = found.end();
        }
        places.addAll(added);
        size += end;
        uniform &= part.tag == first.tag();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ArchiveHeader header() {
        return first;
    }

    @Override
    public boolean uniform() {
        return uniform;
    }

    @Override
    public Optional<EmbeddedModel> model() {
        return Optional.ofNullable(model);
    }

    @Override
    public Frame frame(int item) throws IOException {
        Frame frame = last;
        if (frame == null || !frame.holds(item)) {
            frame = find(item);
            last = frame;
        }
        return frame;
    }

    private Frame find(int item) throws IOException {
        int low = 0;
        int high = places.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Place place = places.get(middle);
            if (place.firstItem + place.found.count() <= item) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Place place = places.get(low); // The last item is in a frame, so there is one.
        if (item < place.firstItem) {
            throw new DamagedException(file.name(), item, -1, "the frame that it was in is lost", "");
        }
        long headAt = place.found.headAt();
        FrameHead head = FrameHead.parse(file.name(), headAt, file.read(headAt, place.found.headLength()));
        FrameItems items = FrameItems.parse(file.name(), headAt, head);
        return new Frame(place.header, place.firstItem, place.found.at(), head, items, null);
    }
}
