package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the frames that recovery found, whose places are all in memory. */
final class RecoveredIndex implements ArchiveIndex {
    private final PositionalFile file;
    private final ArchiveHeader first;
    private final List<Place> places = new ArrayList<>();
    private final Map<String, EmbeddedModel> models = new LinkedHashMap<>();
    private final Set<String> modelIds = new LinkedHashSet<>();
    private ArchiveHeader lastHeader;
    private int size;
    private int parts;
    private boolean uniform = true;
    private volatile @Nullable Frame last;

    /** A frame and the number of its first item in the archive. */
    private record Place(ArchiveHeader header, RecoveredPart.Found found, int firstItem) {}

    RecoveredIndex(PositionalFile file, ArchiveHeader first) {
        this.file = file;
        this.first = first;
        this.lastHeader = first;
    }

    /** Puts a part with frames in order after the previous ones. */
    void add(ArchiveHeader header, RecoveredPart part, Findings findings) {
        lastHeader = header;
        parts++;
        String modelId = HexFormat.of().formatHex(header.modelId());
        modelIds.add(modelId);
        RecoveredPart.FoundModel model = part.model;
        if (model != null) {
            models.putIfAbsent(modelId, new EmbeddedModel(modelId, model.offset(), model.length(), model.checksum()));
        }
        int end = 0;
        List<Place> added = new ArrayList<>();
        for (RecoveredPart.Found found : part.frames) {
            if (found.records() != header.layout().records()) {
                findings.lost(found.count(), "the frame at byte " + found.at() + " has items of another layout");
                continue;
            }
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
    public int parts() {
        return parts;
    }

    @Override
    public int tables() {
        return 0;
    }

    @Override
    public boolean uniform() {
        return uniform;
    }

    @Override
    public ArchiveHeader lastHeader() {
        return lastHeader;
    }

    @Override
    public Set<String> modelIds() {
        return Collections.unmodifiableSet(modelIds);
    }

    @Override
    public Collection<EmbeddedModel> models() {
        return Collections.unmodifiableCollection(models.values());
    }

    @Override
    public int nextPresent(int item) {
        int at = indexOf(item);
        return at == places.size() ? size : Math.max(item, places.get(at).firstItem);
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

    /** Where the first frame is that ends after an item. */
    private int indexOf(int item) {
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
        return low;
    }

    private Frame find(int item) throws IOException {
        Place place = places.get(indexOf(item)); // The last item is in a frame, so there is one.
        if (item < place.firstItem) {
            throw new DamagedException(file.name(), item, -1, "the frame that it was in is lost", "");
        }
        long headAt = place.found.headAt();
        FrameHead head = FrameHead.parse(
                file.name(),
                headAt,
                place.found.made() != null ? place.found.made() : file.read(headAt, place.found.headLength()));
        FrameItems items = FrameItems.parse(file.name(), headAt, head);
        return new Frame(place.header, place.firstItem, place.found.at(), head, items, null);
    }
}
