package dev.ardm.coding.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ardm.coding.ChildProcess;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.file.AppendLockTest;
import dev.ardm.coding.internal.file.PositionalFile;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.FooterChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that grow, and concatenated archives. */
class AppendedArchiveTest {
    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("digits.ardm");
    }

    private static void add(ItemOutput output, int k) throws IOException {
        ItemLabel label = ItemLabel.named(Archives.name(k));
        if (Archives.isStored(k)) {
            output.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)), label);
        } else {
            output.add(Archives.encode(Archives.item(k)), label);
        }
    }

    private static void requireItems(ArchiveReader reader, int from, int to, int first) throws IOException {
        for (int k = from; k < to; k++) {
            assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k - from + first));
            assertThat(reader.name(k).orElse("")).isEqualTo(Archives.name(k - from + first));
            assertThat(reader.blockDamaged(k)).isFalse();
        }
    }

    @Test
    void hundredsOfCommitsLeaveFewTables() throws IOException {
        int base = 5;
        int commits = 400;
        Archives.write(path(), base, true);
        try (ArchiveReader before = ArchiveReader.open(path())) {
            try (ArchiveAppender appender = ArchiveAppender.open(path())) {
                for (int k = base; k < base + commits; k++) {
                    add(appender, k);
                    assertThat(appender.size()).isEqualTo(k + 1);
                    appender.commit();
                    appender.commit(); // Nothing new: nothing is written.
                }
            }
            assertThat(before.size()).isEqualTo(base);
            requireItems(before, 0, base, 0);
        }
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            assertThat(reader.size()).isEqualTo(base + commits);
            requireItems(reader, 0, base + commits, 0);
            assertThat(reader.verify()).isEmpty();
        }
        try (PositionalFile file = new PositionalFile(path(), "it")) {
            assertThat(FooterChain.ends(file, file.size()).length).isLessThan(12);
        }
        // Frames take about 100 bytes, and each entry is copied about log2(400) times.
        assertThat(Files.size(path())).isLessThan(commits * 100L * 12);
        Random random = new Random(3);
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            for (int n = 0; n < 500; n++) {
                int k = random.nextInt(base + commits);
                assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
            }
        }
    }

    @Test
    void commitsOfAllSizesComeBack() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 6; round++) {
            int size = random.nextInt(3);
            Archives.write(path(), size, true);
            for (int commit = 0; commit < 12; commit++) {
                int more = 1 << random.nextInt(round == 0 ? 12 : 6);
                try (ArchiveAppender appender = ArchiveAppender.open(path())) {
                    for (int k = size; k < size + more; k++) {
                        add(appender, k);
                    }
                    appender.commit();
                }
                size += more;
            }
            try (ArchiveReader reader = ArchiveReader.open(path())) {
                assertThat(reader.size()).isEqualTo(size);
                requireItems(reader, 0, size, 0);
                assertThat(reader.uniform()).isTrue();
            }
        }
    }

    @Test
    void whatIsNotCommittedIsGone() throws IOException {
        byte[] before = Archives.write(path(), 3, true);
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            for (int k = 0; k < 30_000; k++) {
                appender.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)), ItemLabel.NONE);
            }
            assertThat(Files.size(path())).isGreaterThan(before.length);
        }
        assertThat(Files.readAllBytes(path())).isEqualTo(before);
    }

    @Test
    void oneAppenderAtATime() throws IOException {
        Archives.write(path(), 3, true);
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            assertThatIOException()
                    .isThrownBy(() -> ArchiveAppender.open(path()))
                    .withMessageContaining("digits.ardm: something else is adding items");
            add(appender, 3);
            appender.commit();
        }
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            assertThat(appender.size()).isEqualTo(4);
        }
    }

    /** A crash may leave any beginning of what an append writes. */
    @Test
    void aCutAppendLosesNothingThatWasCommitted() throws IOException {
        Archives.write(path(), 4, true);
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            add(appender, 4);
            appender.commit();
        }
        int committed = (int) Files.size(path());
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            add(appender, 5);
            add(appender, 6);
            appender.commit();
        }
        byte[] all = Files.readAllBytes(path());
        for (int length = committed; length < all.length; length++) {
            Files.write(path(), Arrays.copyOf(all, length));
            if (length > committed) {
                assertThatExceptionOfType(DamagedException.class)
                        .isThrownBy(() -> ArchiveReader.open(path()))
                        .withMessageContaining("an append was not finished: 5 items before it are whole");
            }
            try (ArchiveReader reader = ArchiveReader.openCommitted(path())) {
                assertThat(reader.size()).isEqualTo(5);
                requireItems(reader, 0, 5, 0);
            }
            try (ArchiveReader reader = ArchiveReader.recover(path())) {
                assertThat(reader.size()).isGreaterThanOrEqualTo(5);
                requireItems(reader, 0, 5, 0);
                assertThat(reader.damageReport().good()).isEqualTo(length == committed);
            }
            Files.createFile(AppendLockTest.lockOf(path())); // as a killed process leaves it
            try (ArchiveAppender appender = ArchiveAppender.open(path())) {
                assertThat(Files.size(path())).isEqualTo(committed);
                add(appender, 5);
                add(appender, 6);
                appender.commit();
            }
            assertThat(Files.readAllBytes(path())).isEqualTo(all);
        }
    }

    /** What no process left that was killed is damage, and may have items that were committed. */
    @Test
    void whatNoAppendHasLeftIsKept() throws IOException {
        byte[] one = Archives.write(path(), 4, true);
        ByteArrayOutputStream apart = new ByteArrayOutputStream();
        apart.write(one);
        apart.write('\n');
        apart.write(one);
        Files.write(path(), one);
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            add(appender, 4);
            appender.commit();
        }
        byte[] grown = Files.readAllBytes(path());
        for (byte[] bad : new byte[][] {apart.toByteArray(), Arrays.copyOf(grown, grown.length - 1)}) {
            Files.write(path(), bad);
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> ArchiveAppender.open(path()))
                    .withMessageContaining("digits.ardm: damaged, byte " + one.length)
                    .withMessageContaining("bytes: " + (bad.length - one.length))
                    .withMessageContaining("open it for recovery");
            assertThat(path()).hasBinaryContent(bad);
            try (ArchiveReader reader = ArchiveReader.recover(path())) {
                assertThat(reader.size()).isGreaterThan(4);
            }
        }
        assertThat(folder).isDirectoryContaining(path()::equals).isDirectoryNotContaining(f -> !f.equals(path()));
    }

    /** What has the archive's name by then is not what items were added to. */
    @Test
    void nothingIsCommittedToAFileThatWasReplaced() throws IOException {
        byte[] before = Archives.write(path(), 3, true);
        for (boolean removed : new boolean[] {false, true}) {
            try (ArchiveAppender appender = ArchiveAppender.open(path())) {
                add(appender, 3);
                Files.move(path(), folder.resolve("moved"), StandardCopyOption.REPLACE_EXISTING);
                if (!removed) {
                    Files.write(path(), before);
                }
                assertThatIOException()
                        .isThrownBy(appender::commit)
                        .withMessage(path() + ": another program replaced or removed it; nothing was added");
            }
            assertThat(folder.resolve("moved")).hasBinaryContent(before);
            Files.write(path(), before);
        }
    }

    /** A commit that is damaged later is not cut off as one that was not finished. */
    @Test
    void aDamagedCommitIsKept() throws IOException {
        Archives.write(path(), 4, true);
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            add(appender, 4);
            add(appender, 5);
            appender.commit();
        }
        byte[] good = Files.readAllBytes(path());
        for (int at = Archives.tableAt(good); at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(path(), bad);
            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> ArchiveAppender.open(path()));
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> ArchiveReader.openCommitted(path()))
                    .withMessageContaining("its items can still be read");
            assertThat(Files.readAllBytes(path())).isEqualTo(bad);
            try (ArchiveReader reader = ArchiveReader.recover(path())) {
                assertThat(reader.size()).isEqualTo(6);
                requireItems(reader, 0, 6, 0);
            }
        }
    }

    /** Bytes of another archive within an item that was not committed are no footer of this one. */
    @Test
    void anArchiveWithinAnItemIsNotTakenForACommit() throws IOException {
        byte[] inner = Archives.write(path(), 9, true);
        byte[] outer = Archives.write(path(), 2, true);
        byte[] both = Arrays.copyOf(outer, outer.length + inner.length + 5);
        System.arraycopy(inner, 0, both, outer.length + 5, inner.length);
        Files.write(path(), both);
        try (ArchiveReader reader = ArchiveReader.openCommitted(path())) {
            assertThat(reader.size()).isEqualTo(2);
        }
    }

    @Test
    void archivesOneBehindTheOtherAreOne() throws IOException {
        ArchiveHeader other = new ArchiveHeader(2, Archives.modelId(9), new int[] {4}, new int[] {7}, 0, new byte[0]);
        byte[] a = Archives.write(path(), 40, true);
        Path second = folder.resolve("b");
        try (ArchiveWriter writer = ArchiveWriter.create(second, other, false)) {
            writer.add(
                    ArchivedItem.stored(new byte[0], new int[0], new int[] {6, 5, 4, 3}),
                    ItemLabel.named("other").modified(12));
            writer.commit();
        }
        byte[] b = Files.readAllBytes(second);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {a, b, a, Archives.write(path(), 0, false), a}) {
            out.write(part);
        }
        Files.write(path(), out.toByteArray());
        try (ArchiveAppender appender = ArchiveAppender.open(path())) {
            assertThat(appender.size()).isEqualTo(121);
            add(appender, 40);
            appender.commit();
        }
        for (boolean damaged : new boolean[] {false, true}) {
            if (damaged) {
                byte[] bytes = Files.readAllBytes(path());
                bytes[bytes.length - 60] ^= 1;
                Files.write(path(), bytes);
            }
            try (ArchiveReader reader = damaged ? ArchiveReader.recover(path()) : ArchiveReader.open(path())) {
                assertThat(reader.size()).isEqualTo(122);
                assertThat(reader.uniform()).isFalse();
                requireItems(reader, 0, 40, 0);
                requireItems(reader, 41, 81, 0);
                requireItems(reader, 81, 122, 0);
                assertThat(reader.item(40).values()).containsExactly(6, 5, 4, 3);
                assertThat(reader.header(40).modelId()).isEqualTo(Archives.modelId(9));
                assertThat(reader.header(41).modelId()).isEqualTo(Archives.modelId(1));
                assertThat(reader.time(40)).hasValue(12);
                assertThat(reader.time(41)).isEmpty();
                assertThat(reader.damageReport().good()).isEqualTo(!damaged);
            }
        }
    }

    @Test
    void timesEndFramesAndComeBack() throws IOException {
        long[] times = {0, 1, -1, ArchiveFormat.MAX_TIME, -ArchiveFormat.MAX_TIME, 1_700_000_000_123L};
        int items = 3000;
        try (ArchiveWriter writer = ArchiveWriter.create(path(), Archives.header(), true)) {
            for (int k = 0; k < items; k++) {
                boolean timed = k / 100 % 2 == 1;
                OptionalLong time = timed ? OptionalLong.of(times[k % times.length]) : OptionalLong.empty();
                writer.add(
                        ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)),
                        new ItemLabel(Archives.name(k), time));
            }
            writer.commit();
        }
        try (ArchiveReader reader = ArchiveReader.open(path())) {
            for (int k = 0; k < items; k++) {
                boolean timed = k / 100 % 2 == 1;
                assertThat(reader.time(k))
                        .isEqualTo(timed ? OptionalLong.of(times[k % times.length]) : OptionalLong.empty());
                assertThat(reader.name(k).orElse("")).isEqualTo(Archives.name(k));
            }
        }
    }

    @Test
    void aModelCanLieWithin() throws IOException {
        Path model = folder.resolve("model");
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        Files.write(model, bytes);
        try (ArchiveWriter writer = ArchiveWriter.create(path(), Archives.header(), true)) {
            writer.embedModel(model);
            add(writer, 0);
            writer.commit();
        }
        byte[] file = Files.readAllBytes(path());
        for (boolean recover : new boolean[] {false, true}) {
            if (recover) {
                file[3] ^= 1; // The header has a copy, and one wrong byte can be put right anyway.
                Files.write(path(), file);
            }
            try (ArchiveReader reader = recover ? ArchiveReader.recover(path()) : ArchiveReader.open(path())) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                reader.copyEmbeddedModel(reader.embeddedModels().get(0), out);
                assertThat(out.toByteArray()).isEqualTo(bytes);
                requireItems(reader, 0, 1, 0);
            }
        }
    }

    @Test
    void anEndingJvmAddsNothing() throws IOException {
        Archives.write(path(), 3, false);
        byte[] before = Files.readAllBytes(path());
        assertThat(ChildProcess.output(List.of(), AddedLate.class, path()))
                .isEqualTo(path() + ": interrupted; nothing was added since the last commit");
        assertThat(path()).hasBinaryContent(before);
    }

    /** Opens an archive when it has already ended. */
    static final class AddedLate {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try (ArchiveAppender appender = ArchiveAppender.open(Path.of(args[0]))) {
                    appender.discardAtExit();
                    add(appender, 3);
                    appender.commit();
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }));
        }
    }
}
