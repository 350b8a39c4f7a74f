package dev.ardm.core.store;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.internal.file.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A segment of the journal of an archive: the entries from one number on. A file next to the archive, called as it with {@code .journal-} and that
 * number. Its bytes: {@code ARDMJRNL}, a version of four bytes, four zeros, the first number of eight bytes, the low ones first; then the
 * entries.
 */
final class Journal implements Closeable {
    private static final byte[] MAGIC = "ARDMJRNL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 24;
    private static final String NAME = ".journal-";

    private final Path file;
    private final long first;
    private final FileChannel channel;
    private long next;
    private long size;

    private Journal(Path file, long first, FileChannel channel) {
        this.file = file;
        this.first = first;
        this.next = first;
        this.channel = channel;
        this.size = HEAD_BYTES;
    }

    /** Begins a segment; it is there for good when this returns. */
    static Journal create(Path archive, long first) throws IOException {
        Path file = archive.resolveSibling(archive.getFileName() + NAME + first);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            head.put(MAGIC).putInt(VERSION).putInt(0).putLong(first).flip();
            while (head.hasRemaining()) {
                channel.write(head);
            }
            channel.force(true);
            AtomicFile.forceFolder(file);
            return new Journal(file, first, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Writes an entry of the {@link #next} number, which is durable after {@link #force}. */
    void append(byte[] entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(entry);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        size += entry.length;
        next++;
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** The number of the first entry. */
    long first() {
        return first;
    }

    /** The number after the last entry. */
    long next() {
        return next;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /** Deletes the file, all entries of which are elsewhere now. */
    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The segments next to an archive, in the order of their numbers. */
    static List<Path> of(Path archive) throws IOException {
        String start = archive.getFileName() + NAME;
        Path folder = archive.toAbsolutePath().getParent();
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                folder, path -> number(path.getFileName().toString(), start) >= 0)) {
            all.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        files.sort((a, b) -> Long.compare(
                number(a.getFileName().toString(), start), number(b.getFileName().toString(), start)));
        return files;
    }

    private static long number(String name, String start) {
        String digits = name.startsWith(start) ? name.substring(start.length()) : "";
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    /**
     * The entries of a segment up to where a write was cut off.
     *
     * @throws DamagedException if it is something else, or an entry is damaged that was complete
     */
    static List<JournalEntry> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<JournalEntry> entries = new ArrayList<>();
        if (bytes.length < HEAD_BYTES) {
            return entries; // It was just begun, so nothing was promised.
        }
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        int version = in.getInt();
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new DamagedException(file.toString(), -1, 0, "it is no journal of a store", "");
        }
        if (version != VERSION) {
            throw new NewerVersionException(file.toString(), "version " + version + " of journals of stores");
        }
        in.getInt();
        long number = in.getLong();
        while (in.hasRemaining()) {
            int at = in.position();
            Optional<JournalEntry> entry = JournalEntry.read(in, number);
            if (entry.isEmpty()) {
                if (continues(in, number + 1)) {
                    throw new DamagedException(
                            file.toString(), (int) number, at, "an entry of the journal is damaged", "");
                }
                return entries;
            }
            entries.add(entry.get());
            number++;
        }
        return entries;
    }

    /** Whether an entry of a number follows the one here, as far as that says how long it is. */
    private static boolean continues(ByteBuffer in, long number) {
        int length = JournalEntry.length(in);
        if (length < 0 || length > in.remaining() - JournalEntry.HEAD_BYTES) {
            return false;
        }
        ByteBuffer rest = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        rest.position(in.position() + JournalEntry.HEAD_BYTES + length);
        return JournalEntry.read(rest, number).isPresent();
    }
}
