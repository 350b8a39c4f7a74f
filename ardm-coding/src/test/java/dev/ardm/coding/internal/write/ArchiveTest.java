package dev.ardm.coding.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.FramePlace;
import dev.ardm.coding.internal.read.FramePlaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {
    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("digits.ardm");
    }

    @ParameterizedTest
    @CsvSource({
        "0,false",
        "1,false",
        "1,true",
        "2,true",
        "15,true",
        "16,true",
        "17,true",
        "300,false",
        "1024,true",
        "1025,true"
    })
    void itemsAndNamesComeBack(int items, boolean names) throws IOException {
        byte[] bytes = Archives.write(path(), items, names);
        assertThat(Archives.write(folder.resolve("again"), items, names)).isEqualTo(bytes);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            assertThat(reader.size()).isEqualTo(items);
            for (int k = items - 1; k >= 0; k--) {
                assertThat(reader.entry(k).stored()).isEqualTo(Archives.isStored(k));
                assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                assertThat(reader.name(k).orElse("")).isEqualTo(names ? Archives.name(k) : "");
                assertThat(reader.blockDamaged(k)).isFalse();
            }
            assertThat(reader.verify()).isEmpty();
            ArchiveHeader header = reader.header();
            assertThat(header.arithmeticVersion()).isEqualTo(3);
            assertThat(header.modelId()).isEqualTo(Archives.modelId(1));
            assertThat(header.extents()).containsExactly(2, 3);
            assertThat(header.categories()).containsExactly(5, 256, 1);
            assertThat(header.values()).isEqualTo(6);
            assertThat(header.scale()).isEqualTo(1);
            assertThat(header.plan()).containsExactly(9, 8, 7);
            if (items > 3) {
                assertThat(reader.item(0).values()).isNull();
                assertThat(reader.item(3).stream()).isNull();
            }
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> reader.entry(items));
        }
    }

    /** Names may begin late, and are found from any other. */
    @Test
    void namesAreReadInAnyOrder() throws IOException {
        int items = 197;
        String[] names = new String[items];
        try (ArchiveWriter writer = ArchiveWriter.create(path(), Archives.header(), false)) {
            for (int k = 0; k < items; k++) {
                names[k] = k < 70 || k % 7 == 0 ? "" : k == 90 ? "ä".repeat(2048) : "name-" + k * k;
                writer.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)), ItemLabel.named(names[k]));
            }
            writer.commit();
        }
        Random random = new Random(6);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            for (int k = 0; k < items; k++) {
                assertThat(reader.name(k).orElse("")).isEqualTo(names[k]);
            }
            for (int n = 0; n < 2000; n++) {
                int k = random.nextInt(items);
                assertThat(reader.name(k).orElse("")).isEqualTo(names[k]);
                int j = random.nextInt(items);
                assertThat(reader.item(j).values()).isEqualTo(Archives.item(j));
            }
        }
    }

    @Test
    void placesOfAnyNumberOfFramesAreBounded() {
        FramePlaces places = new FramePlaces();
        int frames = 5 * FramePlaces.MOST;
        for (int k = 0; k < frames; k++) {
            places.add(new FramePlace(k % 7, 3L * k, 5L * k, 10 * k));
            assertThat(places.size()).isLessThanOrEqualTo(FramePlaces.MOST);
        }
        assertThat(places.size()).isGreaterThan(FramePlaces.MOST / 2);
        for (int item = 0; item < 10 * frames; item += 37) {
            FramePlace place = places.before(item);
            assertThat(item - place.firstItem()).isBetween(0, 10 * 8 - 1);
            int k = place.firstItem() / 10;
            assertThat(place).isEqualTo(new FramePlace(k % 7, 3L * k, 5L * k, 10 * k));
        }
    }

    /** What was checked on opening is checked again when it is read again. */
    @Test
    void anIndexThatChangesLaterIsDamage() throws IOException {
        byte[] bytes = Archives.write(path(), 200, true);
        int table = Archives.tableAt(bytes);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            bytes[table + 60] += 2;
            Files.write(path(), bytes);
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> reader.entry(70))
                    .withMessageContaining("digits.ardm: damaged")
                    .withMessageContaining("head of a frame");
        }
    }

    @Test
    void everySpaceCanBeStored() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 60; round++) {
            int channels = 1 + random.nextInt(4);
            int[] categories = random.ints(channels, 1, 2 << random.nextInt(24))
                    .map(k -> Math.min(k, ArchiveFormat.MAX_CATEGORIES))
                    .toArray();
            int[] extents = {1 + random.nextInt(9), 1 + random.nextInt(9), channels};
            ArchiveHeader header = new ArchiveHeader(0, Archives.modelId(round), extents, categories, 0, new byte[0]);
            List<int[]> items = new ArrayList<>();
            try (ArchiveWriter writer = ArchiveWriter.create(path(), header, true)) {
                for (int k = 0; k < 5; k++) {
                    int[] item = new int[header.values()];
                    for (int i = 0; i < item.length; i++) {
                        item[i] = k == 0 ? categories[i % channels] - 1 : random.nextInt(categories[i % channels]);
                    }
                    items.add(item);
                    writer.add(ArchivedItem.stored(new byte[0], new int[0], item), ItemLabel.NONE);
                }
                writer.commit();
            }
            try (ArchiveReader reader = ArchiveReader.open(path())) {
                for (int k = 0; k < 5; k++) {
                    assertThat(reader.item(k).values()).isEqualTo(items.get(k));
                }
            }
        }
    }

    @Test
    void damageIsFoundInItsBlock() throws IOException {
        Random random = new Random(2);
        List<byte[]> streams = new ArrayList<>();
        try (ArchiveWriter writer = ArchiveWriter.create(path(), Archives.header(), false)) {
            for (int k = 0; k < 50; k++) {
                byte[] stream = new byte[k == 7 ? 3 * ArchiveFormat.FRAME_BYTES : 1 + random.nextInt(20_000)];
                random.nextBytes(stream);
                streams.add(stream);
                writer.add(stream, ItemLabel.NONE);
            }
            writer.commit();
        }
        byte[] bytes = Files.readAllBytes(path());
        ArchiveReader.Entry last;
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            for (int k = 0; k < 50; k++) {
                assertThat(reader.item(k).stream()).isEqualTo(streams.get(k));
            }
            last = reader.entry(49);
        }
        bytes[(int) last.offset() + last.length() - 1] ^= 1;
        Files.write(path(), bytes);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            assertThat(reader.verify()).contains(49).doesNotContain(0, 7);
            assertThat(reader.blockDamaged(49)).isTrue();
            assertThat(reader.blockDamaged(7)).isFalse();
        }
    }

    @Test
    void theWrongModelIsNamed() throws IOException {
        Archives.write(path(), 1, false);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            reader.header().requireModel(Archives.modelId(1));
            assertThatExceptionOfType(WrongModelException.class)
                    .isThrownBy(() -> reader.header().requireModel(Archives.modelId(2)))
                    .withMessageContaining("digits.ardm: wrong model")
                    .withMessageContaining("01080f161d24")
                    .withMessageContaining("020910171e25");
            reader.header().requireArithmetic(3);
            assertThatExceptionOfType(NewerVersionException.class)
                    .isThrownBy(() -> reader.header().requireArithmetic(2));
        }
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        Files.writeString(path(), "precious");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ArchiveWriter.create(path(), Archives.header(), false))
                .withMessageContaining("digits.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(path(), Archives.header(), true)) {
            writer.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(1)), ItemLabel.NONE);
            assertThat(path()).hasContent("precious");
        }
        assertThat(path()).hasContent("precious");
        assertThat(folder).isDirectoryNotContaining(p -> !p.equals(path()));
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(path(), Archives.header(), false)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> writer.add(ArchivedItem.stored(new byte[0], new int[0], new int[5]), ItemLabel.NONE));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(
                            ArchivedItem.stored(new byte[0], new int[0], new int[] {5, 0, 0, 0, 0, 0}),
                            ItemLabel.NONE));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(
                            ArchivedItem.stored(new byte[0], new int[0], new int[] {0, 0, 0, 0, -1, 0}),
                            ItemLabel.NONE));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.add(new byte[0], ItemLabel.NONE));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.add(new byte[1], ItemLabel.named("\ud800")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(new byte[1], ItemLabel.named("n".repeat(5000))));
            writer.commit();
            assertThatIllegalStateException().isThrownBy(() -> writer.add(new byte[1], ItemLabel.NONE));
            assertThatIllegalStateException().isThrownBy(writer::commit);
        }
        byte[] id = Archives.modelId(0);
        byte[] none = {};
        int[] one = {1};
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveHeader(0, new byte[31], one, one, 0, none));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveHeader(0, id, new int[0], one, 0, none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveHeader(0, id, new int[] {5000, 5000}, one, 0, none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveHeader(0, id, new int[] {3}, new int[] {2, 2}, 0, none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveHeader(0, id, one, one, 0, new byte[ArchiveFormat.MAX_PLAN_BYTES + 1]));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskLeavesNothingBehind() throws IOException {
        for (int items : new int[] {1, 3000}) {
            AtomicFile full = AtomicFile.create(
                    path(), false, t -> FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE));
            assertThatIOException()
                    .isThrownBy(() -> {
                        try (ArchiveWriter writer = ArchiveWriter.begin(full, Archives.header())) {
                            for (int k = 0; k < items; k++) {
                                writer.add(new byte[100], ItemLabel.NONE);
                            }
                            writer.commit();
                        }
                    })
                    .withMessageContaining("digits.ardm: cannot be written");
            assertThat(folder).isEmptyDirectory();
        }
    }

    /** Interrupts stop nobody, also not when the file of that name is another one by then. */
    @Test
    void manyThreadsMayReadAndBeInterrupted() throws Exception {
        Archives.write(path(), 200, true);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            Files.move(path(), folder.resolve("moved"));
            Archives.write(path(), 3, false);
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                boolean interrupted = t % 3 == 0;
                futures.add(pool.submit((Callable<Void>) () -> {
                    for (int k = 0; k < 200; k++) {
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                        assertThat(reader.name(k).orElse("")).isEqualTo(Archives.name(k));
                        assertThat(Thread.interrupted()).isEqualTo(interrupted);
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void noTimeIsOutOfRange() {
        for (long time :
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE, ArchiveFormat.MAX_TIME + 1, -ArchiveFormat.MAX_TIME - 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ItemLabel.NONE.modified(time))
                    .withMessage("a time of " + time + " ms");
        }
    }

    /** Archives that were written once stay readable, and what is written stays the same. */
    @ParameterizedTest
    @CsvSource({"v1-plain.ardm,9,false", "v1-names.ardm,20,true", "v1-empty.ardm,0,false"})
    void goldenArchives(String name, int items, boolean names) throws IOException {
        byte[] golden;
        try (InputStream in = ArchiveTest.class.getResourceAsStream("/golden/" + name)) {
            golden = in.readAllBytes();
        }
        assertThat(Archives.write(path(), items, names)).isEqualTo(golden);
        Files.write(path(), golden);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            assertThat(reader.size()).isEqualTo(items);
            for (int k = 0; k < items; k++) {
                assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                assertThat(reader.name(k).orElse("")).isEqualTo(names ? Archives.name(k) : "");
            }
        }
    }
}
