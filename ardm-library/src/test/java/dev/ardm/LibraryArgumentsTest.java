package dev.ardm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ardm.coding.error.NotAnArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What public methods say of arguments that cannot be. */
class LibraryArgumentsTest {
    private static final RecordType<String> TEXT = RecordType.text();
    private static final ModelResolver NONE = id -> Optional.empty();

    @TempDir
    Path dir;

    static List<String> lines() {
        return IntStream.range(0, 100)
                .mapToObj(k -> "line " + k * k % 37 + " of all")
                .toList();
    }

    private static RecordModel<String> model() throws IOException {
        return Ardm.train(lines(), TEXT).run();
    }

    private static boolean isRefused(Throwable thrown) {
        return thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException;
    }

    private static void assertEachRefused(ThrowingCallable... calls) {
        assertThat(IntStream.range(0, calls.length).filter(k -> !isRefused(catchThrowable(calls[k]))))
                .as("calls that are not refused")
                .isEmpty();
    }

    @Test
    void nullIsRefused() throws IOException {
        RecordModel<String> model = model();
        Path file = dir.resolve("lines.ardm");
        RecordArchive.write(file, model, lines());
        try (RecordArchive<String> archive = RecordArchive.open(file, model)) {
            assertEachRefused(
                    () -> Ardm.train(null, TEXT),
                    () -> Ardm.train(lines(), null),
                    () -> RecordType.rows((String[]) null),
                    () -> RecordType.rows("a", null),
                    () -> RecordType.maps((String[]) null),
                    () -> RecordType.records(null),
                    () -> RecordType.arrays(2, false, (int[]) null),
                    () -> RecordModel.open((Path) null, TEXT),
                    () -> RecordModel.open((InputStream) null, TEXT),
                    () -> RecordModel.open(file, null),
                    () -> RecordArchive.open((Path) null, TEXT),
                    () -> RecordArchive.open(file, (RecordType<String>) null),
                    () -> RecordArchive.open(file, (RecordModel<String>) null),
                    () -> RecordArchive.open(file, TEXT, null),
                    () -> RecordArchive.open((RangedSource) null, TEXT, NONE),
                    () -> RecordArchive.open((SeekableByteChannel) null, TEXT, NONE),
                    () -> RecordArchive.write(null, model, lines()),
                    () -> RecordArchive.write(dir.resolve("new"), null, lines()),
                    () -> RecordArchive.write(dir.resolve("new"), model, null),
                    () -> RecordArchive.write(dir.resolve("new"), model, Arrays.asList("a", null)),
                    () -> archive.get(null),
                    () -> archive.getAll((long[]) null),
                    () -> model.codec().encode(null),
                    () -> model.codec().decode(null),
                    () -> model.bits((String) null),
                    () -> model.save(null),
                    () -> Ardm.train(lines(), TEXT).network(null),
                    () -> Ardm.train(lines(), TEXT).preset(null),
                    () -> Ardm.train(lines(), TEXT).folder(null),
                    () -> Ardm.train(lines(), TEXT).progress(null));
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() throws IOException {
        RecordModel<String> model = model();
        assertEachRefused(
                () -> RecordType.arrays(0, false, 3),
                () -> RecordType.arrays(2, false),
                () -> RecordType.arrays(2, false, 0),
                () -> RecordType.rows(),
                () -> RecordType.maps("a", "a"),
                () -> model.sample(0, 1),
                () -> model.on(0),
                () -> Ardm.train(lines(), TEXT).minutes(0),
                () -> Ardm.train(lines(), TEXT).minutes(Double.NaN),
                () -> Ardm.train(lines(), TEXT).steps(0),
                () -> Ardm.train(lines(), TEXT).threads(0),
                () -> Ardm.train(lines(), TEXT).forRecords(0),
                () -> Ardm.train(lines(), TEXT).modelBytes(1));
        Path file = dir.resolve("lines.ardm");
        RecordArchive.write(file, model, lines());
        try (RecordArchive<String> archive = RecordArchive.open(file, TEXT)) {
            for (long number : new long[] {-1, 100, Long.MAX_VALUE, 1L << 32}) {
                assertThatThrownBy(() -> archive.get(number)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> archive.getAll(0, number)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    /** A file in the place of another is named as what it is. */
    @Test
    void wrongFilesAreNamed() throws IOException {
        RecordModel<String> model = model();
        Path archive = dir.resolve("lines.ardm");
        RecordArchive.write(archive, model, lines());
        Path file = dir.resolve("model.safetensors");
        model.save(file);
        Path text = Files.writeString(dir.resolve("notes.txt"), "not a model");
        Path empty = Files.createFile(dir.resolve("empty"));
        assertThatThrownBy(() -> RecordModel.open(archive, TEXT)).hasMessageContaining("it is an ardm archive");
        assertThatThrownBy(() -> RecordModel.open(text, TEXT)).hasMessageContaining("it is text");
        assertThatThrownBy(() -> RecordModel.open(empty, TEXT)).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> RecordModel.open(new ByteArrayInputStream(new byte[0]), TEXT))
                .hasMessageContaining("it is empty");
        assertThatThrownBy(() -> RecordArchive.open(file, TEXT))
                .isInstanceOf(NotAnArchiveException.class)
                .hasMessageContaining("it is a safetensors file, as models are");
        assertThatThrownBy(() -> RecordArchive.open(text, TEXT)).hasMessageContaining("it is text");
        assertThatThrownBy(() -> RecordArchive.open(empty, TEXT)).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> RecordModel.open(file, RecordType.rows("a"))).hasMessageContaining("rows of a");
        assertThatThrownBy(() -> RecordArchive.open(archive, RecordType.pngs())).hasMessageContaining("PNG files");
    }

    @Test
    void thereHasToBeSomethingToLearnFrom() {
        assertThatThrownBy(() -> Ardm.train(List.of(), TEXT).run()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ardm.train(Arrays.asList("a", null), TEXT).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record 1 is null");
    }
}
