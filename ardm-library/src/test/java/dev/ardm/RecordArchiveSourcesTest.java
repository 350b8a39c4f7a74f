package dev.ardm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.WrongModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives and models from everywhere, and what is read of them. */
class RecordArchiveSourcesTest {
    private static final RecordType<String> TEXT = RecordType.text();
    private static final List<String> LINES = LibraryArgumentsTest.lines();

    @TempDir
    Path dir;

    private Path file;
    private RecordModel<String> model;

    @BeforeEach
    void write() throws IOException {
        model = Ardm.train(LINES, TEXT).to(dir.resolve("model.safetensors"));
        file = dir.resolve("lines.ardm");
        RecordArchive.write(file, model, LINES);
    }

    private static void assertHasAll(RecordArchive<String> archive) throws IOException {
        assertThat(archive.size()).isEqualTo(LINES.size());
        assertThat(archive.get(41)).isEqualTo(LINES.get(41));
        assertThat(archive.getAll(7, 3, 4, 5, 99, 7))
                .containsExactly(LINES.get(7), LINES.get(3), LINES.get(4), LINES.get(5), LINES.get(99), LINES.get(7));
        assertThat(archive.stream()).containsExactlyElementsOf(LINES);
        List<String> iterated = new ArrayList<>();
        archive.forEach(iterated::add);
        assertThat(iterated).isEqualTo(LINES);
        assertThat(archive.get("no such name")).isEmpty();
        assertThat(IntStream.range(0, LINES.size()).parallel().mapToObj(k -> {
                    try {
                        return archive.get(k);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .containsExactlyElementsOf(LINES);
    }

    private record InMemory(byte[] bytes) implements RangedSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            int count = (int) Math.min(Math.min(100, target.remaining()), bytes.length - position);
            if (count <= 0) {
                return -1;
            }
            target.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public void close() {}
    }

    @Test
    void archivesComeFromEverywhere() throws IOException {
        ModelResolver none = id -> Optional.empty();
        try (RecordArchive<String> archive = RecordArchive.open(file, TEXT)) {
            assertHasAll(archive);
            assertThat(archive.model().id()).isEqualTo(model.id());
        }
        try (RecordArchive<String> archive = RecordArchive.open(file, model)) {
            assertHasAll(archive);
        }
        try (RecordArchive<String> archive = RecordArchive.open(Files.newByteChannel(file), TEXT, none)) {
            assertHasAll(archive);
        }
        try (RecordArchive<String> archive = RecordArchive.open(new InMemory(Files.readAllBytes(file)), TEXT, none)) {
            assertHasAll(archive);
        }
    }

    @Test
    void modelsComeFromFilesAndStreams() throws IOException {
        byte[] bytes = Files.readAllBytes(dir.resolve("model.safetensors"));
        byte[] coded = model.codec().encode("line 9 of all");
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            RecordModel<String> read = RecordModel.open(in, TEXT);
            assertThat(read.id()).isEqualTo(model.id());
            assertThat(read.codec().decode(coded)).isEqualTo("line 9 of all");
        }
        RecordModel<String> read = RecordModel.open(dir.resolve("model.safetensors"), TEXT);
        assertThat(read.codec().decode(coded)).isEqualTo("line 9 of all");
        assertThat(read.bits("line 9 of all")).isLessThan(read.bits("something else"));
        assertThat(read.sample(5, 3)).hasSize(5).isEqualTo(read.sample(5, 3));
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        RecordModel<String> other = Ardm.train(LINES.subList(0, 50), TEXT).run();
        assertThatThrownBy(() -> RecordArchive.open(file, other)).isInstanceOf(WrongModelException.class);
        byte[] coded = model.codec().encode("line 9 of all");
        assertThatThrownBy(() -> other.codec().decode(coded)).isInstanceOf(WrongModelException.class);
    }

    @Test
    void damageIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(dir.resolve("cut.ardm"), Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(() -> RecordArchive.open(cut, TEXT))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("cut.ardm");
        byte[] coded = model.codec().encode("line 9 of all");
        coded[coded.length - 1] ^= 4;
        assertThatThrownBy(() -> model.codec().decode(coded)).isInstanceOf(DamagedException.class);
    }
}
