package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of documents. That they survive being killed is in {@link StoreKillTest}. */
class DocumentStoreTest {
    private static final Space SPACE = Space.of(new int[] {12}, 5, Space.Scale.NOMINAL);
    private static final LikelihoodModel MODEL =
            TinyModels.transformer(SPACE, 1).open(2);
    private static final Plan PLAN = MODEL.plan(3);
    private static final ItemLayout LAYOUT = ItemLayout.sequences(3, 0);
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path dir;

    private static ItemStore open(Path file, StoreOptions options) throws IOException {
        return ItemStore.open(file, MODEL, PLAN, LAYOUT, options);
    }

    private static Item document(int n) {
        RandomStream random = RandomStream.of(2, Purpose.TEST, n);
        int[] values = new int[n % 7 == 0 ? 0 : random.nextInt(40)];
        Arrays.setAll(values, i -> random.nextInt(5));
        byte[] side = new byte[n % 4];
        Arrays.fill(side, (byte) n);
        return new Item("", values, side).labelled(ItemLabel.named("d" + n).modified(1000L + n));
    }

    private static void assertThere(ItemArchive archive, int number, Item wanted) throws IOException {
        DecodedItem item = archive.item(number);
        assertThat(item.intact()).isEqualTo(wanted.values());
        assertThat(item.item().side()).isEqualTo(wanted.side());
        assertThat(item.item().shape()).isEqualTo(wanted.shape());
        assertThat(archive.name(number)).contains(wanted.name());
        assertThat(archive.time(number).map(Instant::toEpochMilli).orElseThrow())
                .isEqualTo(wanted.label().time().orElseThrow());
    }

