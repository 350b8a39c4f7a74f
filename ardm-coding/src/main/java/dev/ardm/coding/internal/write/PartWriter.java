package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.Footer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes a part of an archive in one segment: a full header, frames, a table and a footer. */
final class PartWriter implements Closeable {
    private final OutputStream out;
    private final byte[] headerBytes;
    private final SegmentWriter segment;
    private final RecordCopy records;

    /**
     * Begins a part.
     *
     * @param target of the archive; scratch files are next to it
     */
    PartWriter(Path target, OutputStream out, ArchiveHeader header) throws IOException {
        this.out = out;
        this.headerBytes = header.encode();
        this.segment = new SegmentWriter(target, out, header, 0);
        this.records = new RecordCopy(segment);
        out.write(headerBytes);
    }

    SegmentWriter segment() {
        return segment;
    }

    /** Takes records of other archives. */
    RecordCopy records() {
        return records;
    }

    /** Ends the part. */
    void end() throws IOException {
        records.end();
        segment.endFrame();
        TableWriter table = segment.table();
        segment.addTo(table, 0);
        long length = table.write(out, segment.wantsHeaderCopy() ? headerBytes : null);
        long reach = headerBytes.length + segment.frameBytes() + length + Footer.BYTES;
        out.write(new Footer(length, reach, segment.items()).encode());
        segment.close();
    }

    /** Gives up what waits on the disk. */
    @Override
    public void close() throws IOException {
        segment.close();
    }
}
