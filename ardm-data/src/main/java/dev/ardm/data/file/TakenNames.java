package dev.ardm.data.file;

import dev.ardm.coding.internal.file.ScratchFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A set of names that takes no memory, however many there are: a hash table in a scratch file. A name is known by 128 bits of
 * its SHA-256, so a name that is not there is taken for one that is with a negligible probability; to
 * bring that about on purpose takes 2^64 hashes, and gains only a name that is refused. For use by one thread.
 */
public final class TakenNames implements Closeable {
    private static final int SLOT_BYTES = 16;

    private final Path target;
    private final FileChannel file;
    private final MessageDigest digest;
    private final ByteBuffer wanted = ByteBuffer.allocate(SLOT_BYTES);
    private final ByteBuffer found = ByteBuffer.allocate(SLOT_BYTES);
    private final long slots;
    private final int most;
    private int count;

    private TakenNames(Path target, FileChannel file, MessageDigest digest, int most) {
        this.target = target;
        this.file = file;
        this.digest = digest;
        this.most = most;
        this.slots = Long.highestOneBit(Math.max(32L, most)) << 2; // at most half of them are filled
    }

    /**
     * An empty set.
     *
     * @param target the file being written; the scratch file is next to it
     * @param most the most names
     * @throws IOException if the scratch file cannot be created
     */
    public static TakenNames nextTo(Path target, int most) throws IOException {
        try {
            return new TakenNames(target, ScratchFile.open(target), MessageDigest.getInstance("SHA-256"), most);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Adds a name.
     *
     * @return false if it was there already
     * @throws IllegalStateException if there are more names than announced
     */
    public boolean add(String name) throws IOException {
        byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
        hash[0] |= 1; // A slot of zeros is free.
        wanted.clear().put(hash, 0, SLOT_BYTES).flip();
        try {
            for (long slot = wanted.getLong(8) & slots - 1; ; slot = slot + 1 & slots - 1) {
                if (isFree(slot)) {
                    if (count == most) {
                        throw new IllegalStateException("more than " + most + " names");
                    }
                    put(slot);
                    count++;
                    return true;
                }
                if (found.equals(wanted)) {
                    return false;
                }
            }
        } catch (IOException e) {
            throw new IOException(target + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** Reads a slot. */
    private boolean isFree(long slot) throws IOException {
        found.clear();
        while (found.hasRemaining()) {
            if (file.read(found, slot * SLOT_BYTES + found.position()) < 0) {
                return true; // Behind the last one that was written.
            }
        }
        found.flip();
        return found.get(0) == 0;
    }

    private void put(long slot) throws IOException {
        wanted.rewind();
        while (wanted.hasRemaining()) {
            file.write(wanted, slot * SLOT_BYTES + wanted.position());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
