package dev.ardm.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images and arrays as a format like the others. */
class ArrayFormatTest {
    private static final Space GREY = Space.image(4, 6, 1, 256);

    @TempDir
    Path dir;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(dir.resolve("in"));
    }

    private static int[] values(Space space, int seed) {
        RandomStream random = RandomStream.of(seed, RandomStream.Purpose.TEST, 0);
        int[] item = new int[space.dimensions()];
        Arrays.setAll(item, i -> random.nextInt(space.categories(i)));
        return item;
    }

    private void image(String name, int height, int width, int channels, int seed) throws IOException {
        Space space = Space.image(height, width, channels, 256);
        ImageFiles.write(space, values(space, seed), folder.resolve(name));
    }

    private InputOptions options() {
        return InputOptions.nextTo(dir.resolve("out"));
    }

    private static List<Item> all(ItemInput input) throws IOException {
        List<Item> items = new ArrayList<>();
        try (ItemCursor cursor = input.cursor()) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                items.add(item);
            }
        }
        return items;
    }

    private static void write(DataFormat format, Path target, OutputOptions options, List<Item> items)
            throws IOException {
        try (ItemWriter writer = format.writer(target, options)) {
            for (Item item : items) {
                writer.add(item);
            }
            writer.commit();
        }
    }

    @Test
    void theSpaceIsAllOfTheDefinition() throws IOException {
        image("a.png", 4, 6, 1, 1);
        image("b.png", 4, 6, 1, 2);
        DataFormat fitted = DataFormats.fit("array", List.of(folder), Map.of());
        assertThat(fitted.definition()).isEmpty();
        DataFormat format = DataFormats.of(fitted.definition(), fitted.space());
        assertThat(format.space()).isEqualTo(GREY);
        assertThat(format.kind()).isEqualTo("array");
        assertThat(format.extension()).isEqualTo(".png");
        assertThat(format.items(List.of(folder)).size()).isEqualTo(2);
        assertThatThrownBy(() -> DataFormats.fit("array", List.of(folder), Map.of("window", "3")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unknown option 'window'; known: widen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"back.npy", "back.idx", "back"})
    void itemsOfTheSpaceComeBackFromEveryKindOfFile(String name) throws IOException {
        image("a.png", 4, 6, 1, 1);
        image("b.png", 4, 6, 1, 2);
        DataFormat format = DataFormats.of("", GREY);
        try (ItemInput input = format.input(List.of(folder), options())) {
            assertThat(input.layout()).isEqualTo(ItemLayout.VALUES);
            assertThat(input.size()).hasValue(2);
            assertThat(input.named()).isTrue();
            assertThat(input.note()).isEmpty();
            List<Item> items = all(input);
            assertThat(items).extracting(Item::name).containsExactly("a.png", "b.png");
            assertThat(items.get(0).modified()).isPresent();
            assertThat(items.get(1).values()).isEqualTo(values(GREY, 2));
            Path target = dir.resolve(name);
            write(format, target, OutputOptions.named(false).atMost(2), items);
            try (ItemInput again = format.input(List.of(target), options())) {
                assertThat(again.named()).isEqualTo(name.equals("back"));
                assertThat(all(again)).extracting(Item::values).containsExactly(values(GREY, 1), values(GREY, 2));
            }
        }
    }

    @Test
    void imagesOfOtherSizesAreImagesOfAnySize() throws IOException {
        image("a.png", 4, 6, 1, 1);
        image("large.png", 9, 7, 1, 2);
        Files.writeString(folder.resolve("notes.txt"), "no image");
        DataFormat format = DataFormats.of("", GREY);
        try (ItemInput input = format.input(List.of(folder), options())) {
            assertThat(input.layout()).isEqualTo(ItemLayout.images(1, 128));
            assertThat(input.note()).contains("2 images coded in windows", "1 not of the model's size and kind");
            List<Item> items = all(input);
            assertThat(items).extracting(Item::name).containsExactly("a.png", "large.png");
            assertThat(items.get(1).shape()).containsExactly(9, 7, 1);
            try (ItemCursor cursor = input.cursor()) {
                while (cursor.next() != null) {
                    // Goes on to the end.
                }
                assertThat(cursor.skipped().first()).containsExactly("notes.txt");
            }
            Path target = dir.resolve("back");
            write(format, target, OutputOptions.named(false).with(input.layout()), items);
            try (ItemInput again = format.input(List.of(target), options())) {
                assertThat(all(again).get(1).values()).isEqualTo(values(Space.image(9, 7, 1, 256), 2));
            }
        }
    }

    @Test
    void layoutsThatAreAskedForAreHeldTo() throws IOException {
        image("a.png", 4, 6, 1, 1);
        DataFormat format = DataFormats.of("", GREY);
        ItemLayout images = ItemLayout.images(2, 128);
        try (ItemInput input = format.input(List.of(folder), options().with(images))) {
            assertThat(input.layout()).isEqualTo(images);
            assertThat(all(input).get(0).shape()).containsExactly(4, 6, 1);
        }
        image("large.png", 9, 7, 1, 2);
        assertThatThrownBy(() -> format.input(List.of(folder), options().with(ItemLayout.VALUES)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("large.png: items of 9x7x1 do not fit");
        assertThatThrownBy(() -> format.input(List.of(folder), options().withoutWindows("no windows")))
                .hasMessageContaining("large.png: items of 9x7x1 do not fit");
        assertThatThrownBy(() -> format.input(
                        List.of(folder), options().keeping(Kept.FILE).withoutWindows("no windows")))
                .hasMessageContaining("--exact-file: no windows");
        Path array = dir.resolve("a.npy");
        NpyFile.write(array, PackedItemSet.of(GREY, List.of(values(GREY, 1)), null));
        assertThatThrownBy(() -> format.input(List.of(array), options().with(images)))
                .hasMessageContaining("out: contains image files; arrays need a separate archive");
    }

    /** What is filled in may be any colour: an image with a palette comes as its colours. */
    @Test
    void coloursHaveNoPalette() throws IOException {
        Space two = Space.image(5, 7, 1, 2);
        ImageFiles.write(two, values(two, 3), folder.resolve("bits.png"));
        DataFormat format = DataFormats.of("", GREY);
        try (ItemInput input = format.input(List.of(folder), options().keeping(Kept.COLOURS))) {
            Item item = all(input).get(0);
            assertThat(item.values())
                    .isEqualTo(Arrays.stream(values(two, 3)).map(v -> 255 * v).toArray());
            int[] other = item.values().clone();
            other[4] = 77;
            Path target = dir.resolve("back");
            Item redrawn = format.redrawn(item, other, new boolean[other.length]);
            write(format, target, OutputOptions.named(false).with(input.layout()), List.of(redrawn));
            try (ItemInput again = format.input(List.of(target), options())) {
                assertThat(Objects.requireNonNull(all(again).get(0)).values()).isEqualTo(other);
            }
        }
    }
}
