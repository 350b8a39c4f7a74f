package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NotAnArchiveException;
import dev.ardm.coding.internal.file.ChannelBytes;
import dev.ardm.coding.internal.file.RangedBytes;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are read from something other than a file. */
class RangedArchiveTest {
    private static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(2);
    private static final List<int[]> ITEMS = TinyModels.items(SPACE, 40, 7);

    @TempDir
    Path dir;

    private Path file;
    private byte[] bytes;

    @BeforeEach
    void write() throws IOException {
        file = dir.resolve("items.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, MODEL.plan(2))) {
            for (int[] item : ITEMS) {
                writer.add(item);
            }
            writer.commit();
        }
        bytes = Files.readAllBytes(file);
    }

    /** An object of a store that answers with few bytes at a time. */
    private static class InMemory implements RangedBytes {
        final byte[] content;
        final AtomicInteger closed = new AtomicInteger();

        InMemory(byte[] content) {
            this.content = content;
        }

        @Override
        public long size() throws IOException {
            return content.length;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            int count = (int) Math.min(Math.min(7, target.remaining()), content.length - position);
            if (count <= 0) {
                return -1;
            }
            target.put(content, (int) position, count);
            return count;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static void assertHasAll(ItemArchive archive) throws IOException {
        assertThat(archive.size()).isEqualTo(ITEMS.size());
        assertThat(archive.get(0, ITEMS.size()).toArray()).isEqualTo(ITEMS.toArray());
        List<int[]> got = IntStream.range(0, ITEMS.size())
                .parallel()
                .mapToObj(k -> {
                    try {
                        return archive.get(k);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        assertThat(got.toArray()).isEqualTo(ITEMS.toArray());
    }

    @Test
    void readsThroughAChannelAndFromRanges() throws IOException {
        try (ItemArchive archive = ItemArchive.open(new ChannelBytes(Files.newByteChannel(file)), MODEL)) {
            assertHasAll(archive);
        }
        InMemory memory = new InMemory(bytes);
        try (ItemArchive archive = ItemArchive.open(memory, MODEL)) {
            assertHasAll(archive);
            assertThat(memory.closed).hasValue(0);
        }
        assertThat(memory.closed).hasValue(1);
    }

    @Test
    void aChannelIsClosedWithTheArchive() throws IOException {
        var channel = Files.newByteChannel(file);
        ItemArchive archive = ItemArchive.open(new ChannelBytes(channel), MODEL);
        archive.close();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(() -> archive.get(0)).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void whatIsNoArchiveIsNamedAndClosed() {
        InMemory text = new InMemory("not an archive".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ItemArchive.open(text, MODEL))
                .isInstanceOf(NotAnArchiveException.class)
                .hasMessage("the archive: not an ardm file: it is text");
        assertThat(text.closed).hasValue(1);
        InMemory cut = new InMemory(Arrays.copyOf(bytes, bytes.length - 9));
        assertThatThrownBy(() -> ItemArchive.open(cut, MODEL)).isInstanceOf(DamagedException.class);
        assertThat(cut.closed).hasValue(1);
    }

    @Test
    void sourcesThatBreakTheirPromiseAreRefused() {
        RangedBytes lazy = new InMemory(bytes) {
            @Override
            public int read(long position, ByteBuffer target) {
                return 0;
            }
        };
        assertThatThrownBy(() -> ItemArchive.open(lazy, MODEL)).hasMessageContaining("it has to read at least one");
        RangedBytes boasting = new InMemory(bytes) {
            @Override
            public int read(long position, ByteBuffer target) {
                return target.remaining();
            }
        };
        assertThatThrownBy(() -> ItemArchive.open(boasting, MODEL)).hasMessageContaining("moved the position");
        RangedBytes shrinking = new InMemory(bytes) {
            @Override
            public long size() {
                return content.length + 100L;
            }
        };
        assertThatThrownBy(() -> ItemArchive.open(shrinking, MODEL))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("truncated");
        InMemory broken = new InMemory(bytes) {
            @Override
            public long size() throws IOException {
                throw new IOException("no such object");
            }
        };
        assertThatThrownBy(() -> ItemArchive.open(broken, MODEL)).hasMessage("no such object");
        assertThat(broken.closed).hasValue(1);
    }
}
