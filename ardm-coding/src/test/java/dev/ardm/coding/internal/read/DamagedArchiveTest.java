package dev.ardm.coding.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.NotAnArchiveException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.FrameItems;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No bytes may lead to anything but the four errors, damage in one item stays there, and what is whole can be read. */
@Tag("slow")
class DamagedArchiveTest {
    private static final int ITEMS = 6;

    @TempDir
    Path folder;

    private Path put(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("bad.ardm"), bytes);
    }

    private byte[] good(boolean names) throws IOException {
        return Archives.write(folder.resolve("good.ardm"), ITEMS, names);
    }

    /** An archive of several small frames: one with times, one without, and so on. */
    private byte[] frames(int items) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(folder.resolve("good.ardm"), Archives.header(), true)) {
            for (int k = 0; k < items; k++) {
                ItemLabel label = ItemLabel.named(Archives.name(k));
                writer.add(
                        ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)),
                        k / 2 % 2 == 0 ? label : label.modified(k));
            }
            writer.commit();
        }
        return Files.readAllBytes(folder.resolve("good.ardm"));
    }

    private static int headerLength(byte[] file) {
        return (int) Archives.number(file, 16, 4);
    }

    /** Where the frames begin, and after them the table. */
    private static List<Integer> frameStarts(byte[] file) {
        List<Integer> starts = new ArrayList<>();
        int at = headerLength(file);
        while (at < Archives.tableAt(file)) {
            starts.add(at);
            at += (int) (Archives.number(file, at + 4, 4) + Archives.number(file, at + 8, 8));
        }
        starts.add(at);
        return starts;
    }

    /**
     * Reads all items of a file that is damaged at one place.
     *
     * @return whether the item with the damage was read as something else
     */
    private static boolean allButOneComeBack(ArchiveReader reader, int items, int place) throws IOException {
        boolean undetected = false;
        int lost = 0;
        for (int k = 0; k < items; k++) {
            ArchiveReader.Entry entry = reader.entry(k);
            boolean here = place >= entry.offset() && place < entry.offset() + entry.length();
            try {
                int[] item = Archives.read(reader, k);
                if (!Arrays.equals(item, Archives.item(k))) {
                    assertThat(here).isTrue();
                    assertThat(reader.blockDamaged(k)).isTrue();
                    undetected = true;
                }
                assertThat(reader.name(k).orElse("")).isIn(Archives.name(k), "");
            } catch (DamagedException e) {
                assertThat(here).isTrue();
                assertThat(e.item()).isEqualTo(k);
                assertThat(e.offset()).isBetween(entry.offset(), entry.offset() + entry.length());
                assertThat(e.getMessage()).contains("bad.ardm: damaged, item " + k + ", byte ");
                assertThat(reader.verify()).contains(k);
                lost++;
            }
        }
        assertThat(lost).isLessThanOrEqualTo(1);
        return undetected;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyFlippedByteCostsAtMostItsItem(boolean names) throws IOException {
        byte[] good = good(names);
        Random random = new Random(1);
        int undetected = 0;
        for (int place = 0; place < good.length; place++) {
            for (int flip : new int[] {0xFF, 1 << random.nextInt(8)}) {
                byte[] bad = good.clone();
                bad[place] ^= (byte) flip;
                Path path = put(bad);
                boolean strict;
                try (ArchiveReader reader = ArchiveReader.open(path)) {
                    strict = true;
                    assertThat(reader.verify()).isNotEmpty();
                } catch (ArchiveException e) {
                    strict = false;
                    assertThat(e.getMessage()).contains("bad.ardm: ");
                    assertThat(e instanceof NotAnArchiveException).isEqualTo(place < 8);
                    if (e instanceof DamagedException damaged) {
                        assertThat(damaged.readable()).contains("its items can still be read");
                    }
                }
                assertThat(strict).isEqualTo(place >= headerLength(good) && place < Archives.tableAt(good));
                try (ArchiveReader reader = ArchiveReader.recover(path)) {
                    assertThat(reader.size()).isEqualTo(ITEMS);
                    assertThat(reader.damageReport().good()).isEqualTo(strict);
                    assertThat(reader.damageReport().lostItems()).isZero();
                    undetected += allButOneComeBack(reader, ITEMS, place) ? 1 : 0;
                }
            }
        }
        // Each item carries at least 7 check bits.
        assertThat(undetected).isLessThan(6);
    }

    /** Recovery of a large archive finds the header in the table. */
    @Test
    void aLostHeaderIsTakenFromTheTable() throws IOException {
        int items = 3000;
        byte[] good = frames(items);
        byte[] bad = good.clone();
        Arrays.fill(bad, 0, headerLength(good), (byte) 0);
        try (ArchiveReader reader = ArchiveReader.recover(put(bad))) {
            assertThat(reader.size()).isEqualTo(items);
            for (int k = 0; k < items; k++) {
                assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
            }
            assertThat(reader.damageReport().lostItems()).isZero();
        }
    }

    @Test
    void everyTruncationKeepsTheWholeFrames() throws IOException {
        byte[] good = frames(6);
        List<Integer> starts = frameStarts(good);
        assertThat(starts).hasSize(4);
        for (int length = 1; length < good.length; length++) {
            Path path = put(Arrays.copyOf(good, length));
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> ArchiveReader.open(path))
                    .withMessageContaining("truncated");
            int end = length;
            int whole = 2
                    * Math.max(0, (int) starts.stream().filter(at -> at <= end).count() - 1);
            try (ArchiveReader reader = ArchiveReader.recover(path)) {
                assertThat(reader.size()).isBetween(whole, whole + 2);
                for (int k = 0; k < whole; k++) {
                    assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                }
                for (int k = whole; k < reader.size(); k++) {
                    requireItemOrDamage(reader, k);
                }
                assertThat(reader.damageReport().good()).isFalse();
            } catch (ArchiveException e) {
                assertThat(length).isLessThan(headerLength(good));
            }
        }
    }

    private static void requireItemOrDamage(ArchiveReader reader, int k) throws IOException {
        try {
            assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
        } catch (DamagedException e) {
            assertThat(e.item()).isEqualTo(k);
        }
    }

    @Test
    void swappedFramesAreFoundAndPutInOrder() throws IOException {
        int items = 10;
        byte[] good = frames(items);
        List<Integer> starts = frameStarts(good);
        for (int a = 0; a < starts.size() - 1; a++) {
            for (int b = a + 1; b < starts.size() - 1; b++) {
                byte[] bad = swapped(good, starts.get(a), starts.get(a + 1), starts.get(b), starts.get(b + 1));
                for (boolean table : new boolean[] {true, false}) {
                    if (!table) {
                        bad[Archives.tableAt(bad) + 30] ^= 1;
                    }
                    Path path = put(bad);
                    try (ArchiveReader reader = ArchiveReader.recover(path)) {
                        assertThat(reader.size()).isEqualTo(items);
                        for (int k = 0; k < items; k++) {
                            if (table) {
                                requireItemOrDamage(reader, k); // The table is whole, so it is believed.
                            } else {
                                assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                            }
                        }
                        assertThat(table && reader.verify().isEmpty()).isFalse();
                    }
                }
            }
        }
    }

    private static byte[] swapped(byte[] file, int a, int aEnd, int b, int bEnd) {
        return new ByteSink()
                .bytes(file, 0, a)
                .bytes(file, b, bEnd - b)
                .bytes(file, aEnd, b - aEnd)
                .bytes(file, a, aEnd - a)
                .bytes(file, bEnd, file.length - bEnd)
                .toByteArray();
    }

    @Test
    void otherFilesAreNotArchives() throws IOException {
        for (String text : new String[] {"", "A", "ARDM\r\n", "# A text\n".repeat(100)}) {
            Path path = put(text.getBytes(StandardCharsets.UTF_8));
            for (Executable open : openings(path)) {
                assertThatExceptionOfType(NotAnArchiveException.class)
                        .isThrownBy(open::run)
                        .withMessageContaining("bad.ardm: not an ardm file");
            }
        }
    }

    private interface Executable {
        void run() throws IOException;
    }

    private static List<Executable> openings(Path path) {
        return List.of(
                () -> ArchiveReader.open(path),
                () -> ArchiveReader.openCommitted(path),
                () -> ArchiveReader.recover(path),
                () -> ArchiveAppender.open(path));
    }

    /** Bytes that are put in or cut out move what follows them. */
    @Test
    void movedBytesCostAtMostTheirFrame() throws IOException {
        byte[] good = frames(12);
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int at = headerLength(good) + random.nextInt(Archives.tableAt(good) - headerLength(good));
            int cut = random.nextBoolean() ? 0 : Math.min(1 + random.nextInt(20), Archives.tableAt(good) - at);
            byte[] more = new byte[cut > 0 ? 0 : 1 + random.nextInt(40)];
            byte[] bad = new ByteSink()
                    .bytes(good, 0, at)
                    .bytes(more)
                    .bytes(good, at + cut, good.length - at - cut)
                    .toByteArray();
            Path path = put(bad);
            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> ArchiveReader.open(path));
            try (ArchiveReader reader = ArchiveReader.recover(path)) {
                int lost = 0;
                for (int k = 0; k < reader.size(); k++) {
                    try {
                        assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                    } catch (DamagedException e) {
                        lost++;
                    }
                }
                assertThat(12 - reader.size() + lost).isLessThanOrEqualTo(4); // A cut may be across two frames.
            }
        }
    }

    /** A table may not skip bytes of its own segment, with all checksums right. */
    @Test
    void gapsThatBelongToNothingAreRefused() throws IOException {
        byte[] good = frames(4); // of two frames
        int table = Archives.tableAt(good);
        int firstGap = table + 14; // Behind sync, length, flags and number of frames.
        int secondGap = firstGap + 1 + (int) Archives.number(good, firstGap + 5, 4);
        int second = frameStarts(good).get(1);
        for (int[] change : new int[][] {{firstGap, headerLength(good)}, {secondGap, second}}) {
            byte[] moved = new ByteSink()
                    .bytes(good, 0, change[1])
                    .bytes(new byte[100])
                    .bytes(good, change[1], good.length - change[1])
                    .toByteArray();
            assertThat(moved[change[0] + 100]).isZero();
            moved[change[0] + 100] = 100;
            Archives.repair(moved, table + 100, moved.length - Footer.BYTES);
            byte[] reach = new ByteSink().number(moved.length, 8).toByteArray();
            System.arraycopy(reach, 0, moved, moved.length - Footer.BYTES + 8, 8);
            Archives.repair(moved, moved.length - Footer.BYTES, moved.length);
            Path path = put(moved);
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> ArchiveReader.open(path))
                    .withMessageContaining("table: 100 bytes before the frame at", "which belong to nothing");
            try (ArchiveReader reader = ArchiveReader.recover(path)) {
                for (int k = 0; k < 4; k++) {
                    assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                }
                assertThat(reader.damageReport().good()).isFalse();
            }
        }
    }

    /** All other values of some bytes: whatever a byte becomes, the items next to it come back and none is another. */
    @Test
    void everyOtherValueOfSomeBytes() throws IOException {
        byte[] good = good(true);
        Random random = new Random(11);
        int[] places = random.ints(5, 0, good.length).toArray();
        int undetected = 0;
        for (int place : places) {
            for (int value = 1; value < 256; value++) {
                byte[] bad = good.clone();
                bad[place] ^= (byte) value;
                try (ArchiveReader reader = ArchiveReader.recover(put(bad))) {
                    assertThat(reader.size()).isEqualTo(ITEMS);
                    assertThat(reader.verify().isEmpty()
                                    && reader.damageReport().good())
                            .isFalse();
                    undetected += allButOneComeBack(reader, ITEMS, place) ? 1 : 0;
                }
            }
        }
        assertThat(undetected).isLessThan(5 * 255 / 64); // Each item carries at least 7 check bits.
    }

    @Test
    void aModelIsTheFirstFrameOfItsPartAndTheOnlyOne() throws IOException {
        byte[] good = good(false);
        int header = headerLength(good);
        int table = Archives.tableAt(good);
        int tag = (int) Archives.number(good, header - 4, 4);
        byte[] model = FrameHead.encode(FrameHead.MODEL, tag, 0, 0, new byte[0]); // of no bytes, whose CRC is 0
        byte[] items = Arrays.copyOfRange(good, header, table);
        byte[] head = Arrays.copyOf(items, (int) Archives.number(items, 4, 4));
        byte[][][] orders = {{model, items}, {model, model, items}, {items, model}};
        for (byte[][] order : orders) {
            ByteSink file = new ByteSink().bytes(good, 0, header);
            ByteSink entries = new ByteSink().varint(order.length);
            for (byte[] frame : order) {
                file.bytes(frame);
                entries.varint(0).bytes(frame == items ? head : frame);
            }
            long begin = file.size();
            long length = 4 + 8 + 1 + entries.size() + 4;
            file.bytes(SegmentTable.sync()).number(length, 8).number(0, 1).bytes(entries.toByteArray());
            file.number(0, 4);
            file.bytes(new Footer(length, begin + length + Footer.BYTES, ITEMS).encode());
            byte[] bytes = file.toByteArray();
            Archives.repair(bytes, (int) begin, bytes.length - Footer.BYTES);
            Path path = put(bytes);
            if (order == orders[0]) {
                try (ArchiveReader reader = ArchiveReader.open(path)) {
                    assertThat(reader.size()).isEqualTo(ITEMS);
                }
            } else {
                assertThatExceptionOfType(DamagedException.class)
                        .isThrownBy(() -> ArchiveReader.open(path))
                        .withMessageContaining(order == orders[1] ? "a second model" : "a model after items");
            }
        }
    }

    @Test
    void whatANewerVersionWroteIsCalledSo() throws IOException {
        // Format version; flags of the header; flags of the table.
        byte[] good = good(false);
        int table = Archives.tableAt(good);
        int[] places = {8, 9, 12, 13, 14, 15, table + 12};
        for (int place : places) {
            for (boolean repaired : new boolean[] {true, false}) {
                byte[] newer = good.clone();
                newer[place] |= 4;
                if (repaired) {
                    Archives.repair(newer, 0, headerLength(good));
                    Archives.repair(newer, table, good.length - Footer.BYTES);
                } else if (place >= table) {
                    continue;
                }
                put(newer);
                NewerVersionException e =
                        assertThrows(NewerVersionException.class, () -> ArchiveReader.open(folder.resolve("bad.ardm")));
                assertThat(e).hasMessageContaining("bad.ardm: written by a newer version");
                assertThat(e.getMessage().contains("or damaged")).isEqualTo(!repaired);
            }
        }
    }

    /** With checksums put right, the checks after them have to hold. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hostileBytesWithGoodChecksums(boolean names) throws IOException {
        byte[] good = good(names);
        int header = headerLength(good);
        int table = Archives.tableAt(good);
        int footer = good.length - Footer.BYTES;
        int head = table + 15; // Behind sync, length, flags, number of frames and gap.
        int headLength = (int) Archives.number(good, head + 4, 4);
        Random random = new Random(names ? 4 : 5);
        int opened = 0;
        for (int round = 0; round < 400; round++) {
            byte[] bad = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int part = random.nextInt(3);
                int from = part == 0 ? 8 : part == 1 ? table : footer;
                int to = part == 0 ? header : part == 1 ? footer : good.length;
                int at = from + random.nextInt(to - from);
                bad[at] = random.nextInt(3) == 0 ? (byte) -random.nextInt(2) : (byte) random.nextInt();
            }
            Archives.repair(bad, 0, header);
            System.arraycopy(bad, header - 4, bad, head + 20, 4); // The tag, so that what is after it is looked at.
            Archives.repair(bad, head, head + headLength);
            Archives.repair(bad, table, footer);
            Archives.repair(bad, footer, bad.length);
            Path path = put(bad);
            for (boolean recover : new boolean[] {false, true}) {
                try (ArchiveReader reader = recover ? ArchiveReader.recover(path) : ArchiveReader.open(path)) {
                    opened++;
                    reader.verify();
                    for (int k = 0; k < reader.size(); k++) {
                        readAnything(reader, k);
                    }
                } catch (ArchiveException e) {
                    assertThat(e.getMessage()).contains("bad.ardm: ");
                }
            }
        }
        assertThat(opened).isGreaterThan(120);
    }

    private static void readAnything(ArchiveReader reader, int k) throws IOException {
        try {
            reader.name(k);
            reader.time(k);
            if (reader.header(k).layout().hasSide()) {
                reader.length(k);
                reader.shape(k);
                reader.item(k);
            } else if (reader.entry(k).stored()) {
                reader.item(k).values();
            } else {
                assertThat(reader.item(k).stream()).isNotEmpty();
            }
        } catch (DamagedException e) {
            assertThat(e.item()).isEqualTo(k);
        }
    }

    @Test
    void aHeaderWithOneWrongByteIsPutRight() {
        Random random = new Random(8);
        for (int round = 0; round < 50; round++) {
            byte[] plan = new byte[random.nextInt(7000)];
            random.nextBytes(plan);
            byte[] good = new ArchiveHeader(1, Archives.modelId(round), new int[] {3}, new int[] {2}, 0, plan).encode();
            byte[] bad = good.clone();
            assertThat(HeaderRepair.repaired(bad)).isEqualTo(good);
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(HeaderRepair.repaired(bad)).isEqualTo(good);
            Arrays.fill(bad, 20, 60, (byte) 0);
            assertThat(HeaderRepair.repaired(bad)).isNotEqualTo(good);
        }
    }

    /** Numbers that claim more than there is cost nothing. */
    @Test
    void hostileLengthsAreNotAllocated() {
        byte[][] hostile = {
            {0, (byte) 0x80, (byte) 0x80, 4, 0, 1, 0}, // 65,536 items in a head of some bytes
            {0, (byte) 0x81, (byte) 0x80, 4, 0, 1, 0}, // one more than a frame has
            {0, 1, 0, 1, 30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, // a quotient that does not end
            {0, 2, 1, 1, 0, 0, (byte) 0xFF, (byte) 0xFF, 3}, // a name of 65,535 bytes
            {0, 1, 2, 1, 0, 0, -1, -1, -1, -1, -1, -1, -1, 127}, // a time that is none
        };
        for (byte[] rest : hostile) {
            byte[] bytes = FrameHead.encode(FrameHead.ITEMS, 0, 1, 0, rest);
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> FrameItems.parse("it", 0, FrameHead.parse("it", 0, bytes)));
        }
    }

    /** Each header begins a part; to look for a part among all before would take minutes. */
    @Test
    @Timeout(20)
    void aFileOfHeadersIsRefusedAtOnce() throws IOException {
        byte[] header = Archives.header().encode();
        byte[] bytes = new byte[100_000 * header.length];
        for (int at = 0; at < bytes.length; at += header.length) {
            System.arraycopy(header, 0, bytes, at, header.length);
        }
        Path file = put(bytes);
        try (ArchiveReader reader = ArchiveReader.recover(file)) {
            assertThat(reader.size()).isZero();
            assertThat(reader.parts()).isEqualTo(100_000);
        }
    }
}
