package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the file of a store that is closed, interrupted, replaced or written anew. */
class StoreFileTest {
    private static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(1);
    private static final Plan PLAN = MODEL.plan(2);
    private static final List<int[]> ITEMS = TinyModels.items(SPACE, 8, 6);

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("store.ardm");
    }

    private ItemStore open() throws IOException {
        return ItemStore.open(file, MODEL, PLAN, new StoreOptions(1, Duration.ZERO, 10));
    }

    private void requireItems(int items) throws IOException {
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.get(0, archive.size()).toArray())
                    .isEqualTo(ITEMS.subList(0, items).toArray());
        }
        assertThat(dir)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
    }

    @Test
    void aClosedStoreLeavesTheFileToOthers() throws IOException {
        ItemStore first = open();
        first.append(ITEMS.get(0), "");
        first.close();
        try (ItemStore second = open()) {
            assertThatIllegalStateException().isThrownBy(first::compact).withMessageContaining("is closed");
            first.close();
            second.submit(Item.of(ITEMS.get(1), "")).join();
            assertThatIOException().isThrownBy(this::open).withMessageContaining("something else is adding");
        }
        requireItems(2);
    }

    @Test
    void compactionKeepsTheModelThatIsInside() throws IOException {
        Path model = Files.write(dir.resolve("model"), new byte[] {1, 2, 3});
        try (ArchiveWriter writer = ArchiveWriter.create(file, ArchivePlan.header(MODEL, PLAN), false)) {
            writer.embedModel(model);
            writer.commit();
        }
        try (ItemStore store = open()) {
            for (int i = 0; i < 3; i++) {
                store.append(ITEMS.get(i), "");
            }
            store.compact();
            store.append(ITEMS.get(3), "");
        }
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            assertThat(reader.embeddedModels()).hasSize(1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            reader.copyEmbeddedModel(reader.embeddedModels().get(0), out);
            assertThat(out.toByteArray()).containsExactly(1, 2, 3);
        }
        requireItems(4);
    }

    @Test
    void anInterruptStopsNoCompaction() throws IOException {
        try (ItemStore store = open()) {
            store.append(ITEMS.get(0), "");
            store.flush();
            Thread.currentThread().interrupt();
            store.compact();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.submit(Item.of(ITEMS.get(1), "")).join()).isEqualTo(1);
            Thread.currentThread().interrupt();
            store.close();
            assertThat(Thread.interrupted()).isTrue();
        }
        requireItems(2);
    }

    /** What is acknowledged would lie where nobody looks, and a compaction take somebody else's file for the store's. */
    @Test
    void aFileThatWasReplacedIsLeftAlone() throws IOException {
        byte[] foreign;
        try (ItemStore store = open()) {
            store.append(ITEMS.get(0), "");
        }
        foreign = Files.readAllBytes(file);
        ItemStore store = open();
        store.submit(Item.of(ITEMS.get(1), "")).join();
        Files.move(file, dir.resolve("moved"));
        Files.write(file, foreign);
        assertThatIOException().isThrownBy(store::compact).withMessageContaining("another program replaced");
        assertThat(file).hasBinaryContent(foreign);
        CompletableFuture<Long> lost = store.submit(Item.of(ITEMS.get(2), ""));
        assertThat(lost)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("another program replaced");
        assertThatIOException().isThrownBy(store::close).withMessageContaining("another program replaced");
        store.close();
        requireItems(1);
        Files.move(dir.resolve("moved"), file, StandardCopyOption.REPLACE_EXISTING);
        requireItems(2);
    }

    @Test
    void theLongestDelayThereIsLosesNothing() throws IOException {
        StoreOptions patient = new StoreOptions(256, ChronoUnit.FOREVER.getDuration(), 1024);
        CompletableFuture<Long> last;
        try (ItemStore store = ItemStore.open(file, MODEL, PLAN, patient)) {
            store.append(ITEMS.get(0), "");
            store.flush();
            last = store.submit(Item.of(ITEMS.get(1), ""));
            assertThat(last).isNotDone();
        }
        assertThat(last.join()).isEqualTo(1);
        requireItems(2);
    }

    /** Whatever ends the thread that commits, outside of a commit too. */
    @Test
    void nobodyWaitsForEverWhenTheStoreCannotGoOn() throws Exception {
        ItemStore store = open();
        store.submit(Item.of(ITEMS.get(0), "")).join();
        Thread committer = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ardm-store store.ardm"))
                .findAny()
                .orElseThrow();
        committer.interrupt();
        committer.join(60_000);
        assertThat(committer.isAlive()).isFalse();
        assertThatIOException().isThrownBy(() -> store.append(ITEMS.get(1), ""));
        assertThatIOException().isThrownBy(store::flush);
        assertThatIOException().isThrownBy(store::close);
        requireItems(1);
    }
}
