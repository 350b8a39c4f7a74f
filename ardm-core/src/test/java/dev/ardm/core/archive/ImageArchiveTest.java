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
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of images of any size. */
class ImageArchiveTest {
    private static final Space SPACE = Space.image(4, 4, 1, 256);
    private static final ItemLayout LAYOUT = ItemLayout.images(1, 0);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(2);
    private static final Plan PLAN = MODEL.plan(2);
    private static final int[][] SIZES = {{4, 4, 1}, {1, 1, 1}, {9, 5, 2}, {3, 70, 1}, {2, 4, 3}, {64, 64, 1}, {5, 5, 1}
    };

    @TempDir
    Path dir;

    private static List<Item> images() {
        List<Item> images = new ArrayList<>();
        for (int n = 0; n < SIZES.length; n++) {
            int[] size = SIZES[n];
            RandomStream random = RandomStream.of(3, Purpose.TEST, n);
            int[] values = new int[size[0] * size[1] * size[2]];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(256);
            }
            byte[] side = n % 2 == 0 ? new byte[0] : new byte[] {(byte) n, 1};
            images.add(new Item("image " + n, OptionalLong.empty(), size, values, side));
        }
        return images;
    }

    private Path write(String name, LikelihoodModel model) throws IOException {
        Path file = dir.resolve(name);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, PLAN, LAYOUT)) {
            for (Item image : images()) {
                writer.add(image);
            }
            writer.commit();
            assertThat(writer.inexact()).isZero();
        }
        return file;
    }

    private static void assertSame(DecodedItem got, Item wanted) throws IOException {
        assertThat(got.item().shape()).isEqualTo(wanted.shape());
        assertThat(got.intact()).isEqualTo(wanted.values());
        assertThat(got.item().side()).isEqualTo(wanted.side());
    }

    @Test
    void imagesComeBackOneByOneAndTogether() throws IOException {
        Path file = write("a.ardm", MODEL);
        List<Item> images = images();
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.size()).isEqualTo(SIZES.length);
            for (int k = 0; k < SIZES.length; k++) {
                assertSame(archive.item(k), images.get(k));
                assertSame(archive.items(0, SIZES.length).get(k), images.get(k));
            }
            assertThat(archive.get("image 3")).hasValue(images.get(3).values());
        }
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            assertThat(reader.header().layout()).isEqualTo(LAYOUT);
            for (int k = 0; k < SIZES.length; k++) {
                assertThat(reader.shape(k)).isEqualTo(SIZES[k]);
            }
        }
    }

    @Test
    void threadsDoNotChangeTheBytes() throws IOException {
        byte[] two = Files.readAllBytes(write("two.ardm", MODEL));
        byte[] one = Files.readAllBytes(write("one.ardm", MODEL.model().open(1)));
        byte[] five = Files.readAllBytes(write("five.ardm", MODEL.model().open(5)));
        assertThat(one).isEqualTo(two);
        assertThat(five).isEqualTo(two);
    }

    @Test
    void anImageWithMuchWorkIsDoneAlone() throws IOException {
        Path file = write("a.ardm", MODEL);
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            PartDecoders items = new PartDecoders(file, reader, part -> MODEL);
            assertThat(items.work(0)).isEqualTo(1);
            assertThat(items.work(2)).isEqualTo(3 * 2 * 2);
            assertThat(items.work(5)).isEqualTo(21 * 21);
            assertThat(items.chunkEnd(0, SIZES.length)).isEqualTo(5);
            assertThat(items.chunkEnd(5, SIZES.length)).isEqualTo(6);
        }
    }

    @Test
    void damageStaysInItsImage() throws IOException {
        Path file = write("a.ardm", MODEL);
        ArchiveReader.Entry entry;
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            entry = reader.entry(5);
        }
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            long at = entry.offset() + entry.length() / 2;
            raw.seek(at);
            int old = raw.read();
            raw.seek(at);
            raw.write(old ^ 1);
        }
        List<Item> images = images();
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            List<DecodedItem> all = archive.items(0, SIZES.length);
            for (int k = 0; k < SIZES.length; k++) {
                if (k == 5) {
                    assertThatThrownBy(all.get(5)::intact)
                            .isInstanceOf(DamagedException.class)
                            .hasMessageContaining("item 5")
                            .hasMessageContaining("the other 6 items are not affected");
                } else {
                    assertSame(all.get(k), images.get(k));
                }
            }
        }
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(dir.resolve("a.ardm"), MODEL, PLAN, LAYOUT)) {
            assertThatThrownBy(() -> writer.add(Item.of(new int[16], "flat")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("height");
            assertThatThrownBy(() ->
                            writer.add(new Item("", OptionalLong.empty(), new int[] {2, 3, 1}, new int[7], new byte[0])
                                    .labelled(ItemLabel.NONE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("7 values");
            assertThatThrownBy(() -> writer.add(
                            new Item("", OptionalLong.empty(), new int[] {1, 1, 1}, new int[] {256}, new byte[0])
                                    .labelled(ItemLabel.NONE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("256");
            assertThat(writer.size()).isZero();
        }
        assertThat(dir.resolve("a.ardm")).doesNotExist();
    }
}
