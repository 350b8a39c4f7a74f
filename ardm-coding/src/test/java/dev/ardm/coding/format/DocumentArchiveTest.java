package dev.ardm.coding.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.TableDistribution;
import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.Archives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of documents, which have bytes in addition to their values and, if they are sequences, any number of these. */
class DocumentArchiveTest {
    private static final int CATEGORIES = 11;
    private static final int[] LENGTHS = {0, 1, 5, 6, 7, 300};

    @TempDir
    Path folder;

    private static ArchiveHeader sequences() {
        return new ArchiveHeader(3, Archives.modelId(1), new int[] {6}, new int[] {CATEGORIES}, 1, new byte[] {9})
                .with(ItemLayout.sequences(2, 10));
    }

    private static int[] item(int k) {
        Random random = new Random(k);
        return random.ints(LENGTHS[k % LENGTHS.length], 0, CATEGORIES).toArray();
    }

    private static byte[] side(int k) {
        byte[] side = new byte[k % 4 == 1 ? 0 : 67 * (k % 4)];
        new Random(k).nextBytes(side);
        return side;
    }

    private static byte[] encode(int[] values, byte[] side) {
        int[] frequencies = new int[values.length];
        Arrays.fill(frequencies, 1 << 20);
        int[] starts = Arrays.stream(values).map(value -> value << 20).toArray();
        return CheckedStream.encode(starts, frequencies, values.length, 24, CheckedStream.checkOf(side, values));
    }

    /** The values of a document, coded or stored. */
    private static int[] values(ArchivedItem item) throws DamagedException {
        byte[] stream = item.stream();
        if (stream == null) {
            return Objects.requireNonNull(item.values());
        }
        AnsStack stack = CheckedStream.open(stream, 0, stream.length);
        int[] values = new int[item.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stack.pop(TableDistribution.uniform(16, 24));
        }
        CheckedStream.close(stack, CheckedStream.checkOf(item.side(), values));
        return values;
    }

