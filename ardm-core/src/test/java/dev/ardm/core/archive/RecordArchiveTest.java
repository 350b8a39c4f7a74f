package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records: short items that share streams, and those that the model contains. */
class RecordArchiveTest {
    private static final Space BYTES = Space.of(new int[] {64}, 256, Space.Scale.NOMINAL);
    private static final List<int[]> LEARNT = lines(1, 300);
    private static final LikelihoodModel MODEL =
            CountsModel.learn(BYTES, "", LEARNT).open(2);

    @TempDir
    Path dir;

    private static List<int[]> lines(long seed, int count) {
        Random random = new Random(seed);
        List<int[]> lines = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            lines.add(("user" + random.nextInt(500) + " logged " + (random.nextBoolean() ? "in" : "out") + " at "
                            + random.nextInt(24) + ":" + random.nextInt(60))
                    .chars()
                    .toArray());
        }
        return lines;
    }

    private static Item item(int[] values) {
        return Item.of(values);
    }

    private Path write(String name, List<Item> items) throws IOException {
        Path file = dir.resolve(name);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, MODEL.plan(1), ItemLayout.RECORDS)) {
            for (Item item : items) {
                writer.add(item);
            }
            assertThat(writer.size()).isEqualTo(items.size());
            writer.commit();
            assertThat(writer.added()).isEqualTo(items.size());
            assertThat(writer.inexact()).isZero();
        }
        return file;
    }

    private static List<Item> items(List<int[]> values) {
        return values.stream().map(RecordArchiveTest::item).toList();
    }

    private static void assertHas(ItemArchive archive, List<Item> items) throws IOException {
        assertThat(archive.size()).isEqualTo(items.size());
        List<DecodedItem> all = archive.items(0, archive.size());
        for (int k = 0; k < items.size(); k++) {
            for (DecodedItem item : List.of(all.get(k), archive.item(k))) {
                assertThat(item.intact())
                        .as("item %d", k)
                        .isEqualTo(items.get(k).values());
                assertThat(item.item().side()).isEqualTo(items.get(k).side());
            }
            assertThat(archive.reader().label(k)).isEqualTo(items.get(k).label());
        }
    }

    private static void assertHas(Path file, List<Item> items) throws IOException {
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertHas(archive, items);
            assertThat(archive.verify(n -> {}).good()).isTrue();
        }
    }

    @Test
    void everyRecordComesBackAndTakesHalfAByteMoreThanItsInformation() throws Exception {
        List<int[]> lines = lines(2, 9_000); // more than a frame
        double bits = 0;
        for (double[] record : MODEL.scorer(MODEL.plan(1), ItemLayout.RECORDS).unitBits(items(lines), n -> {})) {
            bits += Arrays.stream(record).sum();
        }
        Path file = write("a.ardm", items(lines));
        assertThat((Files.size(file) - bits / 8) / lines.size()).isBetween(0.0, 0.5);
        assertHas(file, items(lines));
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.stream().toList()).hasSize(lines.size());
            assertThat(archive.reader().length(3)).isZero();
            assertThat(archive.reader().records(0).size(0)).isBetween(8, 64);
        }
    }

    @Test
    void recordsOfEveryKindComeBack() throws Exception {
        Random random = new Random(3);
        List<Item> items = new ArrayList<>(items(lines(4, 30)));
        items.add(item(new int[0]));
        items.add(new Item("", new int[0], new byte[] {5}));
        items.add(new Item("", LEARNT.get(0), "a name and more of it".getBytes()));
        for (int length : new int[] {1, 2, 3, 300, 1_000, 70_000, 1}) {
            items.add(item(random.ints(length, 0, 256).toArray()));
        }
        items.add(item(LEARNT.get(0)).labelled(ItemLabel.named("name")));
        items.add(item(LEARNT.get(1)).labelled(ItemLabel.named("timed").modified(77)));
        items.add(item(LEARNT.get(2)).labelled(ItemLabel.NONE.modified(78).permitted(OptionalInt.of(0640))));
        assertHas(write("a.ardm", items), items);
        assertHas(write("none.ardm", List.of()), List.of());
        assertHas(write("one.ardm", items.subList(30, 31)), items.subList(30, 31));
    }

    @Test
    void randomBytesTakeTwoBytesMoreAtMost() throws Exception {
        Random random = new Random(5);
        List<Item> items = new ArrayList<>();
        long bytes = 0;
        for (int k = 0; k < 1_000; k++) {
            items.add(item(random.ints(random.nextInt(300), 0, 256).toArray()));
            bytes += items.get(k).values().length + 1; // with the line end that it had
        }
        Path file = write("a.ardm", items);
        assertThat((double) (Files.size(file) - bytes) / items.size()).isLessThan(2);
        assertHas(file, items);
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            assertThat(reader.entry(10).form()).isEqualTo(ItemForm.STORED);
        }
    }

    @Test
    void whatTheModelContainsIsNotStored() throws Exception {
        Path all = write("all.ardm", items(LEARNT));
        assertThat(Files.size(all)).isLessThan(260);
        assertHas(all, items(LEARNT));
        List<Item> named = new ArrayList<>(items(LEARNT));
        named.set(0, new Item("", LEARNT.get(0), new byte[] {1, 2, 3}));
        named.set(100, new Item("", LEARNT.get(100), new byte[] {4}));
        Path sides = write("sides.ardm", named);
        assertThat(Files.size(sides)).isLessThan(340);
        assertHas(sides, named);
        List<int[]> others = lines(6, LEARNT.size());
        List<int[]> mixed = new ArrayList<>();
        for (int k = 0; k < LEARNT.size(); k++) {
            mixed.add(LEARNT.get(k));
            mixed.add(others.get(k));
        }
        Path half = write("half.ardm", items(mixed));
        assertThat(Files.size(half)).isLessThan(Files.size(write("others.ardm", items(others))) + 20);
        assertHas(half, items(mixed));
        try (ArchiveReader reader = ArchiveReader.open(half)) {
            assertThat(reader.entry(2).form()).isEqualTo(ItemForm.LEARNT);
            assertThat(reader.place(2).learnt()).isEqualTo(1);
        }
        List<Item> same = new ArrayList<>();
        for (int k = 0; k < 70_000; k++) {
            same.add(item(LEARNT.get(0)));
        }
        Path again = write("again.ardm", same);
        assertThat(Files.size(again)).isLessThan(400);
        try (ItemArchive archive = ItemArchive.open(again, MODEL)) {
            assertThat(archive.size()).isEqualTo(same.size());
            assertThat(archive.get(69_999)).isEqualTo(LEARNT.get(0));
        }
    }

    @Test
    void storesAppendRecordsInCommitsAndCompactThem() throws Exception {
        Path file = dir.resolve("store.ardm");
        List<Item> items = new ArrayList<>();
        List<int[]> lines = lines(7, 60);
        for (int k = 0; k < 60; k++) {
            items.add(k % 20 == 0 ? new Item("", lines.get(k), new byte[] {1, 2}) : item(lines.get(k)));
            items.add(item(LEARNT.get(k)));
        }
        StoreOptions options = new StoreOptions(7, Duration.ofMinutes(10), 1000);
        for (int half = 0; half < 2; half++) {
            try (ItemStore store = ItemStore.open(file, MODEL, MODEL.plan(1), ItemLayout.RECORDS, options)) {
                for (Item item : items.subList(60 * half, 60 * half + 60)) {
                    store.append(item);
                }
                store.flush();
                assertThat(store.size()).isEqualTo(60 * half + 60);
            }
        }
        assertHas(file, items);
        try (ItemStore store = ItemStore.open(file, MODEL, MODEL.plan(1), ItemLayout.RECORDS, options)) {
            long before = Files.size(file);
            store.compact();
            assertThat(Files.size(file)).isLessThan(before / 2);
            store.append(item(lines.get(0)));
            items.add(item(lines.get(0)));
        }
        assertHas(file, items);
    }

    @Test
    void withTheModelNothingRemainsOfDeletedRecords() throws Exception {
        List<Item> items = new ArrayList<>(items(lines(11, 100)));
        items.set(4, new Item("", items.get(4).values(), new byte[] {9}));
        items.set(70, item(new Random(1).ints(500, 0, 256).toArray()));
        Path file = write("a.ardm", items);
        ArchiveCopy.replace(file, k -> k % 3 != 0, new RecordRewriter(part -> Optional.empty()));
        items = without(items, 3);
        assertThat(droppedInGroups(file)).isEqualTo(34);
        assertHas(file, items);
        ArchiveCopy.replace(file, k -> k % 5 != 0, new RecordRewriter(part -> Optional.of(MODEL)));
        items = without(items, 5);
        assertThat(droppedInGroups(file)).isZero();
        assertHas(file, items);
        Path store = write("store.ardm", items);
        ArchiveCopy.replace(store, k -> k % 2 != 0);
        items = without(items, 2);
        assertThat(droppedInGroups(store)).isPositive();
        try (ItemStore opened = ItemStore.records(store, MODEL)) {
            opened.compact();
        }
        assertThat(droppedInGroups(store)).isZero();
        assertHas(store, items);
    }

    private static List<Item> without(List<Item> items, int every) {
        List<Item> left = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            if (k % every != 0) {
                left.add(items.get(k));
            }
        }
        return left;
    }

    private static int droppedInGroups(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            return reader.records(0).droppedInGroups();
        }
    }

    @Test
    void recordsAreDeletedWithoutTheModel() throws Exception {
        List<Item> items = new ArrayList<>(items(LEARNT.subList(0, 100)));
        items.addAll(items(lines(8, 200)));
        items.addAll(items(LEARNT.subList(100, 200)));
        items.set(150, new Item("", items.get(150).values(), new byte[] {9}));
        Path file = write("a.ardm", items);
        Random random = new Random(9);
        while (items.size() > 3) {
            List<Boolean> stays = new ArrayList<>();
            items.forEach(item -> stays.add(random.nextInt(4) > 0));
            ArchiveCopy.replace(file, stays::get);
            List<Item> left = new ArrayList<>();
            for (int k = 0; k < items.size(); k++) {
                if (stays.get(k)) {
                    left.add(items.get(k));
                }
            }
            items = left;
            assertHas(file, items);
        }
        ArchiveCopy.replace(file, k -> false);
        assertHas(file, List.of());
    }

    @Test
    void damageHitsTheRecordsOfAGroupOnly() throws Exception {
        List<Item> items = items(lines(10, 4_000));
        Path file = write("a.ardm", items);
        byte[] bytes = Files.readAllBytes(file);
        int size;
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            ArchiveReader.Entry entry = reader.entry(1_000);
            bytes[(int) entry.offset() + entry.length() / 2] ^= 4;
            size = reader.records(1_000).size(reader.records(1_000).group(1_000));
        }
        Files.write(file, bytes);
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThatThrownBy(() -> archive.get(1_000))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("item 1000")
                    .hasMessageContaining("group of " + size);
            IntegrityReport report = archive.verify(n -> {});
            assertThat(report.damaged().count()).isEqualTo(size).isLessThanOrEqualTo(64);
            assertThat(report.doubtful().count()).isEqualTo(items.size() - size);
            for (int k = 0; k < items.size(); k += 7) {
                if (!report.damaged().contains(k)) {
                    assertThat(archive.get(k)).isEqualTo(items.get(k).values());
                }
            }
        }
        Path cut = dir.resolve("cut.ardm");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 50));
        try (ItemArchive archive = ItemArchive.recover(cut, MODEL)) {
            assertThat(archive.verify(n -> {}).damaged().count()).isEqualTo(size);
            Path repaired = dir.resolve("repaired.ardm");
            ArchiveCopy.Report report =
                    ArchiveCopy.write(archive.reader(), repaired, false, new ArchiveCopy.Listener() {
                        @Override
                        public void doubtful(int item) {}

                        @Override
                        public void leftOut(DamagedException why) {}
                    });
            assertThat(report.copied()).isBetween(items.size() - size, items.size());
            try (ItemArchive again = ItemArchive.open(repaired, MODEL)) {
                assertThat(again.get(5)).isEqualTo(items.get(5).values());
            }
        }
    }

    @Test
    void modelsThatKnowNoEndsAreRefused() {
        LikelihoodModel model = TinyModels.transformer(Space.of(new int[] {12}, 5, Space.Scale.NOMINAL), 1)
                .open(1);
        Path file = dir.resolve("a.ardm");
        assertThatThrownBy(() -> ItemArchiveWriter.create(file, model, model.plan(1), ItemLayout.RECORDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where items end");
        assertThat(file).doesNotExist();
    }
}
