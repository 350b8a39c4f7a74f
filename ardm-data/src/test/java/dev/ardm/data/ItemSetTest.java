package dev.ardm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.array.ArrayFilesTest;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemSetTest {
    private static final Space SPACE = Space.image(2, 3, 1, 256);

    @TempDir
    Path dir;

    @Test
    void itemsAreFreshAndWideOnesKeepTheirValues() {
        ItemSet set = PackedItemSet.of(
                Space.image(1, 2, 1, 65536), List.of(new int[] {1, 2}, new int[] {65535, 256}), List.of("a", "b"));
        set.item(0)[0] = 9;
        assertThat(set.item(0)).containsExactly(1, 2);
        assertThat(set.item(1)).containsExactly(65535, 256);
        assertThat(set.name(1)).isEqualTo("b");
        assertThatThrownBy(() -> set.item(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void packingChecksItemsAndNames() {
        assertThatThrownBy(() -> PackedItemSet.of(SPACE, List.of(new int[5]), null))
                .hasMessageContaining("5 values");
        assertThatThrownBy(() -> PackedItemSet.of(SPACE, List.of(new int[] {0, 0, 0, 0, 0, 256}), null))
                .hasMessageContaining("value 256 at position 5");
        assertThatThrownBy(() -> PackedItemSet.of(SPACE, List.of(new int[6], new int[6]), List.of("a", "a")))
                .hasMessageContaining("two items are named a");
        assertThatThrownBy(() -> PackedItemSet.of(SPACE, List.of(new int[6]), List.of()))
                .hasMessageContaining("0 names");
    }

    @Test
    void subsetsKeepNames() {
        ItemSet set = ArrayFilesTest.random(SPACE, 10, 1);
        ItemSet some = set.subset(new int[] {7, 3, 5}).subset(new int[] {2, 0});
        assertThat(some.size()).isEqualTo(2);
        assertThat(some.name(0)).isEqualTo("00005");
        assertThat(some.item(1)).isEqualTo(set.item(7));
        assertThat(set.limit(3).size()).isEqualTo(3);
        assertThat(set.limit(11)).isSameAs(set);
        assertThatThrownBy(() -> set.subset(new int[] {10})).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anotherSpaceMustHoldAllValues() throws DataException {
        ItemSet set = ArrayFilesTest.random(SPACE, 4, 1);
        Space wide = Space.image(2, 3, 1, 512);
        assertThat(set.withSpace(wide).space()).isEqualTo(wide);
        assertThat(set.withSpace(SPACE)).isSameAs(set);
        ArrayFilesTest.assertSame(set.withSpace(wide), set);
        assertThatThrownBy(() -> set.withSpace(Space.image(2, 3, 1, 255)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("item 0 (00000): value 255 at position 0 is outside [0, 255)");
        assertThatThrownBy(() -> set.withSpace(Space.image(3, 2, 1, 256)))
                .hasMessageContaining("2x3x1")
                .hasMessageContaining("3x2x1");
    }

    @Test
    void severalPathsBecomeOneSet() throws IOException {
        ItemSet a = ArrayFilesTest.random(SPACE, 3, 1);
        ItemSet b = ArrayFilesTest.random(SPACE, 2, 2);
        NpyFile.write(dir.resolve("a.npy"), a);
        NpyFile.write(dir.resolve("b.npy"), b);
        NpyFile.write(dir.resolve("sub/b.npy"), b);
        NpyFile.write(dir.resolve("c.npy"), ArrayFilesTest.random(Space.image(2, 2, 1, 256), 2, 2));
        ItemSet all = ItemSets.open(List.of(dir.resolve("a.npy"), dir.resolve("b.npy"), dir.resolve("sub/b.npy")));
        assertThat(all.size()).isEqualTo(7);
        assertThat(all.item(3)).isEqualTo(b.item(0));
        assertThat(all.item(2)).isEqualTo(a.item(2));
        assertThat(IntStream.range(0, 7).mapToObj(all::name))
                .containsExactly(
                        "a.npy/00000",
                        "a.npy/00001",
                        "a.npy/00002",
                        "b.npy/00000",
                        "b.npy/00001",
                        "b.npy-2/00000",
                        "b.npy-2/00001");
        assertThatThrownBy(() -> ItemSets.open(List.of(dir.resolve("a.npy"), dir.resolve("c.npy"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2x3x1 of 256")
                .hasMessageContaining("2x2x1 of 256");
    }

    @Test
    void splitsAreDisjointAndRepeatable() {
        ItemSet set = ArrayFilesTest.random(SPACE, 100, 1);
        Splits.Split split = Splits.holdOut(set, 30, 5);
        assertThat(split.training().size()).isEqualTo(70);
        assertThat(split.validation().size()).isEqualTo(30);
        Set<String> names = new HashSet<>(names(split.training()));
        names.addAll(names(split.validation()));
        assertThat(names).hasSize(100);
        assertThat(names(split.validation()))
                .isSorted()
                .isEqualTo(names(Splits.holdOut(set, 30, 5).validation()));
        assertThat(names(split.validation()))
                .isNotEqualTo(names(Splits.holdOut(set, 30, 6).validation()));
        assertThat(Splits.holdOut(set, 0, 5).validation().size()).isZero();
        assertThatThrownBy(() -> Splits.holdOut(set, 100, 5)).hasMessageContaining("100 of 100");
    }

    private static List<String> names(ItemSet set) {
        return Arrays.stream(new int[set.size()])
                .collect(java.util.ArrayList::new, (list, x) -> list.add(set.name(list.size())), List::addAll);
    }
}