    private byte[] write(Path path, int items) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(path, sequences(), true)) {
            for (int k = 0; k < items; k++) {
                if (k % 3 == 2) {
                    writer.add(ArchivedItem.stored(side(k), new int[0], item(k)), ItemLabel.named("name " + k));
                } else {
                    writer.add(
                            ArchivedItem.coded(side(k), new int[0], item(k).length, encode(item(k), side(k))),
                            ItemLabel.named("name " + k));
                }
            }
            writer.commit();
        }
        return Files.readAllBytes(path);
    }

    /** Values of one category take no bytes, so that a short item could claim any number of them. */
    @Test
    void valuesThatTakeNoRoomAreFewer() throws IOException {
        ItemPacking packing = new ItemPacking(ItemLayout.sequences(2, 0), new int[] {6}, new int[] {1});
        int[] few = new int[1000];
        assertThat(packing.read(packing.pack(ArchivedItem.stored(new byte[0], new int[0], few)), ItemForm.STORED)
                        .values())
                .isEqualTo(few);
        byte[] claim = new ByteSink()
                .varint(0)
                .varint(ArchiveFormat.MAX_VALUES + 1)
                .number(0, Integer.BYTES)
                .toByteArray();
        assertThatThrownBy(() -> packing.read(claim, ItemForm.STORED))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("number of its values");
        assertThatThrownBy(() ->
                        packing.pack(ArchivedItem.coded(new byte[0], new int[0], ArchiveFormat.MAX_VALUES + 1, claim)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + ArchiveFormat.MAX_VALUES);
    }

    @Test
    void sequencesComeBack() throws IOException {
        Path path = folder.resolve("a.ardm");
        write(path, 40);
        try (ArchiveReader reader = ArchiveReader.open(path)) {
            assertThat(reader.header().layout()).isEqualTo(ItemLayout.sequences(2, 10));
            assertThat(reader.verify()).isEmpty();
            for (int k = 0; k < 40; k++) {
                ArchivedItem item = reader.item(k);
                assertThat(item.side()).isEqualTo(side(k));
                assertThat(values(item)).isEqualTo(item(k));
                assertThat(reader.length(k)).isEqualTo(item(k).length);
                assertThat(reader.name(k)).contains("name " + k);
            }
        }
    }

    @Test
    void rowsComeBack() throws IOException {
        ArchiveHeader header = Archives.header().with(ItemLayout.ROWS);
        Path path = folder.resolve("rows.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(path, header, false)) {
            for (int k = 0; k < 9; k++) {
                writer.add(ArchivedItem.stored(side(k), new int[0], Archives.item(k)), ItemLabel.named(""));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(
                            ArchivedItem.coded(new byte[0], new int[0], 7, new byte[] {1}), ItemLabel.named("")))
                    .withMessage("an item of 7 values where there are 6");
            writer.commit();
        }
        try (ArchiveReader reader = ArchiveReader.open(path)) {
            assertThat(reader.header().layout()).isEqualTo(ItemLayout.ROWS);
            for (int k = 0; k < 9; k++) {
                assertThat(reader.item(k).values()).isEqualTo(Archives.item(k));
                assertThat(reader.item(k).side()).isEqualTo(side(k));
                assertThat(reader.length(k)).isEqualTo(6);
            }
        }
    }

    private static ArchiveHeader images(int context) {
        return new ArchiveHeader(3, Archives.modelId(1), new int[] {4, 6, 2}, new int[] {11, 9}, 1, new byte[] {9})
                .with(ItemLayout.images(context, 8));
    }

    @Test
    void imagesOfAnySizeComeBack() throws IOException {
        Path path = folder.resolve("images.ardm");
        int[][] shapes = {{1, 1, 1}, {4, 6, 1}, {3, 200, 2}, {1, 1, 50}, {70, 1, 3}};
        Random random = new Random(4);
        int[][] images = new int[shapes.length][];
        try (ArchiveWriter writer = ArchiveWriter.create(path, images(3), false)) {
            for (int k = 0; k < shapes.length; k++) {
                int[] image = new int[shapes[k][0] * shapes[k][1] * 2 * shapes[k][2]];
                for (int i = 0; i < image.length; i++) {
                    image[i] = random.nextInt(i % 2 == 0 ? 11 : 9);
                }
                images[k] = image;
                ItemLabel label = ItemLabel.named("image " + k).modified(1_000_000_000_000L + k);
                if (k % 2 == 0) {
                    writer.add(ArchivedItem.stored(side(k), shapes[k], image), label);
                } else {
                    writer.add(ArchivedItem.coded(side(k), shapes[k], image.length, new byte[] {1, 2, 3}), label);
                }
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(
                            ArchivedItem.coded(new byte[0], new int[] {2, 2, 1}, 7, new byte[] {1}), ItemLabel.NONE))
                    .withMessage("an item of 7 values where there are 8");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(
                            ArchivedItem.coded(new byte[0], new int[0], 8, new byte[] {1}), ItemLabel.named("")))
                    .withMessageContaining("an image needs its height");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(
                            ArchivedItem.coded(new byte[0], new int[] {1 << 20, 1 << 20, 1}, 0, new byte[] {1}),
                            ItemLabel.NONE))
                    .withMessageContaining("more than");
            writer.commit();
        }
        try (ArchiveReader reader = ArchiveReader.open(path)) {
            assertThat(reader.header().layout()).isEqualTo(ItemLayout.images(3, 8));
            for (int k = 0; k < shapes.length; k++) {
                ArchivedItem item = reader.item(k);
                assertThat(item.shape()).isEqualTo(shapes[k]).isEqualTo(reader.shape(k));
                assertThat(item.side()).isEqualTo(side(k));
                assertThat(item.length()).isEqualTo(images[k].length).isEqualTo(reader.length(k));
                if (k % 2 == 0) {
                    assertThat(item.values()).isEqualTo(images[k]);
                } else {
                    assertThat(item.stream()).containsExactly(1, 2, 3);
                }
                assertThat(reader.time(k)).hasValue(1_000_000_000_000L + k);
            }
            assertThat(reader.verify()).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> images(4)).withMessageContaining("context");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences().with(ItemLayout.images(0, 0)))
                .withMessageContaining("height, width and channels");
    }

    /** The shape is part of what the check covers. */
    @Test
    void anImageTurnedOnItsSideIsDamage() throws DamagedException {
        ItemPacking packing = new ItemPacking(ItemLayout.images(0, 0), new int[] {4, 6, 1}, new int[] {CATEGORIES});
        byte[] bytes =
                packing.pack(ArchivedItem.stored(new byte[0], new int[] {2, 3, 1}, new int[] {1, 2, 3, 4, 5, 6}));
        assertThat(packing.read(bytes, ItemForm.STORED).values()).containsExactly(1, 2, 3, 4, 5, 6);
        bytes[1] = 3;
        bytes[2] = 2;
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> packing.read(bytes, ItemForm.STORED));
    }

    /** Byte for byte what docs/format.md says. */
    @Test
    void theLayoutIsTheOneWrittenDown() throws IOException {
        Path path = folder.resolve("a.ardm");
        byte[] stream = encode(new int[] {1, 2, 3}, new byte[] {7, 8});
        try (ArchiveWriter writer = ArchiveWriter.create(path, sequences(), false)) {
            writer.add(ArchivedItem.coded(new byte[] {7, 8}, new int[0], 3, stream), ItemLabel.named(""));
            writer.add(ArchivedItem.stored(new byte[0], new int[0], new int[] {10, 1, 2}), ItemLabel.named(""));
            writer.commit();
        }
        byte[] file = Files.readAllBytes(path);
        assertThat(Arrays.copyOfRange(file, 8, 20)).containsExactly(1, 0, 3, 0, 3, 0, 0, 0, 65, 0, 0, 0);
        // Axes, extent, one category count, scale, plan, context, resting value.
        assertThat(Arrays.copyOfRange(file, 52, 60)).containsExactly(1, 6, 1, CATEGORIES, 1, 1, 9, 2);
        assertThat(file[60]).isEqualTo((byte) 10);
        int payload = 65 + (int) Archives.number(file, 65 + 4, 4);
        byte[] first = Arrays.copyOfRange(file, payload, payload + 4 + stream.length);
        byte[] expected = new byte[4 + stream.length];
        System.arraycopy(new byte[] {2, 7, 8, 3}, 0, expected, 0, 4);
        System.arraycopy(stream, 0, expected, 4, stream.length);
        assertThat(first).isEqualTo(expected);
        int at = payload + first.length;
        assertThat(Arrays.copyOfRange(file, at, at + 4)).containsExactly(0, 3, 0x1A, 0x02);
        int check = CheckedStream.checkOf(new int[] {10, 1, 2});
        assertThat(Arrays.copyOfRange(file, at + 4, at + 8))
                .containsExactly(check, check >>> 8, check >>> 16, check >>> 24);
    }

    @Test
    void everyFlippedByteIsFoundOrStaysInItsDocument() throws IOException {
        Path path = folder.resolve("a.ardm");
        int items = 5;
        byte[] good = write(path, items);
        Random random = new Random(2);
        int unnoticed = 0;
        for (int place = 0; place < good.length; place++) {
            byte[] bad = good.clone();
            bad[place] ^= (byte) (1 + random.nextInt(255));
            Files.write(path, bad);
            try (ArchiveReader reader = ArchiveReader.open(path)) {
                for (int k = 0; k < items; k++) {
                    ArchiveReader.Entry entry = reader.entry(k);
                    boolean here = place >= entry.offset() && place < entry.offset() + entry.length();
                    try {
                        ArchivedItem item = reader.item(k);
                        if (item.length() > 1000) {
                            assertThat(here).isTrue();
                            continue; // a claim; the stream would be at its end too early
                        }
                        int[] values = values(item);
                        if (here) {
                            unnoticed++;
                        } else {
                            assertThat(values).isEqualTo(item(k));
                            assertThat(item.side()).isEqualTo(side(k));
                        }
                    } catch (DamagedException e) {
                        assertThat(here).isTrue();
                    }
                    if (here) {
                        assertThat(reader.verify()).contains(k);
                    }
                }
            } catch (ArchiveException e) {
                assertThat(e.getMessage()).contains("a.ardm: ");
            }
        }
        // Coded documents carry at least 7 check bits.
        assertThat(unnoticed).isLessThan(10);
    }

    /** Numbers that claim more than there is cost nothing. */
    @Test
    void claimsAreNotBelieved() {
        ItemPacking packing = new ItemPacking(ItemLayout.sequences(2, 0), new int[] {6}, new int[] {CATEGORIES});
        byte[][] hostile = {
            {},
            {5, 1},
            {(byte) 0x80},
            {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 3},
            {0},
            {0, (byte) 0x80, 0},
            {0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 3, 0, 0, 0, 0},
            {0, (byte) 0xFF, (byte) 0xFF, 3, 1}
        };
        for (byte[] bytes : hostile) {
            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> packing.read(bytes, ItemForm.STORED));
        }
    }

    @Test
    void layoutsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ItemLayout.sequences(-1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences().with(ItemLayout.sequences(6, 0)))
                .withMessageContaining("context 6 is outside [0, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences().with(ItemLayout.sequences(0, CATEGORIES)))
                .withMessageContaining("padding value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Archives.header().with(ItemLayout.sequences(0, 0)))
                .withMessageContaining("one axis");
    }
}