    @Test
    void whatManyThreadsAppendIsThereAndStaysWhenCompacted() throws Exception {
        Path file = dir.resolve("store.ardm");
        int each = 12;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Long> numbers = new ArrayList<>();
        try (ItemStore store = open(file, new StoreOptions(5, Duration.ofMillis(2), 8))) {
            List<Future<List<Long>>> appended = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t * each;
                appended.add(threads.submit(() -> {
                    List<Long> own = new ArrayList<>();
                    for (int n = first; n < first + each; n++) {
                        own.add(
                                n % 3 == 0
                                        ? store.submit(document(n)).get(1, TimeUnit.MINUTES)
                                        : Long.valueOf(store.append(document(n))));
                    }
                    return own;
                }));
            }
            for (Future<List<Long>> own : appended) {
                numbers.addAll(own.get(1, TimeUnit.MINUTES));
            }
            store.flush();
            assertThat(store.inexact()).isZero();
            long before = Files.size(file);
            for (boolean compacted : new boolean[] {false, true}) {
                if (compacted) {
                    store.compact();
                    assertThat(Files.size(file)).isLessThan(before);
                }
                try (ItemArchive archive = store.snapshot()) {
                    assertThat(archive.size()).isEqualTo(4 * each);
                    for (int n = 0; n < 4 * each; n++) {
                        assertThere(archive, Math.toIntExact(numbers.get(n)), document(n));
                    }
                    assertThat(archive.verify(done -> {}).good()).isTrue();
                }
            }
            assertThat(store.append(document(99))).isEqualTo(4 * each);
        } finally {
            threads.shutdownNow();
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThere(archive, 4 * each, document(99));
        }
    }

    /** Wherever an append stopped, what was committed is there, and appending continues. */
    @Test
    void aCutAppendLosesNothingThatWasCommitted() throws IOException {
        Path file = dir.resolve("store.ardm");
        byte[] committed;
        byte[] more;
        try (ItemStore store = open(file, new StoreOptions(100, LONG, 100))) {
            for (int n = 0; n < 3; n++) {
                store.append(document(n));
            }
            store.flush();
            committed = Files.readAllBytes(file);
            store.append(document(3));
            store.flush();
            more = Files.readAllBytes(file);
        }
        for (int length = committed.length; length < more.length; length += 13) {
            Files.write(file, Arrays.copyOf(more, length));
            Files.createFile(dir.resolve(".store.ardm.append-lock")); // as a killed process leaves it
            try (ItemStore store = open(file, new StoreOptions(100, LONG, 100))) {
                assertThat(store.size()).isEqualTo(3);
                assertThat(store.append(document(4))).isEqualTo(3);
            }
            try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
                assertThat(archive.size()).isEqualTo(4);
                for (int n = 0; n < 3; n++) {
                    assertThere(archive, n, document(n));
                }
                assertThere(archive, 3, document(4));
            }
        }
    }

    @Test
    void bytesAndImagesAreDocuments() throws IOException {
        LikelihoodModel bytes = TinyModels.transformer(Space.of(new int[] {8}, 256, Space.Scale.NOMINAL), 1)
                .open(1);
        byte[] text = "Größe: 3 µm\u0000\u0001".getBytes(StandardCharsets.UTF_8);
        Path file = dir.resolve("bytes.ardm");
        try (ItemStore store =
                ItemStore.open(file, bytes, bytes.plan(2), ItemLayout.sequences(2, 0), StoreOptions.DEFAULT)) {
            assertThat(store.append(Item.ofBytes(text, "text"))).isZero();
        }
        try (ItemArchive archive = ItemArchive.open(file, bytes)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            archive.writeBytes(0, out);
            assertThat(out.toByteArray()).isEqualTo(text);
        }
        LikelihoodModel images = TinyModels.random(Space.image(4, 4, 1, 3), 1).open(1);
        int[] pixels = new int[5 * 6];
        Arrays.setAll(pixels, i -> i % 3);
        Item image = new Item("image", OptionalLong.of(7), new int[] {5, 6, 1}, pixels, new byte[] {1});
        Path pictures = dir.resolve("images.ardm");
        try (ItemStore store =
                ItemStore.open(pictures, images, images.plan(2), ItemLayout.images(1, 0), StoreOptions.DEFAULT)) {
            assertThat(store.append(image)).isZero();
            assertThatThrownBy(() -> store.append(new int[16], "without a shape"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("height");
            store.compact();
        }
        try (ItemArchive archive = ItemArchive.open(pictures, images)) {
            assertThere(archive, 0, image);
        }
    }

    @Test
    void whatCannotBeCodedIsRefusedAndTheStoreGoesOn() throws IOException {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            for (Item bad : List.of(
                    Item.of(new int[] {5}, ""),
                    new Item("", OptionalLong.empty(), new int[] {1, 1, 1}, new int[1], new byte[0])
                            .labelled(ItemLabel.NONE),
                    Item.of(new int[] {0, -1}, ""),
                    Item.of(new int[ItemStore.MOST_VALUES + 1], ""),
                    new Item("", new int[0], new byte[ItemStore.MOST_SIDE_BYTES + 1]).labelled(ItemLabel.NONE))) {
                assertThatThrownBy(() -> store.append(bad)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(store.append(document(1))).isZero();
            store.flush();
            assertThat(store.size()).isEqualTo(1);
        }
    }

    @Test
    void storesOfAnotherKindAreRefused() throws IOException {
        Path documents = dir.resolve("documents.ardm");
        try (ItemStore store = open(documents, StoreOptions.DEFAULT)) {
            store.append(document(1));
        }
        assertThatThrownBy(() -> ItemStore.open(documents, MODEL, PLAN, StoreOptions.DEFAULT))
                .hasMessageContaining("sequences, not values");
        assertThatThrownBy(() -> ItemStore.open(documents, MODEL, PLAN, ItemLayout.ROWS, StoreOptions.DEFAULT))
                .hasMessageContaining("sequences, not rows");
        Path items = dir.resolve("items.ardm");
        try (ItemStore store = ItemStore.open(items, MODEL, PLAN, StoreOptions.DEFAULT)) {
            assertThatThrownBy(() -> store.append(document(1))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> open(items, StoreOptions.DEFAULT)).hasMessageContaining("values, not sequences");
        Path never = dir.resolve("never.ardm");
        LikelihoodModel images = TinyModels.random(Space.image(4, 4, 1, 3), 1).open(1);
        assertThatThrownBy(() -> ItemStore.open(never, images, images.plan(2), LAYOUT, StoreOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ItemStore.open(never, MODEL, PLAN, ItemLayout.images(1, 0), StoreOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(never).doesNotExist();
    }

    /** A context that is not that of the archive counts for a new one only. */
    @Test
    void anArchiveGoesOnWithItsOwnLayoutAndPlan() throws IOException {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            store.append(document(5));
        }
        try (ItemStore store =
                ItemStore.open(file, MODEL, MODEL.plan(1), ItemLayout.sequences(1, 2), StoreOptions.DEFAULT)) {
            store.append(document(6));
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThere(archive, 0, document(5));
            assertThere(archive, 1, document(6));
        }
    }

    @Test
    void compactionDoesNotHideDamage() throws IOException {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            store.append(document(5));
            store.flush();
            long at;
            try (ArchiveReader reader = ArchiveReader.openCommitted(file)) {
                at = reader.entry(0).offset();
            }
            byte[] all = Files.readAllBytes(file);
            all[(int) at] ^= 4;
            Files.write(file, all, StandardOpenOption.WRITE);
            assertThatThrownBy(store::compact).isInstanceOf(DamagedException.class);
            assertThat(file).hasBinaryContent(all);
        }
    }
}
