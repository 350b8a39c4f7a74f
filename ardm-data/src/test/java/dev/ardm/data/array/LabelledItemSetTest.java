package dev.ardm.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.ConcatenatedItemSet;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledItemSetTest {
    private static final Space SPACE = Space.image(2, 2, 1, 4);
    private static final byte[] IDX = {0, 0, 8, 1, 0, 0, 0, 5, 3, 0, 2, 2, 1};

    @TempDir
    Path dir;

    private final ItemSet items = ArrayFilesTest.random(SPACE, 5, 1);

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private static int[] labels(ItemSet set) {
        return IntStream.range(0, set.size()).map(set::label).toArray();
    }

    @Test
    void everyViewKeepsTheLabels() throws IOException {
        ItemSet labelled = LabelledItemSet.of(items, new int[] {3, 0, 2, ItemSet.UNLABELLED, 1});
        ArrayFilesTest.assertSame(labelled, items);
        assertThat(labels(labelled)).containsExactly(3, 0, 2, -1, 1);
        assertThat(labels(items)).containsOnly(ItemSet.UNLABELLED);
        assertThat(labels(labelled.subset(new int[] {4, 0, 0}))).containsExactly(1, 3, 3);
        assertThat(labels(labelled.subset(new int[] {4, 0, 1}).subset(new int[] {1, 2})))
                .containsExactly(3, 0);
        assertThat(labels(labelled.limit(2))).containsExactly(3, 0);
        assertThat(labels(labelled.withSpace(Space.image(2, 2, 1, 256)))).containsExactly(3, 0, 2, -1, 1);
        assertThat(labels(ConcatenatedItemSet.of(List.of(items, labelled), List.of("a", "b"))))
                .containsExactly(-1, -1, -1, -1, -1, 3, 0, 2, -1, 1);
        Splits.Split split = Splits.holdOut(labelled, 2, 1);
        for (ItemSet part : List.of(split.training(), split.validation())) {
            for (int i = 0; i < part.size(); i++) {
                assertThat(part.label(i)).isEqualTo(labelled.label(Integer.parseInt(part.name(i))));
            }
        }
        assertThatThrownBy(() -> items.label(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> LabelledItemSet.of(items, new int[4])).hasMessage("4 labels for 5 items");
        assertThatThrownBy(() -> LabelledItemSet.of(items, new int[] {0, -2, 0, 0, 0}))
                .hasMessageContaining("item 1 has the label -2");
    }

    @Test
    void labelsAreReadFromIdxAndNpy() throws IOException {
        byte[] npy = ArrayFilesTest.npy(1, ArrayFilesTest.dict("<i2", "5,"), new byte[] {3, 0, 0, 0, 2, 0, 2, 0, 1, 0});
        for (Path path : List.of(
                file("idx", IDX),
                file("idx.gz", ArrayFilesTest.gzip(IDX)),
                file("npy", npy),
                file("npy.gz", ArrayFilesTest.gzip(npy)))) {
            LabelledItemSet labelled = LabelledItemSet.read(items, "images", path, 4);
            assertThat(labels(labelled)).as(path.toString()).containsExactly(3, 0, 2, 2, 1);
            assertThat(labelled.classes()).isEqualTo(4);
        }
    }

    @Test
    void badFilesOfLabelsAreNamed() throws IOException {
        Path good = file("good", IDX);
        refused(good, 3, "item 0 has the label 3, outside [0, 2]");
        refused(dir.resolve("none"), 9, "no such file");
        refused(dir, 9, "is a folder");
        refused(file("text", "0\n1\n".getBytes(StandardCharsets.US_ASCII)), 9, "neither an IDX nor an NPY file");
        refused(file("few", new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 1, 1}), 9, "2 labels do not fit the 5 items of images");
        refused(file("cut", java.util.Arrays.copyOf(IDX, 11)), 9, "the file ends inside item 3");
        refused(file("long", java.util.Arrays.copyOf(IDX, 14)), 9, "bytes after the end");
        refused(file("images", new byte[] {0, 0, 8, 2, 0, 0, 0, 5, 0, 0, 0, 1, 3, 0, 2, 2, 1}), 9, "of 2 axes; labels");
        refused(file("empty", new byte[] {0, 0, 8, 1, 0, 0, 0, 0}), 9, "contains no items");
        byte[] negative = IDX.clone();
        negative[2] = 9;
        negative[9] = -1;
        refused(file("negative", negative), 9, "item 1 has the value -1");
    }

    private void refused(Path path, int classes, String reason) {
        assertThatThrownBy(() -> LabelledItemSet.read(items, "images", path, classes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(reason);
    }
}
