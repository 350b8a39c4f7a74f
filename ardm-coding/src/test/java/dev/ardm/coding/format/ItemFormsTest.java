package dev.ardm.coding.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.coding.internal.write.ArchiveWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that are kept whole, and permissions. */
class ItemFormsTest {
    private static final ArchiveHeader HEADER =
            new ArchiveHeader(1, new byte[32], new int[] {4}, new int[] {256}, 0, new byte[0]);

    @TempDir
    Path dir;

    private Path archive() {
        return dir.resolve("x.ardm");
    }

    private void write() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(archive(), HEADER, true)) {
            writer.add(
                    ArchivedItem.whole(new byte[] {1, 2, 3}),
                    ItemLabel.named("a").permitted(OptionalInt.of(0751)));
            writer.add(ArchivedItem.whole(new byte[0]), ItemLabel.named("empty").permitted(OptionalInt.of(0)));
            writer.add(ArchivedItem.stored(new byte[0], new int[0], new int[] {5, 6, 7, 8}), ItemLabel.named("values"));
            writer.commit();
        }
    }

    @Test
    void everyFormComesBack() throws IOException {
        write();
        try (ArchiveReader reader = ArchiveReader.open(archive())) {
            assertThat(reader.item(0).whole()).containsExactly(1, 2, 3);
            assertThat(reader.item(1).whole()).isEmpty();
            assertThat(reader.item(2).values()).containsExactly(5, 6, 7, 8);
            assertThat(reader.entry(0).form()).isEqualTo(ItemForm.WHOLE);
            assertThat(reader.entry(2).form()).isEqualTo(ItemForm.STORED);
            assertThat(reader.length(0)).isZero();
            assertThat(reader.label(0).mode()).hasValue(0751);
            assertThat(reader.label(1).mode()).hasValue(0);
            assertThat(reader.label(2).mode()).isEmpty();
        }
    }

    /** The checksum of an item shows damage also where the one of its frame does not help. */
    @Test
    void aChangedByteIsFound() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(archive());
        long at;
        try (ArchiveReader reader = ArchiveReader.open(archive())) {
            at = reader.entry(0).offset();
        }
        bytes[(int) at + 1] ^= 1;
        Files.write(archive(), bytes);
        try (ArchiveReader reader = ArchiveReader.open(archive())) {
            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> reader.item(0));
            assertThat(reader.item(1).whole()).isEmpty();
            assertThat(reader.verify()).containsExactly(0);
        }
    }

    @Test
    void copiesKeepAllOfIt() throws IOException {
        write();
        byte[] before = Files.readAllBytes(archive());
        ArchiveCopy.replace(archive(), item -> true);
        assertThat(archive()).hasBinaryContent(before);
        ArchiveCopy.replace(archive(), item -> item == 0);
        try (ArchiveReader reader = ArchiveReader.open(archive())) {
            assertThat(reader.size()).isOne();
            assertThat(reader.item(0).whole()).containsExactly(1, 2, 3);
            assertThat(reader.label(0)).isEqualTo(ItemLabel.named("a").permitted(OptionalInt.of(0751)));
        }
    }

    @Test
    void nothingDamagedIsCopied() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(archive());
        try (ArchiveReader reader = ArchiveReader.open(archive())) {
            bytes[(int) reader.entry(2).offset()] ^= 1;
        }
        Files.write(archive(), bytes);
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> ArchiveCopy.replace(archive(), k -> true));
        assertThat(archive()).hasBinaryContent(bytes);
        assertThat(dir.toFile().list()).containsExactly("x.ardm");
    }

    /** docs/format.md, Size. */
    @Test
    void archivesAreAsLargeAsPromised() throws IOException {
        Random random = new Random(3);
        for (int most : new int[] {1, 40, 3000, 200_000}) {
            int items = 2_000_000 / (most + 400);
            long bytes = 0;
            int frames = 1;
            int waiting = 0;
            int count = 0;
            try (ArchiveWriter writer = ArchiveWriter.create(archive(), HEADER, true)) {
                for (int k = 0; k < items; k++) {
                    byte[] item = new byte[random.nextInt(most)];
                    writer.add(ArchivedItem.whole(item), ItemLabel.NONE);
                    bytes += item.length;
                    waiting += item.length + 4;
                    count++;
                    if (waiting >= ArchiveFormat.FRAME_BYTES || count == ArchiveFormat.FRAME_ITEMS) {
                        frames++;
                        waiting = 0;
                        count = 0;
                    }
                }
                writer.commit();
            }
            assertThat(Files.size(archive())).isLessThanOrEqualTo(bytes + 16L * items + 80L * frames + 320);
        }
    }

    private static FrameItems parsed(int flags, int... rest) throws ArchiveException {
        ByteSink fields = new ByteSink().varint(0).varint(2).number(flags, 1);
        fields.varint(4).number(0, 1).number(0, 1); // both of 4 bytes
        for (int each : rest) {
            fields.varint(each);
        }
        byte[] head = FrameHead.encode(FrameHead.ITEMS, 1, 8, 0, fields.toByteArray());
        return FrameItems.parse("x", 0, FrameHead.parse("x", 0, head));
    }

    @Test
    void hostileHeadsAreRefused() throws ArchiveException {
        assertThat(parsed(FrameItems.WHOLE_FLAG, 2).form(1)).isEqualTo(ItemForm.WHOLE);
        assertThat(parsed(FrameItems.STORED_FLAG | FrameItems.WHOLE_FLAG, 1, 2).form(0))
                .isEqualTo(ItemForm.STORED);
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> parsed(FrameItems.STORED_FLAG | FrameItems.WHOLE_FLAG, 1, 1))
                .withMessageContaining("both stored and kept whole");
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> parsed(FrameItems.WHOLE_FLAG, 4));
        assertThat(parsed(FrameItems.MODES_FLAG, 0600, 1, 512, 1).mode(0)).hasValue(0600);
        assertThat(parsed(FrameItems.MODES_FLAG, 0600, 1, 512, 1).mode(1)).isEmpty();
        for (int[] modes : new int[][] {{513, 2}, {0600, 3}, {0600, 0}, {0600, 1}, {0600, 2, 0600, 1}}) {
            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> parsed(FrameItems.MODES_FLAG, modes));
        }
        assertThatExceptionOfType(NewerVersionException.class).isThrownBy(() -> parsed(32));
    }

    @Test
    void labelsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> ItemLabel.NONE.permitted(OptionalInt.of(01000)));
        assertThatIllegalArgumentException().isThrownBy(() -> ItemLabel.NONE.permitted(OptionalInt.of(-1)));
    }
}
