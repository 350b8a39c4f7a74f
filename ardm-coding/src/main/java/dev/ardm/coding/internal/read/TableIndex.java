package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.SegmentHeader;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames by the tables of an archive. All of these are read and checked on opening, but only the places of a bounded
 * number of frames are kept; the others are found again from there.
 */
public final class TableIndex implements ArchiveIndex {
    private static final int OPENING_WINDOW = 1 << 16;
    private static final int FINDING_WINDOW = 1 << 13;

    private final PositionalFile file;
    /** Where the footer of each table ends, from the beginning of the file. */
    private final long[] ends;
    /** Where the base header of each table is. */
    private final long[] headers;

    private final FramePlaces places = new FramePlaces();
    private int size;
    private boolean uniform = true;
    private final Map<String, EmbeddedModel> models = new LinkedHashMap<>();
    private final Set<String> modelIds = new LinkedHashSet<>();
    private String modelId = "";
    private boolean partHasModel;
    private boolean partHasRecords;
    private @Nullable ArchiveHeader first;
    private final RecentFrames recent = new RecentFrames();
    private volatile @Nullable Part lastPart;

    /** A header, and where it is. */
    private record Part(long at, ArchiveHeader header) {}

    private TableIndex(PositionalFile file, long[] ends) {
        this.file = file;
        this.ends = ends;
        this.headers = new long[ends.length];
    }

    /** Reads and checks all tables of a file. */
    public static TableIndex read(PositionalFile file) throws IOException {
        SegmentHeader start = SegmentHeader.read(file, 0); // Reports first what is not an archive.
        if (start.full() == null) {
            throw new DamagedException(
                    file.name(), -1, 0, "header: a continuation, not the beginning of an archive", "");
        }
        TableIndex index = new TableIndex(file, FooterChain.ends(file, file.size()));
        index.readTables();
        return index;
    }

    private void readTables() throws IOException {
        int partItems = 0;
        int tag = 0;
        for (int t = 0; t < ends.length; t++) {
            SegmentTable table = SegmentTable.check(file, ends[t]);
            SegmentHeader header = SegmentHeader.read(file, table.begin());
            ArchiveHeader full = header.full();
            if (full != null) {
                headers[t] = table.begin();
                partItems = 0;
                partHasModel = false;
                partHasRecords = full.layout().records();
                int newTag = full.tag();
                uniform &= t == 0 || newTag == tag;
                tag = newTag;
                modelId = HexFormat.of().formatHex(full.modelId());
                modelIds.add(modelId);
                first = first == null ? full : first;
            } else {
                headers[t] = headers[t - 1];
                if (header.arithmeticVersion() != part(headers[t]).arithmeticVersion()) {
                    throw new DamagedException(
                            file.name(), -1, table.begin(), "header: another arithmetic version than its archive", "");
                }
            }
            int items = readTable(t, table, table.begin() + header.length(), full != null, tag, partItems);
            partItems += items;
            size += items;
        }
    }

    private int readTable(int t, SegmentTable table, long framesAt, boolean base, int tag, int partItems)
            throws IOException {
        FrameWalk walk = new FrameWalk(file, table, table.entriesAt(), framesAt, OPENING_WINDOW);
        long frames = 0;
        int items = 0;
        while (walk.hasNext()) {
            FramePlace place = new FramePlace(t, walk.entryAt(), walk.before(), size + items);
            FrameHead head = walk.next();
            long gap = walk.at() - place.before();
            require(
                    gap == 0 || !base && gap >= SegmentTable.LEAST_GAP,
                    table,
                    gap + " bytes before the frame at " + walk.at() + ", which belong to nothing");
            require(head.tag() == tag, table, "a frame belongs to another header");
            if (head.holdsItems()) {
                require(head.holdsRecords() == partHasRecords, table, "a frame of items of another layout");
                FrameItems content = walk.items();
                require(
                        content.first() == partItems + items,
                        table,
                        "a frame begins with item " + content.first() + " of its archive, not " + (partItems + items));
                require(
                        content.count() <= Integer.MAX_VALUE - size - items,
                        table,
                        "more than " + Integer.MAX_VALUE + " items");
                places.add(place);
                items += content.count();
            } else if (head.type() == FrameHead.MODEL) {
                require(!partHasModel, table, "a second model of one archive");
                require(partItems + items == 0, table, "a model after items of its archive");
                partHasModel = true;
                models.putIfAbsent(
                        modelId,
                        new EmbeddedModel(
                                modelId, walk.at() + head.bytes().length, head.payloadLength(), head.payloadSum()));
            }
            frames++;
        }
        require(frames == table.frames(), table, frames + " frames, not " + table.frames());
        require(items == table.items(), table, items + " items, not " + table.items());
        require(walk.before() == table.at(), table, "the frames end at " + walk.before() + ", not where it begins");
        return items;
    }

