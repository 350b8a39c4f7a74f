package dev.ardm.coding.internal.write;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.SegmentHeader;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.FileIdentity;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.coding.internal.file.PositionalFile;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.FooterChain;
import dev.ardm.coding.internal.read.TableIndex;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds items to an existing archive without writing it anew. Items count after {@link #commit}: all of them,
 * or none after a crash. Existing content is never touched. Readers may have the archive open; they see
 * what was committed when they opened it (see {@link ArchiveReader#openCommitted}). One appender at a time has an archive open, see {@link AppendLock}; what has its name
 * when it was replaced meanwhile is left alone. Takes the same memory for any number of items. For use by one thread.
 */
public final class ArchiveAppender extends ItemOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    /** The last byte that a lock can cover: some systems keep readers out of locked bytes, and no reader needs this one. */
    private static final long LOCK_AT = Long.MAX_VALUE - 1;

    private final Path path;
    private final AppendLock lock;
    private final boolean ownsLock;
    private final FileIdentity identity;
    private final FileChannel channel;
    private final PositionalFile file;
    private final byte[] base;
    /** The tables of continuations that a new one may cover, the last one first. */
    private final Deque<SegmentTable> tables;

    private final OutputStream out;
    private final long cutOff;
    private long end;
    private int size;
    private int partItems;
    private @Nullable SegmentWriter segment;
    private boolean failed;
    private boolean closed;
    private @Nullable Thread atExit;

    private ArchiveAppender(
            Path path,
            AppendLock lock,
            boolean ownsLock,
            FileIdentity identity,
            FileChannel channel,
            PositionalFile file,
            ArchiveHeader header,
            TableIndex index,
            long cutOff)
            throws IOException {
        super(header);
        this.path = path;
        this.lock = lock;
        this.ownsLock = ownsLock;
        this.identity = identity;
        this.channel = channel;
        this.file = file;
        this.base = header.encode();
        this.cutOff = cutOff;
        this.size = index.size();
        this.end = file.size();
        this.tables = new ArrayDeque<>();
        for (long tableEnd : index.ends()) {
            SegmentTable table = SegmentTable.read(file, Footer.read(file, tableEnd), tableEnd);
            if (table.begin() >= index.lastPartAt()) {
                partItems += (int) table.items();
                keep(table);
            }
        }
        channel.position(end);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /**
     * Opens an archive to add items to it; if it is several concatenated archives, to the last one. An append that was
     * not finished, by somebody who did not give the lock back, is cut off.
     *
     * @throws ArchiveException if it is none, or it is damaged rather than not finished
     * @throws IOException if it cannot be written, or something else appends to it
     */
    public static ArchiveAppender open(Path path) throws IOException {
        AppendLock lock = AppendLock.acquire(path);
        try {
            return open(path, lock, true);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens an archive whose lock the caller holds.
     *
     * @param held by the caller, as long as the appender is open
     */
    public static ArchiveAppender open(Path path, AppendLock held) throws IOException {
        return open(path, held, false);
    }

    private static ArchiveAppender open(Path path, AppendLock lock, boolean ownsLock) throws IOException {
        lock.requireOf(path);
        FileIdentity identity = FileIdentity.of(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        PositionalFile file = null;
        try {
            lock(path, channel);
            file = new PositionalFile(path, path.toString());
            requireSame(path, identity);
            long end = FooterChain.committedEnd(file);
            long cutOff = channel.size() - end;
            if (end > 0) {
                if (cutOff > 0 && !lock.unfinished()) {
                    throw new DamagedException(
                            file.name(),
                            -1,
                            end,
                            "no append left what follows the last commit (bytes: " + cutOff + ")",
                            "their items can still be read: open it for recovery");
                }
                file.endAt(end);
            }
            TableIndex index = TableIndex.read(file);
            ArchiveHeader header = SegmentHeader.read(file, index.lastPartAt()).full();
            if (header == null) {
                throw new DamagedException(
                        file.name(),
                        -1,
                        index.lastPartAt(),
                        "header: a continuation, not the beginning of an archive",
                        "");
            }
            channel.truncate(end); // Only when it is known that all before is whole.
            lock.finished();
            return new ArchiveAppender(path, lock, ownsLock, identity, channel, file, header, index, cutOff);
        } catch (IOException | RuntimeException e) {
            if (file != null) {
                file.close();
            }
            channel.close();
            throw e;
        }
    }

    /** Keeps others out who know the file by another hard link, as far as a lock on the file itself does. */
    private static void lock(Path path, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock(LOCK_AT, 1, false) != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another appender of this process.
        }
        throw AppendLock.taken(path);
    }

    private static void requireSame(Path path, FileIdentity identity) throws IOException {
        if (!identity.holds()) {
            throw new IOException(path + ": another program replaced or removed it; nothing was added");
        }
    }

    /**
     * Refuses to continue when something else has the archive's name.
     *
     * @throws IOException if that is so, or nothing has it
     */
    public void requireSame() throws IOException {
        requireSame(path, identity);
    }

    /** How many bytes of an append that was not finished were cut off on opening; 0 if there was none. */
    public long cutOff() {
        return cutOff;
    }

    /**
     * If the JVM ends before this is closed (Ctrl-C included), uncommitted items are discarded: the file is as it was at the
     * last commit. For programs that may end without closing it.
     */
    public synchronized void discardAtExit() {
        Thread hook = new Thread(this::closeAtExit, "ardm-unfinished-append");
        atExit = hook;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            closeAtExit(); // It is ending already.
        }
    }

    private void closeAtExit() {
        try {
            close();
        } catch (IOException e) {
            // An unfinished append remains; the next appender cuts it off.
        }
    }

    @Override
    public synchronized int size() {
        return size + (segment == null ? 0 : segment.items());
    }

    @Override
    synchronized void put(IOConsumer<SegmentWriter> items) throws IOException {
        requireUsable();
        if (size() >= Integer.MAX_VALUE - ArchiveFormat.MAX_FRAME_ITEMS) {
            throw new IOException(path + ": cannot hold more than " + size() + " items");
        }
        try {
            if (segment == null) {
                lock.begin(path);
                out.write(SegmentHeader.continuation(header().arithmeticVersion()));
                segment = new SegmentWriter(path, out, header(), partItems);
            }
            items.accept(segment);
        } catch (IOException e) {
            failed = true;
            throw AtomicFile.named(path, e);
        }
    }

    private void requireUsable() throws IOException {
        if (closed && atExit != null) {
            throw AppendLock.interrupted(path);
        }
        if (closed) {
            throw new IllegalStateException("the archive is closed");
        }
        if (failed) {
            throw new IOException(path + ": nothing more can be added, because an earlier write failed");
        }
    }

    /**
     * Makes the added items part of the archive and forces them to the disk. Does nothing without items.
     *
     * @throws IOException if that fails; the archive is as it was at the last commit then
     */
    @Override
    public synchronized void commit() throws IOException {
        requireUsable();
        SegmentWriter added = segment;
        if (added == null) {
            return;
        }
        failed = true;
        try {
            requireSame();
            added.endFrame();
            byte[] copy = added.wantsHeaderCopy() ? base : null;
            Deque<SegmentTable> covered = covered(added, copy);
            SegmentTable first = covered.peekFirst();
            long begin = first == null ? end : first.begin();
            long items = covered.stream().mapToLong(SegmentTable::items).sum() + added.items();
            long tableLength = table(covered, added).write(out, copy);
            out.flush();
            channel.force(true);
            long newEnd = end + SegmentHeader.CONTINUATION_BYTES + added.frameBytes() + tableLength + Footer.BYTES;
            Footer footer = new Footer(tableLength, newEnd - begin, items);
            out.write(footer.encode());
            out.flush();
            channel.force(true);
            for (int k = 0; k < covered.size(); k++) {
                tables.pop();
            }
            requireSame();
            lock.finished();
            file.endAt(newEnd);
            end = newEnd;
            size += added.items();
            partItems += added.items();
            segment = null;
            failed = false;
            remember(footer);
            added.close();
        } catch (IOException e) {
            throw AtomicFile.named(path, e);
        }
    }

    /** Reads the table that was committed. It is committed even if that fails, and only not covered by a later one. */
    private void remember(Footer footer) {
        try {
            keep(SegmentTable.read(file, footer, end));
        } catch (IOException e) {
            tables.clear();
        }
    }

    /** Remembers a table that a new one may cover: that of continuations. */
    private void keep(SegmentTable table) throws IOException {
        boolean continuation = SegmentHeader.read(file, table.begin()).full() == null;
        boolean likeNew = table.shortTag() != null == header().layout().records();
        if (!continuation || !likeNew || table.frames() == 0 || file.read(table.entriesAt(), 1)[0] != 0) {
            tables.clear(); // The table cannot cover the segments before any more.
        } else {
            tables.push(table);
        }
    }

    /**
     * The tables that the next one covers, in the order of the file. Each table is kept at least twice as long as the next, so
     * there are few, and each entry is copied few times.
     */
    private Deque<SegmentTable> covered(SegmentWriter added, byte @Nullable [] copy) {
        Deque<SegmentTable> covered = new ArrayDeque<>();
        for (SegmentTable table : tables) {
            if (table.length() >= 2 * table(covered, added).length(copy)) {
                break;
            }
            covered.addFirst(table);
        }
        return covered;
    }

    private TableWriter table(Deque<SegmentTable> covered, SegmentWriter added) {
        TableWriter writer = added.table();
        long gap = 0;
        List<SegmentTable> inOrder = new ArrayList<>(covered);
        for (SegmentTable table : inOrder) {
            long from = table.entriesAt() + 1; // Behind the first gap, which is 0.
            writer.add(gap, table.frames(), table.entriesEnd() - from, to -> copy(from, table.entriesEnd(), to));
            gap = table.length() + Footer.BYTES + SegmentHeader.CONTINUATION_BYTES;
        }
        added.addTo(writer, gap);
        return writer;
    }

    private void copy(long from, long to, OutputStream target) throws IOException {
        byte[] window = new byte[(int) Math.min(BUFFER_BYTES, to - from)];
        for (long at = from; at < to; at += window.length) {
            int length = (int) Math.min(window.length, to - at);
            file.read(at, window, length);
            target.write(window, 0, length);
        }
    }

    /** Discards the items added since the last commit and releases the lock. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        removeHook();
        try (AppendLock ended = ownsLock ? lock : null;
                channel;
                file) {
            if (segment != null) {
                segment.close();
                if (channel.isOpen()) {
                    channel.truncate(end);
                    lock.finished();
                }
            }
        }
    }

    private void removeHook() {
        Thread hook = atExit;
        if (hook == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            atExit = null;
        } catch (IllegalStateException e) {
            // The JVM is ending, and this is the hook or what it waits for.
        }
    }
}
