package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.SegmentHeader;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scans a damaged archive from its beginning for intact parts. Takes some bytes of memory for each frame.
 * For the order of the search see docs/format.md, Malformed input.
 */
final class Recovery {
    private final PositionalFile file;
    private final Findings findings = new Findings();
    private final Set<RecoveredPart> parts = new LinkedHashSet<>();
    /** The first part with each tag. A search of all parts would be slow in a file that consists of headers. */
    private final Map<Integer, RecoveredPart> byTag = new HashMap<>();

    private final List<RecoveredTable> tables = new ArrayList<>();
    private @Nullable RecoveredPart current;
    /** End of the bytes whose meaning is known. */
    private long explained;

    /** A table that is whole, and the part it is in. */
    private record RecoveredTable(
            SegmentTable table, @Nullable RecoveredPart part) {}

    /**
     * The readable content.
     *
     * @param index null if that is nothing
     */
    record Result(@Nullable RecoveredIndex index, DamageReport report) {}

    private Recovery(PositionalFile file) {
        this.file = file;
    }

    static Result scan(PositionalFile file) throws IOException {
        Recovery recovery = new Recovery(file);
        recovery.run();
        return recovery.result();
    }

    private void run() throws IOException {
        SyncSearch search = new SyncSearch(file);
        long at = search.next(0);
        while (at < file.size()) {
            long next = found(at);
            at = search.next(next > at ? next : at + 1);
        }
        explain(file.size());
        if (!ends()) {
            findings.add("the archive does not end with a footer: it is truncated, or an append is unfinished");
            findings.moreMayBeLost();
        }
        for (RecoveredTable table : tables) {
            addFromTable(table);
        }
    }

    private boolean ends() throws IOException {
        try {
            Footer.read(file, file.size());
            return true;
        } catch (ArchiveException e) {
            return !tables.isEmpty() && tables.get(tables.size() - 1).table.end() >= file.size();
        }
    }

    /** Takes the part that begins at a place. Returns its end, or the place itself if nothing begins there. */
    private long found(long at) throws IOException {
        try {
            byte start = file.read(at, 4)[3];
            return start == 'F' ? frame(at) : start == 'T' ? table(at) : header(at);
        } catch (ArchiveException e) {
            return at; // Something that only begins alike, or that is not whole.
        }
    }

    private void explain(long to) {
        if (to > explained) {
            findings.add("bytes " + explained + " to " + (to - 1) + " are damaged");
        }
    }

    private long header(long at) throws IOException {
        SegmentHeader header = SegmentHeader.read(file, at);
        explain(at);
        explained = at + header.length();
        begin(header);
        return explained;
    }

    private void begin(SegmentHeader header) {
        ArchiveHeader full = header.full();
        if (full != null) {
            RecoveredPart part = new RecoveredPart(full.tag(), full);
            RecoveredPart waiting = byTag.get(part.tag);
            if (waiting != null && waiting.header == null) {
                waiting.frames.forEach(part::add);
                part.model = waiting.model;
                parts.remove(waiting);
                byTag.remove(part.tag);
            }
            add(part);
            current = part;
        }
    }

    private void add(RecoveredPart part) {
        parts.add(part);
        byTag.putIfAbsent(part.tag, part);
    }

    private long frame(long at) throws IOException {
        ByteCursor cursor = new ByteCursor(file.name(), "frame", at, file.read(at, FrameHead.LENGTH_AT + 4), 8);
        cursor.skip(FrameHead.LENGTH_AT);
        int length = FrameHead.length(cursor);
        FrameHead head = FrameHead.parse(file.name(), at, file.read(at, length));
        FrameItems items = head.holdsItems() ? FrameItems.parse(file.name(), at, head) : null;
        if (at > explained && !repairHeader(at, head.tag())) {
            explain(at);
        }
        long payloadAt = at + length;
        boolean whole = head.payloadLength() <= file.size() - payloadAt;
        long end = whole ? payloadAt + head.payloadLength() : file.size();
        boolean intact = whole && (int) SegmentTable.checksum(file, payloadAt, end) == head.payloadSum();
        explained = Math.max(explained, end);
        if (!intact) {
            findings.add("the frame at byte " + at + (whole ? " does not match its checksum" : " is truncated"));
        }
        if (items != null) {
            part(head.tag())
                    .add(new RecoveredPart.Found(
                            at, at, length, items.first(), items.count(), head.holdsRecords(), null));
        } else if (head.type() == FrameHead.MODEL && part(head.tag()).model == null) {
            part(head.tag()).model = new RecoveredPart.FoundModel(payloadAt, head.payloadLength(), head.payloadSum());
        }
        return intact ? end : payloadAt;
    }

