package dev.ardm.data.file;

import dev.ardm.coding.internal.file.ScratchFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Files of a folder in a scratch file, in sorted runs that are merged when they are read. There are never more than
 * {@value #MOST_RUNS} of them: before that they are merged into one, in a new scratch file.
 */
final class SortedRuns implements Closeable {
    private static final int MOST_RUNS = 64;
    private static final int BUFFER = 1 << 13;

    private final Path folder;
    private final Path target;
    private final List<Range> runs = new ArrayList<>();
    private FileChannel file;

    /** Bytes of the scratch file. */
    private record Range(long from, long to) {}

    /**
     * None yet.
     *
     * @param target what is being written; the scratch file is next to it
     */
    SortedRuns(Path folder, Path target) throws IOException {
        this.folder = folder;
        this.target = target;
        this.file = ScratchFile.open(target);
    }

    /** Adds files that are in order among themselves. */
    void add(List<FileList.Entry> sorted) throws IOException {
        if (runs.size() == MOST_RUNS) {
            FileChannel merged = ScratchFile.open(target);
            Range all;
            try {
                all = write(merged, cursor());
            } catch (IOException | RuntimeException e) {
                merged.close();
                throw e;
            }
            file.close();
            file = merged;
            runs.clear();
            runs.add(all);
        }
        var entries = sorted.iterator();
        runs.add(write(file, () -> entries.hasNext() ? entries.next() : null));
    }

    private Range write(FileChannel to, FileList.Cursor files) throws IOException {
        try {
            long from = to.position();
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(to), BUFFER));
            for (FileList.Entry entry = files.next(); entry != null; entry = files.next()) {
                out.writeUTF(entry.name());
                out.writeUTF(address(entry));
            }
            out.flush();
            return new Range(from, to.position());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Where a file is if its name does not show it: names may have bytes that are not characters. Empty if it does. */
    private String address(FileList.Entry entry) {
        try {
            if (folder.resolve(entry.name()).equals(entry.path())) {
                return "";
            }
        } catch (InvalidPathException e) {
            // The name has characters that the system's encoding has not.
        }
        return entry.path().toUri().toString();
    }

    /** Goes through all files in order. */
    FileList.Cursor cursor() throws IOException {
        PriorityQueue<Run> heads =
                new PriorityQueue<>(Comparator.comparing(run -> run.head().name()));
        for (Range range : runs) {
            Run run = new Run(range);
            if (run.advance()) {
                heads.add(run);
            }
        }
        return () -> {
            Run first = heads.poll();
            if (first == null) {
                return null;
            }
            FileList.Entry entry = first.head();
            if (first.advance()) {
                heads.add(first);
            }
            return entry;
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private IOException failed(IOException e) {
        return new IOException(target + ": cannot be written: " + e.getMessage(), e);
    }

    /** The rest of a run. */
    private final class Run {
        private final Slice slice;
        private final DataInputStream in;
        private FileList.@Nullable Entry head;

        Run(Range range) {
            this.slice = new Slice(file, range);
            this.in = new DataInputStream(new BufferedInputStream(slice, BUFFER));
        }

        FileList.Entry head() {
            if (head == null) {
                throw new IllegalStateException("the run is at its end");
            }
            return head;
        }

        boolean advance() throws IOException {
            try {
                if (slice.at == slice.end && in.available() == 0) {
                    head = null;
                    return false;
                }
                String name = in.readUTF();
                String address = in.readUTF();
                head = new FileList.Entry(
                        address.isEmpty() ? folder.resolve(name) : Path.of(URI.create(address)), name);
                return true;
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** Some bytes of a file, whose position is left alone. */
    private static final class Slice extends InputStream {
        private final FileChannel file;
        private final long end;
        private long at;

        Slice(FileChannel file, Range range) {
            this.file = file;
            this.at = range.from();
            this.end = range.to();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int most = (int) Math.min(length, end - at);
            if (most == 0) {
                return length == 0 ? 0 : -1;
            }
            int got = file.read(ByteBuffer.wrap(bytes, offset, most), at);
            at += Math.max(got, 0);
            return got;
        }
    }
}
