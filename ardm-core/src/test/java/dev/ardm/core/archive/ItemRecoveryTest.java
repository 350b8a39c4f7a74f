package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be had of damaged archives, and what is said of the rest. */
class ItemRecoveryTest {
    private static final Space SPACE = Space.of(new int[] {6}, 4, Space.Scale.NOMINAL);
    private static final LikelihoodModel MODEL =
            TinyModels.transformer(SPACE, 1).open(1);
    private static final Plan PLAN = MODEL.plan(2);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int DOCUMENTS = 6;
    private static final int ITEMS = 30;

    @TempDir
    Path dir;

    private List<int[]> write(Path file) throws IOException {
        List<int[]> items = TinyModels.items(SPACE, ITEMS, 5);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            for (int k = 0; k < ITEMS; k++) {
                writer.add(items.get(k), "item " + k);
            }
            writer.commit();
        }
        return items;
    }

    /** Each has a frame of its own, since there is so much in addition to its values. */
    private static List<Item> documents() {
        List<Item> documents = new ArrayList<>();
        for (int n = 0; n < DOCUMENTS; n++) {
            RandomStream random = RandomStream.of(7, Purpose.TEST, n);
            int[] values = new int[3 * n];
            Arrays.setAll(values, i -> random.nextInt(4));
            byte[] side = new byte[70_000];
            for (int i = 0; i < side.length; i++) {
                side[i] = (byte) random.nextInt(256);
            }
            ItemLabel label = ItemLabel.named("d" + n);
            documents.add(
                    new Item("", values, side).labelled(n == 3 ? label : label.modified(TIME.toEpochMilli() + n)));
        }
        return documents;
    }

    private static void writeDocuments(Path file, List<Item> documents) throws IOException {
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN, ItemLayout.sequences(2, 0))) {
            for (Item item : documents) {
                writer.add(item);
            }
            writer.commit();
        }
    }

    private static List<ArchiveReader.Entry> entries(Path file) throws IOException {
        List<ArchiveReader.Entry> entries = new ArrayList<>();
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            for (int k = 0; k < reader.size(); k++) {
                entries.add(reader.entry(k));
            }
        }
        return entries;
    }

    private static IntegrityReport verify(ItemArchive archive) throws IOException {
        List<Integer> heard = new ArrayList<>();
        IntegrityReport report = archive.verify(heard::add);
        assertThat(heard).isSorted().endsWith(archive.size());
        long all = report.whole().count()
                + report.doubtful().count()
                + report.damaged().count()
                + report.lost().count();
        assertThat(all).as("each item is in one of the four").isEqualTo(archive.size());
        return report;
    }

    @Test
    void aWholeArchiveIsWhole() throws IOException {
        Path file = dir.resolve("whole.ardm");
        List<int[]> items = write(file);
        for (ItemArchive opened : List.of(ItemArchive.recover(file, MODEL), ItemArchive.open(file, MODEL))) {
            try (opened) {
                IntegrityReport report = verify(opened);
                assertThat(report.good()).isTrue();
                assertThat(report.whole().numbers()).hasSize(ITEMS);
                assertThat(report).hasToString("30 items whole, 0 in doubt, 0 damaged, 0 lost");
                assertThat(opened.damageReport().good()).isTrue();
                assertThat(opened.get(0, ITEMS).toArray()).isEqualTo(items.toArray());
                assertThat(opened.indexOf("item 7")).hasValue(7);
            }
        }
    }

    @Test
    void timesAreKept() throws IOException {
        Path file = dir.resolve("times.ardm");
        writeDocuments(file, documents());
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.time(2)).contains(TIME.plusMillis(2));
            assertThat(archive.time(3)).isEmpty();
            assertThatThrownBy(() -> archive.time(DOCUMENTS)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** Of a file that is cut off anywhere, what is said to be whole is whole, and nothing is said to be good. */
    @Test
    void anArchiveWithoutItsEndGivesWhatIsThere() throws IOException {
        Path file = dir.resolve("whole.ardm");
        List<Item> documents = documents();
        writeDocuments(file, documents);
        byte[] bytes = Files.readAllBytes(file);
        List<ArchiveReader.Entry> entries = entries(file);
        Path cut = dir.resolve("cut.ardm");
        for (int there = 1; there < DOCUMENTS; there++) {
            ArchiveReader.Entry last = entries.get(there);
            Files.write(cut, Arrays.copyOf(bytes, (int) last.offset() + last.length() / 2));
            assertThatThrownBy(() -> ItemArchive.open(cut, MODEL)).isInstanceOf(DamagedException.class);
            try (ItemArchive archive = ItemArchive.recover(cut, MODEL)) {
                assertThat(archive.damageReport().moreMayBeLost()).isTrue();
                IntegrityReport report = verify(archive);
                assertThat(report.good()).isFalse();
                assertThat(report.whole()).hasToString(there == 1 ? "0" : "0-" + (there - 1));
                assertThat(report.damaged()).hasToString(String.valueOf(there));
                assertThat(report.unreadable()).isEqualTo(1);
                for (int k = 0; k < there; k++) {
                    assertThat(archive.item(k).intact())
                            .isEqualTo(documents.get(k).values());
                    assertThat(archive.item(k).item().side())
                            .isEqualTo(documents.get(k).side());
                }
                int gone = there;
                assertThatThrownBy(() -> archive.get(gone))
                        .isInstanceOfSatisfying(DamagedException.class, e -> assertThat(e.item())
                                .isEqualTo(gone));
            }
        }
    }

    @Test
    void whatIsLostIsCountedAndTheOthersKeepTheirNumbers() throws IOException {
        Path file = dir.resolve("items.ardm");
        List<Item> documents = documents();
        writeDocuments(file, documents);
        byte[] bytes = Files.readAllBytes(file);
        List<ArchiveReader.Entry> entries = entries(file);
        // Frames 1 and 2, and the table with the copies of their heads, are gone.
        Arrays.fill(
                bytes,
                (int) entries.get(0).offset() + entries.get(0).length(),
                (int) entries.get(2).offset() + entries.get(2).length(),
                (byte) 0);
        ArchiveReader.Entry last = entries.get(DOCUMENTS - 1);
        Files.write(file, Arrays.copyOf(bytes, (int) last.offset() + last.length()));
        try (ItemArchive archive = ItemArchive.recover(file, MODEL)) {
            assertThat(archive.size()).isEqualTo(DOCUMENTS);
            IntegrityReport report = verify(archive);
            assertThat(report.lost()).hasToString("1-2");
            assertThat(report.whole()).hasToString("0, 3-5");
            assertThat(report.file().lostItems()).isEqualTo(2);
            assertThat(report.file().findings()).isNotEmpty();
            assertThat(report)
                    .hasToString("4 items whole, 0 in doubt, 0 damaged, 2 lost, and perhaps more in the missing part");
            assertThat(archive.get(4)).isEqualTo(documents.get(4).values());
            assertThat(archive.time(4)).contains(TIME.plusMillis(4));
            assertThat(archive.indexOf("d5")).hasValue(5);
            assertThat(archive.indexOf("d1")).isEmpty();
            assertThatThrownBy(() -> archive.get(1)).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> archive.name(1)).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> archive.time(2)).isInstanceOf(DamagedException.class);
        }
    }

    /** Whatever byte is wrong: what is said to be whole is what was archived. */
    @Test
    void nothingDamagedIsSaidToBeWhole() throws IOException {
        Path file = dir.resolve("whole.ardm");
        List<int[]> items = write(file);
        byte[] bytes = Files.readAllBytes(file);
        Path bad = dir.resolve("bad.ardm");
        int recovered = 0;
        long damaged = 0;
        for (int at = 0; at < bytes.length; at += 3) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(bad, changed);
            try (ItemArchive archive = ItemArchive.recover(bad, MODEL)) {
                IntegrityReport report = verify(archive);
                report.whole().numbers().forEach(k -> assertThat(values(archive, k))
                        .isEqualTo(items.get(k)));
                damaged += report.damaged().count();
                recovered++;
            } catch (ArchiveException e) {
                assertThat(at).as("%s", e).isLessThan(200); // the header, of which there is no copy
            }
        }
        assertThat(recovered).isGreaterThan(bytes.length / 6);
        assertThat(damaged).isGreaterThan(10);
    }

    private static int[] values(ItemArchive archive, int number) {
        try {
            return archive.get(number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatLiesBesideDamageIsInDoubt() throws IOException {
        Path file = dir.resolve("items.ardm");
        List<int[]> items = write(file);
        List<ArchiveReader.Entry> entries = entries(file);
        List<Integer> coded = IntStream.range(0, ITEMS)
                .filter(k -> !entries.get(k).stored())
                .boxed()
                .toList();
        assertThat(coded)
                .hasSizeBetween(3, ITEMS - 1); // some are stored without the model, with a checksum of their own
        int hit = coded.get(1);
        byte[] bytes = Files.readAllBytes(file);
        int found = 0;
        for (int bit = 0; bit < 8; bit++) {
            byte[] changed = bytes.clone();
            changed[(int) entries.get(hit).offset()] ^= (byte) (1 << bit);
            Files.write(file, changed);
            try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
                IntegrityReport report = verify(archive);
                assertThat(report.good()).isFalse();
                assertThat(report.whole().numbers()).doesNotContainAnyElementsOf(coded);
                assertThat(report.whole().count()).isEqualTo(ITEMS - coded.size());
                assertThat(report.doubtful().count()).isGreaterThanOrEqualTo(coded.size() - 1);
                assertThat(archive.get(coded.get(0))).isEqualTo(items.get(coded.get(0)));
                if (report.damaged().contains(hit)) {
                    found++;
                    assertThat(report.damaged()).hasToString(String.valueOf(hit));
                }
            }
        }
        assertThat(found).as("few check bits let few changes pass").isGreaterThanOrEqualTo(6);
    }

    @Test
    void whatIsNoArchiveOrOfAnotherModelIsRefused() throws IOException {
        Path file = dir.resolve("items.ardm");
        write(file);
        LikelihoodModel other = TinyModels.transformer(SPACE, 2).open(1);
        assertThatThrownBy(() -> ItemArchive.recover(file, other)).isInstanceOf(WrongModelException.class);
        Path text = Files.writeString(dir.resolve("text"), "no archive\n".repeat(100));
        assertThatThrownBy(() -> ItemArchive.recover(text, MODEL))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("text");
    }
}
