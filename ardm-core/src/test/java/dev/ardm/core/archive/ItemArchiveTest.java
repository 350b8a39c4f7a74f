package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemArchiveTest {
    private static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(2);
    private static final Plan PLAN = MODEL.plan(2);

    @TempDir
    Path dir;

    private static List<int[]> write(Path file, int count, long seed) throws IOException {
        List<int[]> items = TinyModels.items(SPACE, count, seed);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            for (int k = 0; k < count; k++) {
                writer.add(items.get(k), "item " + k);
            }
            assertThat(writer.size()).isEqualTo(count);
            writer.commit();
            assertThat(writer.inexact()).isZero();
        }
        return items;
    }

    /** No stream is kept that does not decode to its item, whether decoding fails or gives another item. */
    @Test
    void onlyStreamsThatDecodeToTheirItemAreKept() throws IOException {
        LikelihoodModel inexact = FailingModel.inexact(MODEL);
        List<int[]> items = MODEL.sample(5, PLAN, 1, LikelihoodModel.NO_PROGRESS);
        Path written = dir.resolve("written.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(written, inexact, PLAN)) {
            for (int[] item : items) {
                writer.add(item);
            }
            writer.commit();
            assertThat(writer.inexact()).isEqualTo(2);
        }
        Path stored = dir.resolve("stored.ardm");
        StoreOptions together = new StoreOptions(5, Duration.ofHours(1), 5);
        try (ItemStore store = ItemStore.open(stored, inexact, PLAN, together)) {
            for (int[] item : items) {
                store.submit(Item.of(item, ""));
            }
            store.flush();
            assertThat(store.inexact()).isEqualTo(2);
        }
        for (Path file : List.of(written, stored)) {
            try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
                assertThat(archive.get(0, 5).toArray()).isEqualTo(items.toArray());
            }
            try (ArchiveReader reader = ArchiveReader.open(file)) {
                for (int k = 0; k < 5; k++) {
                    assertThat(reader.entry(k).stored())
                            .as("item %s is stored", k)
                            .isEqualTo(k == 1 || k == 3);
                }
            }
        }
    }

    @Test
    void everythingComesBackAloneTogetherAndInAStream() throws IOException {
        Path file = dir.resolve("items.ardm");
        int count = PartDecoders.CHUNK + 44;
        List<int[]> items = write(file, count, 5);
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.size()).isEqualTo(count);
            for (int k = 0; k < count; k += 7) {
                assertThat(archive.get(k)).isEqualTo(items.get(k));
                assertThat(archive.get("item " + k).orElseThrow()).isEqualTo(items.get(k));
                assertThat(archive.indexOf("item " + k)).hasValue(k);
                assertThat(archive.name(k)).contains("item " + k);
                assertThat(archive.item(k).item().side()).isEmpty();
            }
            assertThat(archive.get(0, count).toArray()).isEqualTo(items.toArray());
            assertThat(archive.get(250, 262).toArray())
                    .isEqualTo(items.subList(250, 262).toArray());
            assertThat(archive.get(9, 9)).isEmpty();
            assertThat(archive.stream().toArray()).isEqualTo(items.toArray());
            assertThat(archive.stream().skip(3).findFirst().orElseThrow()).isEqualTo(items.get(3));
            assertThatThrownBy(() -> archive.get(count)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> archive.get(0, count + 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void nothingIsAnArchiveToo() throws IOException {
        Path file = dir.resolve("nothing.ardm");
        write(file, 0, 1);
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.size()).isZero();
            assertThat(archive.stream()).isEmpty();
            assertThat(archive.iterator().hasNext()).isFalse();
            assertThat(archive.indexOf("item 0")).isEmpty();
        }
    }

    @Test
    void namesAreFound() throws IOException {
        Path file = dir.resolve("named.ardm");
        List<String> names = List.of("b", "", "käse/é \uD83D\uDE00", "a", "b", "", "B", "käse/e\u0301 \uD83D\uDE00");
        List<int[]> items = TinyModels.items(SPACE, names.size(), 3);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            for (int k = 0; k < names.size(); k++) {
                writer.add(items.get(k), names.get(k));
            }
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(names.stream().map(name -> index(archive, name)))
                    .as("the first of a name, and none for no name")
                    .containsExactly(
                            OptionalInt.of(0),
                            OptionalInt.empty(),
                            OptionalInt.of(2),
                            OptionalInt.of(3),
                            OptionalInt.of(0),
                            OptionalInt.empty(),
                            OptionalInt.of(6),
                            OptionalInt.of(7));
            assertThat(archive.get("b").orElseThrow()).isEqualTo(items.get(0));
            assertThat(archive.get("c")).isEmpty();
            assertThat(archive.indexOf("\uD800")).isEmpty();
            assertThat(archive.name(1)).isEmpty();
        }
    }

    private static OptionalInt index(ItemArchive archive, String name) {
        try {
            return archive.indexOf(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readersDoNotDisturbEachOther() throws Exception {
        Path file = dir.resolve("items.ardm");
        int count = 300;
        List<int[]> items = write(file, count, 8);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            List<Callable<Integer>> readers = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                RandomStream random = RandomStream.of(1, Purpose.TEST, t);
                readers.add(() -> read(archive, items, random));
            }
            int read = 0;
            for (Future<Integer> reader : threads.invokeAll(readers)) {
                read += reader.get();
            }
            assertThat(read).isGreaterThan(16 * 60);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int read(ItemArchive archive, List<int[]> items, RandomStream random) throws IOException {
        int read = 0;
        for (int i = 0; i < 20; i++) {
            int k = random.nextInt(items.size());
            assertThat(archive.get(k)).isEqualTo(items.get(k));
            int named = random.nextInt(items.size());
            assertThat(archive.get("item " + named).orElseThrow()).isEqualTo(items.get(named));
            int to = Math.min(items.size(), k + 1 + random.nextInt(6));
            assertThat(archive.get(k, to).toArray())
                    .isEqualTo(items.subList(k, to).toArray());
            read += 2 + to - k;
        }
        return read;
    }

    @Test
    void theWrongModelIsRefused() throws IOException {
        Path file = dir.resolve("items.ardm");
        write(file, 3, 1);
        MaskingModel other = TinyModels.random(SPACE, 2);
        assertThatThrownBy(() -> ItemArchive.open(file, other.open(1)))
                .isInstanceOfSatisfying(WrongModelException.class, e -> {
                    assertThat(e.wanted()).isEqualTo(MODEL.model().idText());
                    assertThat(e.reason()).contains(other.idText().substring(0, 12));
                })
                .hasMessageContaining("items.ardm");
    }

    @Test
    void aNewerArithmeticAndAFalseSpaceAreRefused() throws IOException {
        byte[] id = MODEL.model().id();
        byte[] plan = PLAN.toBytes();
        Path newer = empty("newer", new ArchiveHeader(2, id, new int[] {4, 4, 1}, new int[] {3}, 0, plan));
        assertThatThrownBy(() -> ItemArchive.open(newer, MODEL)).isInstanceOf(NewerVersionException.class);
        Path space = empty("space", new ArchiveHeader(1, id, new int[] {4, 5, 1}, new int[] {3}, 0, plan));
        assertThatThrownBy(() -> ItemArchive.open(space, MODEL))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("but the model has items of");
        Path none = empty("plan", new ArchiveHeader(1, id, new int[] {4, 4, 1}, new int[] {3}, 0, new byte[] {9}));
        assertThatThrownBy(() -> ItemArchive.open(none, MODEL)).isInstanceOf(DamagedException.class);
    }

    private Path empty(String name, ArchiveHeader header) throws IOException {
        Path file = dir.resolve(name + ".ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(file, header, false)) {
            writer.commit();
        }
        return file;
    }

    @Test
    void aDamagedItemLeavesTheOthers() throws IOException {
        Path file = dir.resolve("items.ardm");
        List<int[]> items = write(file, 40, 4);
        ArchiveReader.Entry entry;
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            entry = reader.entry(17);
        }
        byte[] bytes = Files.readAllBytes(file);
        int found = 0;
        for (int bit = 0; bit < 8; bit++) {
            byte[] changed = bytes.clone();
            changed[(int) entry.offset()] ^= (byte) (1 << bit);
            Files.write(file, changed);
            found += readDamaged(file, items);
        }
        assertThat(found).as("few check bits let few changes pass").isGreaterThanOrEqualTo(6);
    }

    /** Whether item 17 was refused; all others must come back. */
    private static int readDamaged(Path file, List<int[]> items) throws IOException {
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            List<DecodedItem> all = archive.items(0, 40);
            for (int k = 0; k < 40; k++) {
                if (k != 17) {
                    assertThat(all.get(k).intact()).isEqualTo(items.get(k));
                    assertThat(archive.get(k)).isEqualTo(items.get(k));
                }
            }
            if (all.get(17).damage() == null) {
                return 0;
            }
            assertThat(all.get(17).read()).isNull();
            for (Access access :
                    List.<Access>of(() -> archive.get(17), () -> archive.get("item 17"), () -> archive.get(10, 20))) {
                assertThatThrownBy(access::run)
                        .isInstanceOfSatisfying(DamagedException.class, e -> assertThat(e.item())
                                .isEqualTo(17))
                        .hasMessageContaining("items.ardm")
                        .hasMessageContaining("the other 39 items are not affected");
            }
            assertThatThrownBy(() -> archive.stream().toList())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(DamagedException.class);
            return 1;
        }
    }

    private interface Access {
        void run() throws IOException;
    }

    @Test
    void documentsKeepWhatIsBesideTheirValues() throws IOException {
        Space space = Space.of(new int[] {12}, 5, Space.Scale.NOMINAL);
        LikelihoodModel model = TinyModels.transformer(space, 1).open(2);
        Path file = dir.resolve("documents.ardm");
        List<Item> documents = new ArrayList<>();
        for (int length : new int[] {0, 1, 12, 13, 40}) {
            RandomStream random = RandomStream.of(2, Purpose.TEST, length);
            int[] values = new int[length];
            Arrays.setAll(values, i -> random.nextInt(5));
            documents.add(new Item("", values, new byte[length % 5])
                    .labelled(ItemLabel.named("d" + length).modified(1000L + length)));
        }
        try (ItemArchiveWriter writer =
                ItemArchiveWriter.create(file, model, model.plan(3), ItemLayout.sequences(3, 0))) {
            for (Item document : documents) {
                writer.add(document);
            }
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            for (int k = 0; k < documents.size(); k++) {
                DecodedItem item = archive.item(k);
                assertThat(item.intact()).isEqualTo(documents.get(k).values());
                assertThat(item.item().side()).isEqualTo(documents.get(k).side());
                assertThat(archive.get(documents.get(k).name()).orElseThrow())
                        .isEqualTo(documents.get(k).values());
            }
            assertThat(archive.stream().count()).isEqualTo(documents.size());
        }
    }

    @Test
    void bytesGoInAndOut() throws IOException {
        Space space = Space.of(new int[] {8}, 256, Space.Scale.NOMINAL);
        LikelihoodModel model = TinyModels.transformer(space, 1).open(1);
        Path file = dir.resolve("bytes.ardm");
        byte[] text = "Größe: 3 µm\u0000\u0001".getBytes(StandardCharsets.UTF_8);
        try (ItemArchiveWriter writer =
                ItemArchiveWriter.create(file, model, model.plan(2), ItemLayout.sequences(2, 0))) {
            writer.addBytes(new ByteArrayInputStream(text), "text");
            assertThatThrownBy(() -> writer.add(Item.of(new int[] {256}, "")))
                    .isInstanceOf(IllegalArgumentException.class);
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            archive.writeBytes(0, out);
            assertThat(out.toByteArray()).isEqualTo(text);
        }
    }

    /** Two archives of different plans, concatenated. */
    @Test
    void whatIsPutTogetherIsReadTogether() throws IOException {
        Path first = dir.resolve("first.ardm");
        List<int[]> items = new ArrayList<>(write(first, 20, 4));
        Path second = dir.resolve("second.ardm");
        List<int[]> more = TinyModels.items(SPACE, 10, 9);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(second, MODEL, MODEL.plan(5))) {
            for (int[] item : more) {
                writer.add(item);
            }
            writer.commit();
        }
        items.addAll(more);
        Path both = dir.resolve("both.ardm");
        concatenate(both, first, second, first);
        items.addAll(items.subList(0, 20));
        try (ItemArchive archive = ItemArchive.open(both, MODEL)) {
            assertThat(archive.get(0, 50).toArray()).isEqualTo(items.toArray());
            assertThat(archive.get(25)).isEqualTo(items.get(25));
            assertThat(archive.indexOf("item 3")).hasValue(3);
        }
        LikelihoodModel other = TinyModels.random(SPACE, 2).open(1);
        Path foreign = dir.resolve("foreign.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(foreign, other, PLAN)) {
            writer.add(new int[16]);
            writer.commit();
        }
        concatenate(both, first, foreign);
        try (ItemArchive archive = ItemArchive.open(both, MODEL)) {
            assertThat(archive.get(19)).isEqualTo(items.get(19));
            assertThatThrownBy(() -> archive.get(20)).isInstanceOf(WrongModelException.class);
        }
    }

    private static void concatenate(Path to, Path... files) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (Path file : files) {
                Files.copy(file, out);
            }
        }
    }

    @Test
    void badItemsAndFilesThatAreThereAreRefused() throws IOException {
        Path file = dir.resolve("items.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            writer.add(new int[16], "good");
            assertThatThrownBy(() -> writer.add(new int[15], "short")).isInstanceOf(IllegalArgumentException.class);
            int[] wrong = new int[16];
            wrong[3] = 3;
            assertThatThrownBy(() -> writer.add(wrong, "wrong")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.add(new int[16], "\uD800")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.add(new Item("", new int[16], new byte[1])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(file).doesNotExist();
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.size()).isEqualTo(1);
        }
        assertThatThrownBy(() -> ItemArchiveWriter.create(file, MODEL, PLAN))
                .isInstanceOf(FileAlreadyExistsException.class);
        Path given = dir.resolve("given.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(given, MODEL, PLAN)) {
            writer.add(new int[16]);
        }
        assertThat(dir).isDirectoryNotContaining(path -> !path.equals(file));
    }

    /** The writer must not see what its caller does with an array later. */
    @Test
    void arraysMayBeUsedAgain() throws IOException {
        Path file = dir.resolve("items.ardm");
        int[] item = new int[16];
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            for (int value = 0; value < 3; value++) {
                Arrays.fill(item, value);
                writer.add(item);
            }
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get(0, 3)).extracting(values -> values[7]).containsExactly(0, 1, 2);
            assertThat(archive.get("")).isEqualTo(Optional.empty());
        }
    }
}
