package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a model of two parts are those of one of them. */
class PairArchiveTest {
    private static final Space SPACE = Space.of(new int[] {8, 8, 1}, 7, Space.Scale.ORDERED);
    private static final Model STORING = PixelCountsModel.learn(SPACE, "", TinyModels.items(SPACE, 20, 4));
    private static final Model FILLING = TinyModels.random(SPACE, 1);
    private static final Model PAIR = Models.pair(STORING, FILLING, Map.of());

    @TempDir
    Path folder;

    private final List<int[]> items = TinyModels.items(SPACE, 3, 9);

    private Path written(LikelihoodModel model) throws IOException {
        Path file = folder.resolve("items.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, model.plan(4))) {
            for (int[] item : items) {
                writer.add(item);
            }
            writer.commit();
        }
        return file;
    }

    private void assertOpens(Path file, LikelihoodModel model) throws IOException {
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            for (int k = 0; k < items.size(); k++) {
                assertThat(archive.get(k)).isEqualTo(items.get(k));
            }
        }
    }

    @Test
    void thePairAndThePartThatStoresWriteTheSameArchive() throws Exception {
        Path file = written(PAIR.open(1));
        byte[] bytes = Files.readAllBytes(file);
        assertOpens(file, STORING.open(1));
        assertOpens(file, PAIR.open(1));
        assertThatThrownBy(() -> ItemArchive.open(file, FILLING.open(1))).isInstanceOf(WrongModelException.class);
        Files.delete(file);
        assertThat(Files.readAllBytes(written(STORING.open(1)))).isEqualTo(bytes);
    }

    @Test
    void archivesOfThePartThatFillsOpenAndGrowWithThePair() throws Exception {
        Path file = written(FILLING.open(1));
        assertOpens(file, PAIR.open(1));
        try (ItemArchiveWriter more = ItemArchiveWriter.append(file, PAIR.open(1))) {
            more.add(items.get(0));
            more.commit();
        }
        try (ItemStore store = ItemStore.open(file, PAIR.open(1), PAIR.open(1).plan(1), StoreOptions.DEFAULT)) {
            store.append(items.get(1), "one");
            store.flush();
        }
        try (ItemArchive archive = ItemArchive.open(file, FILLING.open(1))) {
            assertThat(archive.size()).isEqualTo(5);
            assertThat(archive.get(3)).isEqualTo(items.get(0));
            assertThat(archive.get(4)).isEqualTo(items.get(1));
        }
    }

    @Test
    void imagesOfAnySizeAreThoseOfThePartThatFills() throws Exception {
        LikelihoodModel pair = PAIR.open(1);
        Path file = folder.resolve("images.ardm");
        int[] values = new int[9 * 11];
        values[7] = 5;
        Item image = new Item("", OptionalLong.empty(), new int[] {9, 11, 1}, values, new byte[0]);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, pair, pair.plan(4), ItemLayout.images(2, 0))) {
            writer.add(image);
            writer.commit();
        }
        for (LikelihoodModel model : List.of(pair, FILLING.open(1))) {
            try (ItemArchive archive = ItemArchive.open(file, model)) {
                assertThat(archive.get(0)).isEqualTo(values);
            }
        }
        try (ItemStore store = ItemStore.open(
                folder.resolve("stored.ardm"), pair, pair.plan(4), ItemLayout.images(2, 0), StoreOptions.DEFAULT)) {
            store.append(image);
            store.flush();
        }
        try (ItemArchive archive = ItemArchive.open(folder.resolve("stored.ardm"), FILLING.open(1))) {
            assertThat(archive.get(0)).isEqualTo(values);
        }
    }

    @Test
    void onlyThePartThatCodesIsStoredInTheArchive() throws Exception {
        Path model = folder.resolve("pair.safetensors");
        try (OutputStream out = Files.newOutputStream(model)) {
            ModelFile.write(PAIR, Type.F32, out);
        }
        Path file = folder.resolve("embedded.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(
                file, Models.open(model, 1), Models.open(model, 1).plan(1))) {
            writer.embedModel(model);
            writer.add(items.get(0));
            writer.commit();
        }
        Path inside = folder.resolve("inside.safetensors");
        try (ArchiveReader reader = ArchiveReader.open(file);
                OutputStream out = Files.newOutputStream(inside)) {
            EmbeddedModel embedded = reader.embeddedModels().get(0);
            assertThat(embedded.modelId()).isEqualTo(STORING.idText());
            assertThat(embedded.length()).isLessThan(Files.size(model) / 2);
            reader.copyEmbeddedModel(embedded, out);
        }
        assertThat(Models.read(inside).definitionJson()).isEqualTo(STORING.definitionJson());
        try (ItemArchive archive = ItemArchive.open(file, Models.open(inside, 1))) {
            assertThat(archive.get(0)).isEqualTo(items.get(0));
        }
    }
}
