package dev.ardm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that are read as they are wanted are those that would be read into memory. */
class ItemFilesTest {
    private static final Space SPACE = Space.image(2, 3, 1, 256);

    @TempDir
    Path dir;

    private Path npy;
    private Path idx;
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        npy = dir.resolve("a.npy");
        NpyFile.write(npy, ArrayFilesTest.random(SPACE, 5, 1));
        idx = dir.resolve("b.idx.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(idx))) {
            IdxFile.write(out, ArrayFilesTest.random(SPACE, 4, 2));
        }
        folder = images("in", "x.png", "deep/y.png", "z.png");
        Files.writeString(folder.resolve("deep/notes.txt"), "no image");
        Files.writeString(folder.resolve("a.txt"), "no image");
    }

    private Path images(String name, String... names) throws IOException {
        List<int[]> items = values(ArrayFilesTest.random(SPACE, names.length, name.hashCode()));
        ImageFolder.write(dir.resolve(name), PackedItemSet.of(SPACE, items, List.of(names)));
        return dir.resolve(name);
    }

    private static List<int[]> values(ItemSet set) {
        List<int[]> values = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            values.add(set.item(i));
        }
        return values;
    }

    private ItemFiles open(Path... paths) throws IOException {
        return ItemFiles.open(List.of(paths), SPACE, dir.resolve("target"));
    }

    private void same(Path... paths) throws IOException {
        ItemSet set = ItemSets.open(List.of(paths), SPACE);
        try (ItemFiles files = open(paths)) {
            assertThat(files.layout()).isEqualTo(ItemLayout.VALUES);
            assertThat(files.size()).hasValue(set.size());
            for (int time = 0; time < 2; time++) {
                try (ItemCursor items = files.cursor()) {
                    for (int i = 0; i < set.size(); i++) {
                        Item item = Objects.requireNonNull(items.next());
                        assertThat(item.values()).isEqualTo(set.item(i));
                        assertThat(item.name()).isEqualTo(set.name(i));
                    }
                    assertThat(items.skipped().first()).isEqualTo(set.skipped());
                    assertThat(items.skipped().count()).isEqualTo(set.skipped().size());
                    assertThat(items.next()).isNull();
                    assertThat(items.next()).isNull();
                }
            }
        }
    }

    @Test
    void everyKindIsReadAsIntoMemory() throws IOException {
        same(npy);
        same(idx);
        same(folder);
        same(folder.resolve("x.png"));
        same(folder, npy);
        same(npy, folder.resolve("z.png"), folder.resolve("x.png"));
        same(folder, images("other", "u.png", "v.png"));
        assertThat(Files.list(dir)).hasSize(4);
    }

    @Test
    void namesThatWouldOccurTwiceGetTheSameLabels() throws IOException {
        same(npy, idx);
        same(npy, npy, npy);
        same(folder, images("other", "u.png", "z.png"));
        same(folder, folder);
        same(folder, folder.resolve("z.png"));
        Path numbered = images("numbered", "00005.png", "1.png");
        Files.move(numbered.resolve("00005.png"), numbered.resolve("00005"));
        same(npy, numbered); // the array has 00000 to 00004
        Files.move(numbered.resolve("00005"), numbered.resolve("00004"));
        same(npy, numbered);
        same(numbered, npy);
    }

    @Test
    void numbersOfAnotherLengthAreOtherNames() throws IOException {
        Space one = Space.image(1, 1, 1, 256);
        Path many = dir.resolve("many.npy");
        NpyFile.write(many, PackedItemSet.of(one, Collections.nCopies(100_001, new int[1]), null));
        Path few = dir.resolve("few.npy");
        NpyFile.write(few, PackedItemSet.of(one, List.of(new int[1]), null));
        try (ItemFiles files = ItemFiles.open(List.of(many, few), one, dir.resolve("target"));
                ItemCursor items = files.cursor()) {
            assertThat(Objects.requireNonNull(items.next()).name()).isEqualTo("000000");
        }
    }

    @Test
    void setsInMemoryAreSources() throws IOException {
        ItemSet set = ArrayFilesTest.random(SPACE, 3, 1);
        try (ItemCursor items = set.cursor()) {
            for (int i = 0; i < 3; i++) {
                Item item = Objects.requireNonNull(items.next());
                assertThat(item.values()).isEqualTo(set.item(i));
                assertThat(item.name()).isEqualTo(set.name(i));
            }
            assertThat(items.next()).isNull();
        }
    }

    private void bothRefuse(Path path, String... parts) {
        for (List<Path> paths : List.of(List.of(path), List.of(npy, path))) {
            assertThatThrownBy(() -> ItemSets.open(paths, SPACE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll(parts);
            assertThatThrownBy(() -> open(paths.toArray(Path[]::new)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll(parts);
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedWithTheSameWords() throws IOException {
        bothRefuse(dir.resolve("none"), "none: no such file or folder");
        bothRefuse(Files.createDirectory(dir.resolve("empty")), "no images in", "empty");
        Files.writeString(dir.resolve("empty/notes.txt"), "no image");
        bothRefuse(dir.resolve("empty"), "no images in", "empty (1 other files)");
        bothRefuse(folder.resolve("a.txt"), "a.txt: neither an image nor an IDX or NPY file");

        byte[] all = Files.readAllBytes(npy);
        Path bad = dir.resolve("bad.npy");
        Files.write(bad, Arrays.copyOf(all, all.length - 1));
        bothRefuse(bad, "bad.npy, byte " + (all.length - 1), "the file ends inside item 4 of 5, which needs 1 more");
        Files.write(bad, Arrays.copyOf(all, all.length + 1));
        bothRefuse(bad, "bad.npy, byte " + all.length, "bytes after the end");
        NpyFile.write(bad, ArrayFilesTest.random(Space.image(3, 2, 1, 256), 2, 1));
        bothRefuse(bad, "bad.npy: items of 3x2x1 do not fit a space of 2x3x1");
        List<int[]> values = values(ArrayFilesTest.random(SPACE, 3, 1));
        values.get(2)[4] = 256;
        NpyFile.write(bad, PackedItemSet.of(Space.image(2, 3, 1, 512), values, null));
        bothRefuse(bad, "bad.npy: item 2 (00002): value 256 at position 4 is outside [0, 256), the range of");

        all = Files.readAllBytes(folder.resolve("z.png"));
        Files.write(folder.resolve("z.png"), Arrays.copyOf(all, all.length - 20));
        bothRefuse(folder, "z.png", "cut off");
        ImageFiles.write(Space.image(2, 4, 1, 256), new int[8], folder.resolve("z.png"));
        bothRefuse(folder, "z.png: items of 2x4x1 do not fit");
        assertThat(Files.list(dir)).hasSize(5);
    }

    @Test
    void headersComeBeforeValues() throws IOException {
        byte[] all = Files.readAllBytes(npy);
        Files.write(npy, Arrays.copyOf(all, all.length - 1));
        Path other = dir.resolve("other.npy");
        NpyFile.write(other, ArrayFilesTest.random(Space.image(3, 2, 1, 256), 2, 1));
        assertThatThrownBy(() -> open(npy, other)).hasMessageContaining("other.npy: items of 3x2x1");
    }

    @Test
    void whatChangesBetweenTwoReadingsIsRefused() throws IOException {
        try (ItemFiles files = open(npy, folder)) {
            Files.delete(folder.resolve("x.png"));
            assertEnds(files, "x.png");
            Files.writeString(folder.resolve("x.png"), "no image");
            assertEnds(files, "x.png");
            NpyFile.write(npy, ArrayFilesTest.random(SPACE, 6, 1));
            assertEnds(files, "a.npy: changed while it was read");
            NpyFile.write(npy, ArrayFilesTest.random(SPACE, 4, 1));
            assertEnds(files, "a.npy: changed while it was read");
            Files.copy(folder.resolve("z.png"), npy, StandardCopyOption.REPLACE_EXISTING);
            assertEnds(files, "a.npy: changed while it was read");
        }
        Files.delete(folder.resolve("x.png"));
        try (ItemFiles files = open(folder)) {
            Files.copy(folder.resolve("z.png"), folder.resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);
            assertEnds(files, "in: changed while it was read");
        }
    }

    private static void assertEnds(ItemFiles files, String message) throws IOException {
        try (ItemCursor items = files.cursor()) {
            assertThatThrownBy(() -> {
                        while (items.next() != null) {
                            // Goes on to the end.
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(message);
        }
    }
}
