package dev.ardm.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Spaces;
import dev.ardm.data.items.ItemSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ArrayFilesTest {
    @TempDir
    Path dir;

    public static PackedItemSet random(Space space, int count, long seed) {
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            RandomStream random = RandomStream.of(seed, RandomStream.Purpose.TEST, n);
            int[] item = new int[space.dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = random.nextInt(space.categories(i));
            }
            item[0] = space.categories(0) - 1;
            items.add(item);
        }
        return PackedItemSet.of(space, items, null);
    }

    public static void assertSame(ItemSet actual, ItemSet expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.item(i)).isEqualTo(expected.item(i));
        }
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
            gz.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] npy(int version, String dict, byte[] data) {
        byte[] text = dict.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer out = ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        return out.put(text).put(data).array();
    }

    static String dict(String descr, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    }

    Path file(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    @ParameterizedTest
    @CsvSource({"5,4,1,256", "3,4,3,256", "2,2,4,256", "1,7,1,17", "4,4,1,2", "3,3,2,65536", "2,5,1,512"})
    void everySetComesBackFromNpy(int h, int w, int c, int k) throws IOException {
        ItemSet set = random(Space.image(h, w, c, k), 7, 1);
        Path path = dir.resolve("set.npy");
        NpyFile.write(path, set);
        assertSame(ItemSets.open(path), set);
        assertThat(ItemSets.open(path).space()).isEqualTo(set.space());
        assertSame(ItemSets.open(file("zipped", gzip(Files.readAllBytes(path)))), set);
        assertThat(Files.list(dir)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"5,4,1", "3,4,3", "1,6,1"})
    void everySetOfBytesComesBackFromIdx(int h, int w, int c) throws IOException {
        ItemSet set = random(Space.image(h, w, c, 256), 6, 2);
        Path path = dir.resolve("set");
        IdxFile.write(path, set);
        assertSame(ItemSets.open(path), set);
        assertThat(ItemSets.open(path).space()).isEqualTo(set.space());
        assertSame(ItemSets.open(file("zipped.png", gzip(Files.readAllBytes(path)))), set);
    }

    @Test
    void idxKeepsToBytes() {
        ItemSet wide = random(Space.image(2, 2, 1, 300), 1, 0);
        assertThatThrownBy(() -> IdxFile.write(dir.resolve("x"), wide)).isInstanceOf(IllegalArgumentException.class);
        assertThat(dir).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8", "|i1", "|u1"
            })
    void everyIntegerTypeIsRead(String descr) throws IOException {
        int[] values = {0, 1, 2, 30, 31, 100, 127, 5};
        int bytes = descr.charAt(2) - '0';
        ByteBuffer data = ByteBuffer.allocate(8 * bytes)
                .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            switch (bytes) {
                case 1 -> data.put((byte) value);
                case 2 -> data.putShort((short) value);
                case 4 -> data.putInt(value);
                default -> data.putLong(value);
            }
        }
        for (int version = 1; version <= 3; version++) {
            ItemSet set = ItemSets.open(file("x.npy", npy(version, dict(descr, "2, 2, 2"), data.array())));
            assertThat(set.space()).isEqualTo(Space.image(2, 2, 1, 128));
            assertThat(set.item(0)).containsExactly(0, 1, 2, 30);
            assertThat(set.item(1)).containsExactly(31, 100, 127, 5);
        }
    }

    @Test
    void booleansAndRowsAreRead() throws IOException {
        ItemSet set = ItemSets.open(file("x", npy(1, dict("|b1", "2, 3"), new byte[] {0, 1, 1, 0, 0, 1})));
        assertThat(set.space()).isEqualTo(Space.of(new int[] {3}, 2, Space.Scale.NOMINAL));
        assertThat(set.item(0)).containsExactly(0, 1, 1);
        assertThat(set.name(1)).isEqualTo("00001");
    }

    /** Models of images of one row take rows, as they always did. */
    @Test
    void rowsFitSequencesAndImagesOfOneRow() throws IOException {
        Path rows = file("x", npy(1, dict("|u1", "2, 3"), new byte[] {0, 1, 2, 3, 4, 5}));
        for (Space space : List.of(
                Space.image(1, 3, 1, 9),
                Space.of(new int[] {3}, 9, Space.Scale.NOMINAL),
                Space.of(new int[] {3}, 6, Space.Scale.ORDERED))) {
            ItemSet set = ItemSets.open(rows, space);
            assertThat(set.space()).isEqualTo(space);
            assertThat(set.item(1)).containsExactly(3, 4, 5);
        }
        assertThatThrownBy(() -> ItemSets.open(rows, Space.image(3, 1, 1, 9)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("items of 3 do not fit a space of 3x1x1");
    }

    @ParameterizedTest
    @CsvSource({
        "0,2",
        "1,2",
        "2,3",
        "16,17",
        "31,32",
        "32,64",
        "63,64",
        "64,128",
        "127,128",
        "128,256",
        "255,256",
        "256,512",
        "65535,65536"
    })
    void categoriesFollowTheRule(int max, int categories) {
        assertThat(Spaces.categoriesFor(max)).isEqualTo(categories);
    }

    @Test
    void signedIdxIsReadBigEndian() throws IOException {
        byte[] bytes = ByteBuffer.allocate(12 + 8)
                .put(new byte[] {0, 0, 0x0B, 2})
                .putInt(2)
                .putInt(2)
                .putShort((short) 1)
                .putShort((short) 700)
                .putShort((short) 0)
                .putShort((short) 3)
                .array();
        ItemSet set = ItemSets.open(file("x", bytes));
        assertThat(set.space()).isEqualTo(Space.of(new int[] {2}, 1024, Space.Scale.NOMINAL));
        assertThat(set.item(0)).containsExactly(1, 700);
    }

    @Test
    void everyTruncationOfIdxIsRefused() throws IOException {
        Path path = dir.resolve("whole");
        IdxFile.write(path, random(Space.image(2, 2, 1, 256), 2, 3));
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Path cut = file("cut", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> IdxFile.read(cut))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(cut.toString())
                    .hasMessageContaining("byte " + length)
                    .hasMessageContaining(length < 16 ? "the IDX header" : "item " + (length - 16) / 4 + " of 2");
        }
        byte[] zipped = gzip(whole);
        for (int length = 0; length < zipped.length; length++) {
            Path cut = file("cut.gz", Arrays.copyOf(zipped, length));
            assertThatThrownBy(() -> ItemSets.open(cut))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(cut.toString());
        }
    }

    @Test
    void everyTruncationOfNpyIsRefused() throws IOException {
        Path path = dir.resolve("whole");
        NpyFile.write(path, random(Space.image(2, 2, 1, 256), 2, 3));
        byte[] whole = Files.readAllBytes(path);
        int header = whole.length - 8;
        for (int length = 0; length < whole.length; length++) {
            Path cut = file("cut", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NpyFile.read(cut))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(cut.toString())
                    .hasMessageContaining("byte " + length)
                    .hasMessageContaining(length < header ? "the NPY header" : "item ");
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() throws IOException {
        Path path = dir.resolve("whole");
        IdxFile.write(path, random(Space.image(2, 2, 1, 256), 2, 3));
        Path longer = file("longer", Arrays.copyOf(Files.readAllBytes(path), 25));
        assertThatThrownBy(() -> ItemSets.open(longer))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("byte 24: there are bytes after the end");
        NpyFile.write(path, random(Space.image(2, 2, 1, 256), 2, 3));
        byte[] npy = Files.readAllBytes(path);
        Path longerNpy = file("longer.npy", Arrays.copyOf(npy, npy.length + 1));
        assertThatThrownBy(() -> ItemSets.open(longerNpy)).hasMessageContaining("byte " + npy.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1,-1,-1,-1;0,0,0,1 | 4294967295 items",
                "127,-1,-1,-1;127,-1,-1,-1 | claims 2147483647 items",
                "0,0,0,1;127,-1,-1,-1;127,-1,-1,-1 | claims items of",
                "0,0,0,1;0,0,-1,-1;0,0,-1,-1 | claims items of 65535x65535",
                "0,0,0,0;0,0,0,2;0,0,0,2 | contains no items",
                "0,0,0,1;0,0,0,0;0,0,0,2 | claims items of 0x2",
                "127,0,0,0;0,1,0,0;0,0,1,0 | MiB of memory",
                "0,0,0,5 | 1 axis (labels?)",
                "0,0,0,1;0,0,0,1;0,0,0,1;0,0,0,1;0,0,0,1 | 5 axes",
            })
    void absurdIdxHeadersAreRefusedBeforeAllocation(String extents, String message) throws IOException {
        String[] axes = extents.trim().split(";");
        ByteBuffer head = ByteBuffer.allocate(4 + 4 * axes.length);
        head.put(new byte[] {0, 0, 8, (byte) axes.length});
        for (String axis : axes) {
            for (String b : axis.split(",")) {
                head.put((byte) Integer.parseInt(b));
            }
        }
        Path path = file("absurd", head.array());
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), } @ not integers",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), } @ byte order",
                "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1, 2), } @ no descr",
                "{'descr': '<u2', 'fortran_order': True, 'shape': (1, 2), } @ ascontiguousarray",
                "{'descr': '=u2', 'fortran_order': False, 'shape': (1, 2), } @ byte order",
                "{'descr': '|u2', 'fortran_order': False, 'shape': (1, 2), } @ byte order",
                "{'descr': '|u1', 'shape': (1, 2), } @ no fortran_order",
                "{'descr': '|u1', 'fortran_order': False, } @ no shape",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, -2), } @ no shape",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, , 2), } @ bad shape",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999999999999, 2), } @ bad shape",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (999999999999999999, 2), } @ more than can be held",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 99999999999, 99999999999), } @ claims items of",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000, 4096, 4096), } @ MiB of memory",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (), } @ 0 axes",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4,), } @ labels?",
                "['descr'] @ not a dictionary",
            })
    void badNpyHeadersAreRefused(String header, String message) throws IOException {
        Path path = file("bad.npy", npy(1, header, new byte[4]));
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(message);
    }

    @Test
    void strangeVersionsAndHeaderLengthsAreRefused() throws IOException {
        Path version = file("v", npy(4, dict("|u1", "1, 1"), new byte[1]));
        assertThatThrownBy(() -> ItemSets.open(version)).hasMessageContaining("NPY version 4.0 is not supported");
        byte[] huge = npy(2, dict("|u1", "1, 1"), new byte[1]);
        huge[11] = (byte) 0xFF;
        Path length = file("h", huge);
        assertThatThrownBy(() -> ItemSets.open(length)).hasMessageContaining("claims a header of");
    }

    @Test
    void valuesOutsideTheRangeNameItemAndByte() throws IOException {
        byte[] data = {0, 0, 1, 0, 2, 0, (byte) 0xFF, (byte) 0xFF};
        Path path = file("x", npy(1, dict("<i2", "2, 2"), data));
        int start = (int) Files.size(path) - 8;
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("byte " + (start + 6) + ": item 1 has the value -1, outside [0, 65535]");
        Path large = file("y", npy(1, dict("<i4", "1, 1"), new byte[] {0, 0, 1, 0}));
        assertThatThrownBy(() -> ItemSets.open(large)).hasMessageContaining("item 0 has the value 65536");
    }

    @Test
    void wrongMagicIsRefused() throws IOException {
        Path path = file("x", "hello, world".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> IdxFile.read(path))
                .hasMessageContaining("not an IDX file")
                .hasMessageContaining("68 65 6c 6c");
        assertThatThrownBy(() -> NpyFile.read(path)).hasMessageContaining("not an NPY file");
        assertThatThrownBy(() -> ItemSets.open(path)).hasMessageContaining("neither an image nor an IDX or NPY file");
        Path floats = file("f", new byte[] {0, 0, 0x0D, 1, 0, 0, 0, 0});
        assertThatThrownBy(() -> ItemSets.open(floats)).hasMessageContaining("not an IDX file of integers");
        assertThatThrownBy(() -> ItemSets.open(dir.resolve("absent"))).hasMessageContaining("no such file");
    }

    @Test
    void damagedGzipIsRefused() throws IOException {
        byte[] zipped = gzip(npy(1, dict("|u1", "1, 64"), new byte[64]));
        zipped[zipped.length - 6] ^= 1;
        Path path = file("x.gz", zipped);
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("gzip");
    }

    @Test
    void expectedSpacesAreHeld() throws IOException {
        Path path = file("x", npy(1, dict("|u1", "2, 2, 2"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7}));
        assertThat(ItemSets.open(path, Space.image(2, 2, 1, 256)).space()).isEqualTo(Space.image(2, 2, 1, 256));
        assertThatThrownBy(() -> ItemSets.open(path, Space.image(2, 2, 1, 6)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("item 1 (00001): value 6 at position 2 is outside [0, 6)");
        assertThatThrownBy(() -> ItemSets.open(path, Space.image(2, 2, 3, 256)))
                .hasMessageContaining("items of 2x2x1 do not fit a space of 2x2x3");
    }

    /** Items are read in pieces; nobody can tell. */
    @Test
    void longItemsAreReadWhole() throws IOException {
        byte[] data = new byte[2 * 2 * 50_000];
        for (int i = 0; i < data.length; i += 2) {
            data[i] = (byte) (i / 2 * 31);
            data[i + 1] = (byte) (i / 512);
        }
        byte[] whole = npy(1, dict("<u2", "2, 50000"), data);
        ItemSet set = ItemSets.open(file("x", whole));
        for (int item = 0; item < 2; item++) {
            int[] expected = new int[50_000];
            for (int i = 0; i < expected.length; i++) {
                int at = 2 * (50_000 * item + i);
                expected[i] = (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8;
            }
            assertThat(set.item(item)).isEqualTo(expected);
        }
        Path cut = file("y", Arrays.copyOf(whole, whole.length - 60_000));
        assertThatThrownBy(() -> ItemSets.open(cut))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("byte " + (whole.length - 60_000)
                        + ": the file ends inside item 1 of 2, which needs 60000 more bytes");
    }

    @Test
    void gzipThatEndsInItsHeaderIsRefused() throws IOException {
        Path path = file("x.gz", new byte[] {0x1F, (byte) 0x8B});
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("x.gz: the gzip data is cut off in its header");
    }
}
