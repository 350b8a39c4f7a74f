package dev.ardm.coding.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.Archives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives whose checksums are right and whose numbers are not; found by fuzzing. */
class ContradictedFramesTest {
    private static final int ITEMS = 4;
    private static final int FIRST_ITEM_AT = FrameHead.FIXED_BYTES;

    @TempDir
    Path folder;

    /** An archive of two frames, of two items each: those without a time, and those with one. */
    private byte[] twoFrames() throws IOException {
        Path path = folder.resolve("good.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(path, Archives.header(), true)) {
            for (int k = 0; k < ITEMS; k++) {
                ItemLabel label = ItemLabel.named(Archives.name(k));
                writer.add(
                        ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)),
                        k < 2 ? label : label.modified(k));
            }
            writer.commit();
        }
        return Files.readAllBytes(path);
    }

    private static int headLength(byte[] file, int at) {
        return (int) Archives.number(file, at + 4, 4);
    }

    @Test
    void whatDoesNotOpenIsNotReportedAsGood() throws IOException {
        byte[] file = twoFrames();
        int table = Archives.tableAt(file);
        int firstHead = table + 15; // Behind sync, length, flags, number of frames and the gap.
        int second = firstHead + headLength(file, firstHead) + 1;
        assertThat(file[second + FIRST_ITEM_AT]).isEqualTo((byte) 2);
        file[second + FIRST_ITEM_AT] = 3;
        Archives.repair(file, second, second + headLength(file, second));
        Archives.repair(file, table, file.length - Footer.BYTES);
        Path path = Files.write(folder.resolve("bad.ardm"), file);

        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> ArchiveReader.open(path))
                .withMessageContaining("a frame begins with item 3");
        try (ArchiveReader reader = ArchiveReader.recover(path)) {
            assertThat(reader.size()).isEqualTo(ITEMS);
            assertThat(reader.verify()).isEmpty();
            assertThat(reader.damageReport().good()).isFalse();
            assertThat(reader.damageReport().findings())
                    .singleElement()
                    .asString()
                    .contains("a frame begins with item 3");
        }
    }

    /** A number of the first item that few bytes claim makes as many items lost; they are not looked for one by one. */
    @Test
    void lostItemsBeyondNumberAreCountedQuickly() throws IOException {
        byte[] file = twoFrames();
        int header = (int) Archives.number(file, 16, 4);
        int second = header + headLength(file, header) + (int) Archives.number(file, header + 8, 8);
        int lost = (1 << 28) - 1 - 2;
        int length = headLength(file, second) + 3;
        byte[] head = new ByteSink()
                .bytes(file, second, FIRST_ITEM_AT)
                .varint(lost + 2)
                .bytes(file, second + FIRST_ITEM_AT + 1, length - 3 - FIRST_ITEM_AT - 1)
                .toByteArray();
        head[4] = (byte) length;
        Archives.repair(head, 0, head.length);
        int payload = second + headLength(file, second);
        byte[] claiming = new ByteSink()
                .bytes(file, 0, second)
                .bytes(head)
                .bytes(file, payload, Archives.tableAt(file) - payload)
                .toByteArray();
        Path path = Files.write(folder.resolve("bad.ardm"), claiming);
        try (ArchiveReader reader = ArchiveReader.recover(path)) {
            assertThat(reader.size()).isEqualTo(lost + ITEMS);
            assertThat(reader.damageReport().lostItems()).isEqualTo(lost);
            int[] ends = {Integer.MAX_VALUE, 0};
            int count = assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> reader.verify(k -> {
                        ends[0] = Math.min(ends[0], k);
                        ends[1] = Math.max(ends[1], k);
                    }));
            assertThat(count).isEqualTo(lost);
            assertThat(ends).containsExactly(2, lost + 1);
            assertThat(Arrays.equals(reader.item(lost + 2).values(), Archives.item(2)))
                    .isTrue();
        }
    }
}
