package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemStoreTest {
    private static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(2);
    private static final Plan PLAN = MODEL.plan(2);
    private static final List<int[]> ITEMS = TinyModels.items(SPACE, 400, 6);
    /** So long that a group is complete, or asked for, before. */
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path dir;

    private ItemStore open(Path file, StoreOptions options) throws IOException {
        return ItemStore.open(file, MODEL, PLAN, options);
    }

    @Test
    void whatManyThreadsAppendIsThere() throws Exception {
        Path file = dir.resolve("store.ardm");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (ItemStore store = open(file, new StoreOptions(32, Duration.ofMillis(2), 16))) {
            List<Callable<List<Long>>> appenders = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int from = t * 50;
                appenders.add(() -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = from; i < from + 50; i++) {
                        numbers.add(
                                i % 2 == 0
                                        ? store.append(ITEMS.get(i), "item " + i)
                                        : store.submit(Item.of(ITEMS.get(i), "item " + i))
                                                .get(1, TimeUnit.MINUTES));
                    }
                    return numbers;
                });
            }
            List<Future<List<Long>>> results = threads.invokeAll(appenders);
            store.flush();
            assertThat(store.size()).isEqualTo(400);
            assertThat(store.inexact()).isZero();
            try (ItemArchive archive = store.snapshot()) {
                assertThat(archive.size()).isEqualTo(400);
                for (int t = 0; t < 8; t++) {
                    List<Long> numbers = results.get(t).get();
                    assertThat(numbers).isSorted().doesNotHaveDuplicates();
                    for (int i = 0; i < 50; i++) {
                        int number = Math.toIntExact(numbers.get(i));
                        assertThat(archive.name(number)).contains("item " + (50 * t + i));
                        assertThat(archive.get(number)).isEqualTo(ITEMS.get(50 * t + i));
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.size()).isEqualTo(400);
        }
    }

    @Test
    void groupsAreCommittedInOrderWhenTheyAreDue() throws Exception {
        Path file = dir.resolve("store.ardm");
        List<Long> done = Collections.synchronizedList(new ArrayList<>());
        try (ItemStore store = open(file, new StoreOptions(10, LONG, 1000))) {
            List<CompletableFuture<Void>> futures = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                futures.add(store.submit(Item.of(ITEMS.get(i), "")).thenAccept(done::add));
            }
            for (int i = 0; i < 20; i++) {
                futures.get(i).get(1, TimeUnit.MINUTES);
            }
            assertThat(futures.get(20)).as("five items wait for five more").isNotDone();
            assertThat(store.size()).isEqualTo(20);
            try (ItemArchive archive = store.snapshot()) {
                assertThat(archive.size()).isEqualTo(20);
            }
            store.flush();
            assertThat(store.size()).isEqualTo(25);
            futures.get(24).get(1, TimeUnit.MINUTES);
        }
        assertThat(done).hasSize(25).isSorted();
    }

    /** Readers that open the file at any moment, also in the middle of a commit, see whole commits and nothing else. */
    @Test
    void readersOpenItAtAnyMoment() throws Exception {
        Path file = dir.resolve("store.ardm");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (ItemStore store = open(file, new StoreOptions(3, Duration.ZERO, 6))) {
            Callable<Integer> reader = () -> {
                int openings = 0;
                for (int seen = 0; seen < 200; openings++) {
                    long before = store.size();
                    try (ItemArchive archive = ItemArchive.openCommitted(file, MODEL)) {
                        assertThat(archive.size()).isGreaterThanOrEqualTo(Math.max(seen, (int) before));
                        seen = archive.size();
                        for (int k = Math.max(0, seen - 3); k < seen; k++) {
                            assertThat(archive.get(k)).isEqualTo(ITEMS.get(k));
                        }
                    }
                }
                return openings;
            };
            Future<Integer> one = threads.submit(reader);
            Future<Integer> two = threads.submit(reader);
            for (int i = 0; i < 200; i++) {
                store.append(ITEMS.get(i), "");
            }
            store.flush();
            assertThat(one.get(1, TimeUnit.MINUTES) + two.get(1, TimeUnit.MINUTES))
                    .isGreaterThan(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anItemWaitsNoLongerThanTheDelay() throws Exception {
        try (ItemStore store = open(dir.resolve("store.ardm"), new StoreOptions(1000, Duration.ofMillis(50), 1000))) {
            store.append(ITEMS.get(0), "");
            store.submit(Item.of(ITEMS.get(1), "")).get(1, TimeUnit.MINUTES);
            assertThat(store.size()).isEqualTo(2);
        }
    }

    @Test
    void whatComesTooFastHasToWait() throws Exception {
        try (ItemStore store = open(dir.resolve("store.ardm"), new StoreOptions(5, LONG, 5))) {
            for (int i = 0; i < 100; i++) {
                assertThat(store.append(ITEMS.get(i), "")).isEqualTo(i);
                assertThat((double) store.size()).isCloseTo(i, within(11.0)); // a queue and a group
            }
        }
    }

    @Test
    void closingCommitsAndOpeningGoesOn() throws IOException {
        Path file = dir.resolve("store.ardm");
        for (int round = 0; round < 5; round++) {
            try (ItemStore store = open(file, new StoreOptions(100, LONG, 100))) {
                assertThat(store.size()).isEqualTo(round * 3);
                for (int i = 0; i < 3; i++) {
                    assertThat(store.append(ITEMS.get(3 * round + i), "n" + round + i))
                            .isEqualTo(3L * round + i);
                }
            }
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get(0, archive.size()).toArray())
                    .isEqualTo(ITEMS.subList(0, 15).toArray());
            assertThat(archive.indexOf("n42")).hasValue(14);
        }
    }

    @Test
    void anArchiveGoesOnWithItsOwnPlan() throws IOException {
        Path file = dir.resolve("store.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, MODEL.plan(7))) {
            writer.add(ITEMS.get(0), "zero");
            writer.commit();
        }
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            assertThat(store.append(ITEMS.get(1), "one")).isEqualTo(1);
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get("zero").orElseThrow()).isEqualTo(ITEMS.get(0));
            assertThat(archive.get("one").orElseThrow()).isEqualTo(ITEMS.get(1));
        }
    }

    @Test
    void compactionKeepsEverythingAndAppendingGoesOn() throws Exception {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, new StoreOptions(1, LONG, 100))) {
            for (int i = 0; i < 60; i++) {
                store.append(ITEMS.get(i), "item " + i);
            }
            store.flush();
            long before = Files.size(file);
            try (ItemArchive old = store.snapshot()) {
                store.compact();
                assertThat(old.get(59)).isEqualTo(ITEMS.get(59));
            }
            assertThat(Files.size(file)).isLessThan(before / 2);
            assertThat(store.append(ITEMS.get(60), "item 60")).isEqualTo(60);
            assertThatThrownBy(() -> open(file, StoreOptions.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("store.ardm");
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get(0, 61).toArray())
                    .isEqualTo(ITEMS.subList(0, 61).toArray());
            assertThat(archive.indexOf("item 60")).hasValue(60);
        }
        assertThat(dir).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void compactionDoesNotHideDamage() throws Exception {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            store.append(ITEMS.get(0), "");
            store.append(ITEMS.get(1), "");
            store.flush();
            long at;
            try (ArchiveReader reader = ArchiveReader.openCommitted(file)) {
                at = reader.entry(1).offset();
            }
            byte[] all = Files.readAllBytes(file);
            all[(int) at] ^= 4;
            Files.write(file, all, StandardOpenOption.WRITE);
            assertThatThrownBy(store::compact).isInstanceOf(DamagedException.class);
            assertThat(file).hasBinaryContent(all);
            assertThat(store.append(ITEMS.get(2), "")).isEqualTo(2);
            store.flush();
            try (ItemArchive archive = store.snapshot()) {
                assertThat(archive.get(2)).isEqualTo(ITEMS.get(2));
            }
        }
    }

    @Test
    void whatIsNotOfTheSpaceIsRefusedAndTheStoreGoesOn() throws Exception {
        try (ItemStore store = open(dir.resolve("store.ardm"), StoreOptions.DEFAULT)) {
            assertThatThrownBy(() -> store.append(new int[3], "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.append(ITEMS.get(0), "\uDC00")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.append(ITEMS.get(0), "x".repeat(100_000)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.submit(Item.of(ITEMS.get(0), "good")).get(1, TimeUnit.MINUTES))
                    .isZero();
        }
    }

    @Test
    void theStoresOwnThreadIsNotMadeToWaitForItself() throws Exception {
        try (ItemStore store = open(dir.resolve("store.ardm"), new StoreOptions(100, LONG, 100))) {
            CompletableFuture<Long> within = store.submit(Item.of(ITEMS.get(0), ""))
                    .thenApply(number -> {
                        try {
                            store.flush();
                        } catch (IOException e) {
                            throw new IllegalArgumentException(e);
                        }
                        return number;
                    });
            store.flush();
            assertThatThrownBy(() -> within.get(1, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    /** The future that a caller gets is the caller's: what it does with it changes nothing. */
    @Test
    void aFutureThatIsGivenUpDoesNoHarm() throws Exception {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, new StoreOptions(100, LONG, 100))) {
            store.submit(Item.of(ITEMS.get(0), "")).cancel(true);
            store.submit(Item.of(ITEMS.get(1), "")).complete(77L);
            store.flush();
            assertThat(store.size()).isEqualTo(2);
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get(0)).isEqualTo(ITEMS.get(0));
        }
    }

    @Test
    void aFailureReachesEveryone() throws Exception {
        Path file = dir.resolve("store.ardm");
        FailingModel failing = FailingModel.of(MODEL);
        ItemStore store = ItemStore.open(file, failing.model(), PLAN, new StoreOptions(100, LONG, 100));
        assertThat(store.append(ITEMS.get(0), "")).isZero();
        store.flush();
        failing.fail();
        CompletableFuture<Long> first = store.submit(Item.of(ITEMS.get(1), ""));
        CompletableFuture<Long> second = store.submit(Item.of(ITEMS.get(2), ""));
        assertThatThrownBy(store::flush).isInstanceOf(IOException.class).hasMessageContaining("no more memory");
        for (CompletableFuture<Long> lost : List.of(first, second)) {
            assertThatThrownBy(() -> lost.get(1, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("store.ardm");
        }
        assertThatThrownBy(() -> store.append(ITEMS.get(3), "")).isInstanceOf(IOException.class);
        assertThatThrownBy(store::close).isInstanceOf(IOException.class).hasMessageContaining("no more memory");
        try (ItemStore again = open(file, StoreOptions.DEFAULT)) {
            assertThat(again.size()).isEqualTo(1);
            assertThat(again.append(ITEMS.get(1), "")).isEqualTo(1);
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get(0, 2).toArray())
                    .isEqualTo(ITEMS.subList(0, 2).toArray());
        }
    }

    @Test
    void whatIsNoStoreIsRefused() throws IOException {
        Path file = dir.resolve("store.ardm");
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            assertThatThrownBy(() -> open(file, StoreOptions.DEFAULT)).isInstanceOf(IOException.class);
            assertThat(store.size()).isZero();
        }
        LikelihoodModel other = TinyModels.random(SPACE, 2).open(1);
        assertThatThrownBy(() -> ItemStore.open(file, other, PLAN, StoreOptions.DEFAULT))
                .isInstanceOf(WrongModelException.class);
        try (ItemStore store = open(file, StoreOptions.DEFAULT)) {
            assertThat(store.size()).isZero();
        }
        Path items = dir.resolve("documents.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(items, MODEL, PLAN, ItemLayout.ROWS)) {
            writer.commit();
        }
        assertThatThrownBy(() -> open(items, StoreOptions.DEFAULT)).hasMessageContaining("documents");
        ItemStore closed = open(file, StoreOptions.DEFAULT);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.append(ITEMS.get(0), "")).isInstanceOf(IllegalStateException.class);
        Path unfit = dir.resolve("unfit.ardm");
        Plan unfitting = TinyModels.random(Space.image(5, 4, 1, 3), 1).open(1).plan(2);
        assertThatThrownBy(() -> ItemStore.open(unfit, MODEL, unfitting, StoreOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(unfit).doesNotExist();
        assertThatThrownBy(() -> new StoreOptions(0, LONG, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
