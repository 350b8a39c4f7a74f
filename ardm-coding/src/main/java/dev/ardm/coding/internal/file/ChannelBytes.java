package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/**
 * The bytes of a channel, for one thread at a time. The interrupt of a thread that reads closes channels of files for all threads.
 *
 * @param channel nothing else moves its position; closed with this
 */
public record ChannelBytes(SeekableByteChannel channel) implements RangedBytes {
    /** Refuses null. */
    public ChannelBytes {
        Objects.requireNonNull(channel, "channel");
    }

    @Override
    public long size() throws IOException {
        synchronized (channel) {
            return channel.size();
        }
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        synchronized (channel) {
            return channel.position(position).read(target);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
