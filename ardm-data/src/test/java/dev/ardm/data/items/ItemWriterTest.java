package dev.ardm.data.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.array.ArrayFilesTest;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.file.TakenNames;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.image.ImageFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs that are written item by item. */
class ItemWriterTest {
    @TempDir
    Path dir;

    private static void add(ItemWriter writer, ItemSet set, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(writer.size()).isEqualTo(i);
            writer.add(Item.of(set.item(i), set.name(i)));
        }
    }

    private static void assertHolds(ItemSet back, ItemSet set, int count) {
        assertThat(back.size()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(back.item(i)).isEqualTo(set.item(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,256", "3,256", "1,1000", "5,2"})
    void npyFilesAreTheSameAndMayBecomeShorter(int channels, int categories) throws IOException {
        ItemSet set = ArrayFilesTest.random(Space.image(3, 4, channels, categories), 1000, 1);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        NpyFile.write(whole, set);
        Path path = dir.resolve("x.npy");
        for (int count : new int[] {1000, 999, 9, 0}) {
            try (ItemWriter writer = NpyFile.create(path, true, set.space(), 1000)) {
                add(writer, set, count);
                writer.commit();
            }
            if (count == 1000) {
                assertThat(path).hasBinaryContent(whole.toByteArray());
            } else if (count > 0) {
                assertHolds(NpyFile.read(path), set, count);
            } else {
                assertThat(Files.size(path)).isEqualTo(128);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void idxFilesAreTheSameAndMayBecomeShorter(int channels) throws IOException {
        ItemSet set = ArrayFilesTest.random(Space.image(3, 4, channels, 256), 300, 1);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        IdxFile.write(whole, set);
        Path path = dir.resolve("x.idx");
        for (int count : new int[] {300, 7}) {
            try (ItemWriter writer = IdxFile.create(path, true, set.space(), 300)) {
                add(writer, set, count);
                writer.commit();
            }
            assertHolds(IdxFile.read(path), set, count);
        }
        try (ItemWriter writer = IdxFile.create(path, true, set.space(), 300)) {
            add(writer, set, 300);
            writer.commit();
        }
        assertThat(path).hasBinaryContent(whole.toByteArray());
    }

    @Test
    void whatIsNotCommittedIsNotThere() throws IOException {
        Space space = Space.image(2, 2, 1, 256);
        ItemSet set = ArrayFilesTest.random(space, 3, 2);
        try (ItemWriter npy = NpyFile.create(dir.resolve("x.npy"), false, space, 3);
                ItemWriter idx = IdxFile.create(dir.resolve("x.idx"), false, space, 3);
                ItemWriter folder = ImageFolder.create(dir.resolve("x"), space, 3);
                ItemWriter png = ImageFiles.create(dir.resolve("x.png"), false, space, Map.of())) {
            add(npy, set, 3);
            add(idx, set, 2);
            add(folder, set, 2);
            assertThatIllegalStateException().isThrownBy(png::commit);
            add(png, set, 1);
            assertThatIllegalArgumentException().isThrownBy(() -> png.add(Item.of(set.item(1))));
            assertThatIllegalArgumentException().isThrownBy(() -> npy.add(Item.of(set.item(0))));
            assertThatIllegalArgumentException().isThrownBy(() -> idx.add(Item.of(new int[5])));
            assertThatIllegalArgumentException().isThrownBy(() -> idx.add(Item.of(new int[] {0, 0, 256, 0})));
            assertThatThrownBy(() -> folder.add(Item.of(set.item(0), "00000")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("x: item 2: the name 00000 is taken");
            assertThatThrownBy(folder::commit).isInstanceOf(IOException.class).hasMessageContaining("not written");
            for (String name : new String[] {"x.npy", "x.idx", "x", "x.png"}) {
                assertThat(dir.resolve(name)).doesNotExist();
            }
        }
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void takenNamesAreThoseOfASet() throws IOException {
        Random random = new Random(3);
        for (int most : new int[] {0, 1, 40, 5000}) {
            Set<String> expected = new HashSet<>();
            try (TakenNames taken = TakenNames.nextTo(dir.resolve("x"), most)) {
                while (expected.size() < most) {
                    String name = "name " + random.nextInt(2 * most);
                    assertThat(taken.add(name)).isEqualTo(expected.add(name));
                }
                for (String name : expected) {
                    assertThat(taken.add(name)).isFalse();
                }
                assertThatIllegalStateException().isThrownBy(() -> taken.add("another"));
            }
            assertThat(dir).isEmptyDirectory();
        }
    }
}