    private void require(boolean holds, SegmentTable table, String otherwise) throws DamagedException {
        if (!holds) {
            throw new DamagedException(file.name(), -1, table.at(), "table: " + otherwise, "");
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ArchiveHeader header() {
        if (first == null) {
            throw new IllegalStateException("no tables were read");
        }
        return first;
    }

    @Override
    public int parts() {
        return (int) Arrays.stream(headers).distinct().count();
    }

    @Override
    public int tables() {
        return ends.length;
    }

    @Override
    public boolean uniform() {
        return uniform;
    }

    @Override
    public ArchiveHeader lastHeader() throws IOException {
        return part(lastPartAt());
    }

    @Override
    public Set<String> modelIds() {
        return Collections.unmodifiableSet(modelIds);
    }

    @Override
    public Collection<EmbeddedModel> models() {
        return Collections.unmodifiableCollection(models.values());
    }

    /** The tables, from the beginning of the file. */
    public long[] ends() {
        return ends.clone();
    }

    /** Where the last part of the file begins. */
    public long lastPartAt() {
        return headers[headers.length - 1];
    }

    private ArchiveHeader part(long at) throws IOException {
        Part known = lastPart;
        if (known == null || known.at != at) {
            ArchiveHeader full = SegmentHeader.read(file, at).full();
            if (full == null) {
                throw changed(at);
            }
            known = new Part(at, full);
            lastPart = known;
        }
        return known.header;
    }

    @Override
    public Frame frame(int item) throws IOException {
        Frame frame = recent.find(item);
        if (frame != null) {
            return frame;
        }
        FramePlace place = places.before(item);
        Frame last = recent.last();
        FramePlace behind = last == null ? null : last.next();
        if (behind != null && behind.firstItem() <= item && behind.firstItem() > place.firstItem()) {
            place = behind;
        }
        frame = find(place, item);
        recent.add(frame);
        return frame;
    }

    private Frame find(FramePlace from, int item) throws IOException {
        FramePlace place = from;
        while (true) {
            SegmentTable table = SegmentTable.read(file, Footer.read(file, ends[place.table()]), ends[place.table()]);
            FrameWalk walk = new FrameWalk(file, table, place.entryAt(), place.before(), FINDING_WINDOW);
            int firstItem = place.firstItem();
            while (walk.hasNext()) {
                FrameHead head = walk.next();
                if (!head.holdsItems()) {
                    continue;
                }
                FrameItems items = walk.items();
                if (item - firstItem < items.count()) {
                    FramePlace next =
                            new FramePlace(place.table(), walk.entryAt(), walk.before(), firstItem + items.count());
                    return new Frame(part(headers[place.table()]), firstItem, walk.at(), head, items, next);
                }
                firstItem += items.count();
            }
            place = begin(place.table() + 1, firstItem);
        }
    }

    private FramePlace begin(int t, int firstItem) throws IOException {
        if (t == ends.length) {
            throw changed(ends[t - 1]);
        }
        SegmentTable table = SegmentTable.read(file, Footer.read(file, ends[t]), ends[t]);
        long framesAt = table.begin() + SegmentHeader.read(file, table.begin()).length();
        return new FramePlace(t, table.entriesAt(), framesAt, firstItem);
    }

    private DamagedException changed(long at) {
        return new DamagedException(file.name(), -1, at, "table: it was changed while the archive was open", "");
    }
}