    /** Tries to read the bytes before a frame as a header with one wrong byte. */
    private boolean repairHeader(long to, int tag) throws IOException {
        if (to - explained > HeaderRepair.MOST_BYTES) {
            return false;
        }
        byte[] bytes = HeaderRepair.repaired(file.read(explained, (int) (to - explained)));
        if (bytes == null) {
            return false;
        }
        try {
            SegmentHeader header = SegmentHeader.parse(file.name(), explained, bytes);
            ArchiveHeader full = header.full();
            if (full != null && full.tag() != tag) {
                return false;
            }
            findings.add("the header at byte " + explained + " had a wrong byte, which was corrected");
            begin(header);
            return true;
        } catch (ArchiveException e) {
            return false;
        }
    }

    private RecoveredPart part(int tag) {
        if (current != null && current.tag == tag) {
            return current;
        }
        RecoveredPart first = byTag.get(tag);
        if (first != null) {
            return first;
        }
        RecoveredPart part = new RecoveredPart(tag, null);
        add(part);
        return part;
    }

    private long table(long at) throws IOException {
        byte[] start = file.read(at, SegmentTable.LEAST_BYTES);
        ByteCursor cursor = new ByteCursor(file.name(), "table", at, start, start.length);
        cursor.skip(SegmentTable.sync().length);
        long length = cursor.number(8);
        if (length < SegmentTable.LEAST_BYTES
                || length > file.size() - at
                || !SegmentTable.checksumHolds(file, at, length)) {
            return at;
        }
        long end = at + length + Footer.BYTES;
        SegmentTable table = SegmentTable.read(file, new Footer(length, 0, 0), end);
        explain(at);
        tables.add(new RecoveredTable(table, current));
        if (footerHolds(end, length)) {
            explained = end;
            return end;
        }
        findings.add("the footer at byte " + (at + length) + " is damaged or not there");
        explained = Math.min(end, file.size());
        return at + length;
    }

    private boolean footerHolds(long end, long tableLength) throws IOException {
        try {
            return end <= file.size() && Footer.read(file, end).tableLength() == tableLength;
        } catch (ArchiveException e) {
            return false;
        }
    }

    /** Adds the frames that are only in the table. Takes the header from it if it was not found. */
    private void addFromTable(RecoveredTable recovered) throws IOException {
        SegmentTable table = recovered.table;
        try {
            long framesAt = table.at() - length(table);
            FrameWalk walk = new FrameWalk(file, table, table.entriesAt(), Math.max(0, framesAt), 1 << 16);
            while (walk.hasNext()) {
                FrameHead head = walk.next();
                RecoveredPart part =
                        recovered.part != null && recovered.part.tag == head.tag() ? recovered.part : part(head.tag());
                if (part.header == null && table.copyLength() > 0) {
                    takeCopy(part, table);
                }
                if (head.holdsItems()) {
                    FrameItems items = walk.items();
                    long headAt = Math.max(0, walk.entryAt() - head.bytes().length);
                    RecoveredPart.Found found = new RecoveredPart.Found(
                            walk.at(),
                            headAt,
                            head.bytes().length,
                            items.first(),
                            items.count(),
                            head.holdsRecords(),
                            walk.madeHead());
                    if (!part.covers(found)) {
                        findings.add("the head of the frame at byte " + walk.at() + " is damaged; its copy is used");
                        part.add(found);
                    }
                }
            }
        } catch (ArchiveException e) {
            findings.add(String.valueOf(e.getMessage()));
        }
    }

    private long length(SegmentTable table) throws IOException {
        FrameWalk walk = new FrameWalk(file, table, table.entriesAt(), 0, 1 << 16);
        while (walk.hasNext()) {
            walk.next();
        }
        return walk.before();
    }

    private void takeCopy(RecoveredPart part, SegmentTable table) throws IOException {
        byte[] copy = file.read(table.copyAt(), table.copyLength());
        ArchiveHeader header =
                SegmentHeader.parse(file.name(), table.copyAt(), copy).full();
        if (header != null && header.tag() == part.tag) {
            part.header = header;
            findings.add("a header is damaged; its copy at byte " + table.copyAt() + " is used");
        }
    }

    private Result result() {
        ArchiveHeader first = null;
        for (RecoveredPart part : parts) {
            first = first == null ? part.header : first;
        }
        RecoveredIndex index = first == null ? null : new RecoveredIndex(file, first);
        for (RecoveredPart part : parts) {
            part.putInOrder(findings);
            ArchiveHeader header = part.header;
            if (index != null && header != null) {
                index.add(header, part, findings);
            } else {
                long items = part.frames.stream()
                        .mapToLong(RecoveredPart.Found::count)
                        .sum();
                findings.lost(items, items + " items are lost, because their header is damaged");
            }
        }
        return new Result(index, findings.report());
    }
}
