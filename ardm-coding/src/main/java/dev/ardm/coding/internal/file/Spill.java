package dev.ardm.coding.internal.file;

import dev.ardm.coding.internal.bytes.ByteSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes that are written now and read later: up to {@value #IN_MEMORY} in memory, more of them in a {@link ScratchFile}. */
public final class Spill implements Closeable {
    private static final int IN_MEMORY = 1 << 18;

    private final Path target;
    private final ByteSink memory = new ByteSink();
    private @Nullable FileChannel file;
    private long spilled;

    /** An empty one, whose file will be next to the target. */
    public Spill(Path target) {
        this.target = target;
    }

    /** All bytes so far. */
    public long size() {
        return spilled + memory.size();
    }

    public void add(ByteSink record) throws IOException {
        if (memory.size() + record.size() > IN_MEMORY) {
            spill();
        }
        memory.bytes(record.toByteArray());
    }

    private void spill() throws IOException {
        FileChannel channel = file;
        if (channel == null) {
            channel = ScratchFile.open(target);
            file = channel;
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(memory.toByteArray());
            while (buffer.hasRemaining()) {
                spilled += channel.write(buffer, spilled);
            }
        } catch (IOException e) {
            throw AtomicFile.named(target, e);
        }
        memory.clear();
    }

    /** Writes all bytes in order. */
    public void writeTo(OutputStream out) throws IOException {
        if (file != null) {
            ByteBuffer buffer = ByteBuffer.allocate(IN_MEMORY);
            for (long at = 0; at < spilled; at += buffer.position()) {
                buffer.clear().limit((int) Math.min(IN_MEMORY, spilled - at));
                if (file.read(buffer, at) < 0) {
                    throw new IOException(target + ": cannot be written: a temporary file became shorter");
                }
                out.write(buffer.array(), 0, buffer.position());
            }
        }
        out.write(memory.toByteArray());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
