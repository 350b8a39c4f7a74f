package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives used in ways that are less usual. */
class ItemArchiveUseTest {
    private static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(2);
    private static final LikelihoodModel OTHER = TinyModels.random(SPACE, 2).open(2);

    @TempDir
    Path dir;

    private byte[] write(Path file, LikelihoodModel model, List<int[]> items) throws IOException {
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, model.plan(2))) {
            for (int[] item : items) {
                writer.add(item);
            }
            writer.commit();
        }
        return Files.readAllBytes(file);
    }

    @Test
    void parallelStreamsKeepTheOrder() throws IOException {
        Path file = dir.resolve("items.ardm");
        List<int[]> items = TinyModels.items(SPACE, 600, 5);
        write(file, MODEL, items);
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.stream().parallel().map(int[]::clone).toArray()).isEqualTo(items.toArray());
            assertThat(archive.stream().count()).isEqualTo(600);
        }
    }

    @Test
    void whatIsFinishedTakesNothingMore() throws IOException {
        int[] item = TinyModels.items(SPACE, 1, 5).get(0);
        for (boolean commit : new boolean[] {true, false}) {
            ItemArchiveWriter writer = ItemArchiveWriter.create(dir.resolve("a" + commit), MODEL, MODEL.plan(2));
            writer.add(item);
            if (commit) {
                writer.commit();
            } else {
                writer.close();
            }
            assertThatIllegalStateException().isThrownBy(() -> writer.add(item));
            assertThatIllegalStateException().isThrownBy(writer::commit);
            assertThat(writer.size()).isEqualTo(1);
            writer.close();
        }
    }

    /** What is large by itself does not wait for 255 others. */
    @Test
    void chunksAreBoundedInMemory() {
        Space space = Space.of(new int[] {6}, 4, Space.Scale.NOMINAL);
        LikelihoodModel model = TinyModels.transformer(space, 1).open(1);
        ItemEncoder encoder = new ItemEncoder(model, model.plan(1), ItemLayout.sequences(2, 0));
        Item large = new Item("", new int[6], new byte[PartDecoders.CHUNK_BYTES / 2]).labelled(ItemLabel.NONE);
        Item small = new Item("", new int[6], new byte[0]).labelled(ItemLabel.NONE);
        assertThat(encoder.chunkEnd(List.of(small, large, large, large), 0)).isEqualTo(3);
        assertThat(encoder.chunkEnd(Collections.nCopies(1000, small), 0)).isEqualTo(PartDecoders.CHUNK);
    }

    @Test
    void nothingIsNull() {
        assertThatNullPointerException().isThrownBy(() -> new Item(null, new int[1], new byte[0]));
        assertThatNullPointerException().isThrownBy(() -> new Item("", new int[1], null).labelled(ItemLabel.NONE));
    }

    /** Of several concatenated archives each model reads its own items, wherever they are. */
    @Test
    void itemsOfOtherModelsAreRefusedWhenTheyAreAskedFor() throws IOException {
        List<int[]> items = TinyModels.items(SPACE, 3, 5);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(write(dir.resolve("a"), MODEL, items));
        both.write(write(dir.resolve("b"), OTHER, items));
        Path file = Files.write(dir.resolve("both"), both.toByteArray());
        try (ItemArchive first = ItemArchive.open(file, MODEL);
                ItemArchive second = ItemArchive.open(file, OTHER)) {
            assertThat(first.get(2)).isEqualTo(items.get(2));
            assertThat(second.get(5)).isEqualTo(items.get(2));
            assertThat(second.get(3, 6).toArray()).isEqualTo(items.toArray());
            assertThatExceptionOfType(WrongModelException.class).isThrownBy(() -> first.get(3));
            assertThatExceptionOfType(WrongModelException.class).isThrownBy(() -> second.get(0));
            Iterator<int[]> each = first.iterator();
            for (int[] item : items) {
                assertThat(each.next()).isEqualTo(item);
            }
        }
        Plan plan = OTHER.plan(2);
        try (ItemStore store = ItemStore.open(file, OTHER, plan, StoreOptions.DEFAULT)) {
            assertThat(store.submit(Item.of(items.get(0), "")).join()).isEqualTo(6);
            try (ItemArchive snapshot = store.snapshot()) {
                assertThat(snapshot.get(6)).isEqualTo(items.get(0));
            }
        }
    }
}
