package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.ArrayFilesTest;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.png.PngFile;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    @TempDir
    Path dir;

    private Path put(String name, byte[] bytes) throws IOException {
        Path path = dir.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes);
    }

    private Path put(String name, int h, int w, int c, int k) throws IOException {
        Space space = Space.image(h, w, c, k);
        return put(
                name,
                PicturesTest.png(
                        space, ArrayFilesTest.random(space, 1, name.hashCode()).item(0)));
    }

    private Path encode(String name, String format, BufferedImage image) throws IOException {
        Path path = dir.resolve(name);
        assertThat(ImageIO.write(image, format, path.toFile()))
                .as("%s written", format)
                .isTrue();
        return path;
    }

    private static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(4, 6, type);
        WritableRaster raster = image.getRaster();
        int top = (1 << image.getColorModel().getComponentSize(0)) - 1;
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 4; x++) {
                for (int b = 0; b < raster.getNumBands(); b++) {
                    raster.setSample(x, y, b, (37 * x + 91 * y + 61 * b + 5) & top);
                }
            }
        }
        return image;
    }

    private static int[] samples(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }

    @ParameterizedTest
    @CsvSource({
        "1,256", "2,256", "3,256", "4,256", "1,65536", "2,65536", "3,65536", "4,65536", "1,2", "1,17", "3,100", "4,300"
    })
    void everyKindComesBackExactly(int channels, int categories) throws IOException {
        Space space = Space.image(5, 7, channels, categories);
        PackedItemSet set = ArrayFilesTest.random(space, 6, 4);
        Path folder = dir.resolve("out");
        ImageFolder.write(folder, set);
        ItemSet back = ItemSets.open(folder, space);
        assertThat(back.space()).isEqualTo(space);
        ArrayFilesTest.assertSame(back, set);
        assertThat(back.name(3)).isEqualTo("00003.png");
        assertThat(ItemSets.open(folder).space())
                .isEqualTo(Space.image(
                        5, 7, channels, channels == 1 && categories == 2 ? 2 : categories <= 256 ? 256 : 65536));
        assertThat(Files.list(dir)).containsExactly(folder);
    }

    @Test
    void coloursUnderFullTransparencySurvive() throws IOException {
        Space space = Space.image(1, 3, 4, 256);
        int[] item = {1, 2, 3, 0, 200, 100, 50, 1, 255, 254, 253, 128};
        put("a.png", PicturesTest.png(space, item));
        assertThat(ItemSets.open(dir).item(0)).isEqualTo(item);
    }

    @Test
    void otherWritersAgree() throws IOException {
        Path folder = dir.resolve("out");
        ImageFolder.write(folder, ArrayFilesTest.random(Space.image(6, 5, 4, 256), 1, 4));
        BufferedImage image = ImageIO.read(folder.resolve("00000.png").toFile());
        assertThat(samples(image)).isEqualTo(ItemSets.open(folder).item(0));
    }

    @ParameterizedTest
    @CsvSource({
        "png,10,1",
        "bmp,10,1",
        "tiff,10,1",
        "gif,10,1",
        "png,5,3",
        "bmp,5,3",
        "tiff,5,3",
        "png,6,4",
        "tiff,6,4",
        "png,2,4",
        "png,1,3",
        "bmp,1,3"
    })
    void losslessFormatsGiveTheSamplesThatWereStored(String format, int type, int channels) throws IOException {
        BufferedImage image = picture(type);
        Path path = encode("x." + format, format, image);
        ItemSet set = ItemSets.open(path);
        assertThat(set.space()).isEqualTo(Space.image(6, 4, channels, 256));
        assertThat(set.item(0)).isEqualTo(samples(image));
        assertThat(set.name(0)).isEqualTo("x." + format);
    }

    @Test
    void sixteenBitGreyTiffIsRead() throws IOException {
        BufferedImage image = picture(BufferedImage.TYPE_USHORT_GRAY);
        ItemSet set = ItemSets.open(encode("x.tiff", "tiff", image));
        assertThat(set.space()).isEqualTo(Space.image(6, 4, 1, 65536));
        assertThat(set.item(0)).isEqualTo(samples(image));
    }

    @Test
    void portableMapsAreRead() throws IOException {
        byte[] pgm =
                PicturesTest.concat("P5\n2 2\n255\n".getBytes(StandardCharsets.US_ASCII), new byte[] {0, 7, 99, -1});
        ItemSet grey = ItemSets.open(put("a.pgm", pgm));
        assertThat(grey.space()).isEqualTo(Space.image(2, 2, 1, 256));
        assertThat(grey.item(0)).containsExactly(0, 7, 99, 255);
        byte[] ppm = PicturesTest.concat(
                "P6\n1 2\n255\n".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(ItemSets.open(put("a.ppm", ppm)).item(0)).containsExactly(1, 2, 3, 4, 5, 6);
        Path cut = put("cut.ppm", Arrays.copyOf(ppm, ppm.length - 2));
        assertThatThrownBy(() -> ItemSets.open(cut)).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "gif", "bmp", "tiff"})
    void truncatedImagesAreRefused(String format) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 1024; i++) {
            image.getRaster().setSample(i % 32, i / 32, 0, i * 7919 % 251);
        }
        byte[] whole = Files.readAllBytes(encode("x." + format, format, image));
        assertThat(ItemSets.open(dir.resolve("x." + format)).space().dimensions())
                .isEqualTo(1024);
        for (int length = 0; length < whole.length - 2; length += 1 + whole.length / 60) {
            Path cut = put("x." + format, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ItemSets.open(cut))
                    .as("%s cut to %d of %d bytes", format, length, whole.length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("x." + format);
        }
    }

    @Test
    void greyAndColourJpegAreRead() throws IOException {
        ItemSet grey = ItemSets.open(encode("g.jpg", "jpg", picture(BufferedImage.TYPE_BYTE_GRAY)));
        assertThat(grey.space()).isEqualTo(Space.image(6, 4, 1, 256));
        ItemSet rgb = ItemSets.open(encode("c.jpg", "jpg", picture(BufferedImage.TYPE_3BYTE_BGR)));
        assertThat(rgb.space()).isEqualTo(Space.image(6, 4, 3, 256));
    }

    /** A PNG of one row of palette indices or grey samples of less than 8 bits. */
    private static byte[] packedPng(int depth, int colourType, int width, byte[] palette, byte[] trns, byte[] row)
            throws IOException {
        byte[] header = java.nio.ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(1)
                .put((byte) depth)
                .put((byte) colourType)
                .array();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
            deflater.write(0);
            deflater.write(row);
        }
        byte[] png = PicturesTest.concat(PngFile.signature(), PicturesTest.chunk("IHDR", header));
        png = palette.length == 0 ? png : PicturesTest.concat(png, PicturesTest.chunk("PLTE", palette));
        png = trns.length == 0 ? png : PicturesTest.concat(png, PicturesTest.chunk("tRNS", trns));
        png = PicturesTest.concat(png, PicturesTest.chunk("IDAT", data.toByteArray()));
        return PicturesTest.concat(png, PicturesTest.chunk("IEND", new byte[0]));
    }

    @Test
    void palettesAreLookedUp() throws IOException {
        byte[] palette = {1, 2, 3, 10, 20, 30, 100, (byte) 150, (byte) 200};
        byte[] row = {(byte) 0b00_01_10_01};
        ItemSet rgb = ItemSets.open(put("a.png", packedPng(2, 3, 4, palette, new byte[0], row)));
        assertThat(rgb.space()).isEqualTo(Space.image(1, 4, 3, 256));
        assertThat(rgb.item(0)).containsExactly(1, 2, 3, 10, 20, 30, 100, 150, 200, 10, 20, 30);
        ItemSet rgba = ItemSets.open(put("b.png", packedPng(2, 3, 4, palette, new byte[] {0, 77}, row)));
        assertThat(rgba.space()).isEqualTo(Space.image(1, 4, 4, 256));
        assertThat(rgba.item(0)).containsExactly(1, 2, 3, 0, 10, 20, 30, 77, 100, 150, 200, 255, 10, 20, 30, 77);
        byte[] greys = {0, 0, 0, 85, 85, 85, (byte) 170, (byte) 170, (byte) 170, -1, -1, -1};
        assertThat(ItemSets.open(put("c.png", packedPng(2, 3, 4, greys, new byte[0], row)))
                        .space()
                        .extent(2))
                .as("a palette of greys stays a palette")
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1,8,'0,1,1,0,0,1,0,1',101", "2,4,'1,2,0,1',97", "4,2,'6,1',97", "8,1,'97',97"})
    void greyOfFewBitsKeepsItsLevels(int depth, int width, String expected, int bits) throws IOException {
        int[] values =
                Arrays.stream(expected.split(",")).mapToInt(Integer::parseInt).toArray();
        Path path = put("a.png", packedPng(depth, 0, width, new byte[0], new byte[0], new byte[] {(byte) bits}));
        ItemSet set = ItemSets.open(path);
        assertThat(set.space()).isEqualTo(Space.image(1, width, 1, 1 << depth));
        assertThat(set.item(0)).isEqualTo(values);
        int factor = 255 / ((1 << depth) - 1);
        assertThat(ItemSets.open(path, Space.image(1, width, 1, 256)).item(0))
                .as("expanded where a space of 8 bits is expected")
                .isEqualTo(Arrays.stream(values).map(value -> value * factor).toArray());
    }

    @Test
    void transparentColoursBecomeAlpha() throws IOException {
        byte[] rgb = {10, 20, 30, 40, 50, 60};
        ItemSet set =
                ItemSets.open(put("a.png", packedPng(8, 2, 2, new byte[0], new byte[] {0, 40, 0, 50, 0, 60}, rgb)));
        assertThat(set.item(0)).containsExactly(10, 20, 30, 255, 40, 50, 60, 0);
        ItemSet grey =
                ItemSets.open(put("b.png", packedPng(8, 0, 2, new byte[0], new byte[] {0, 7}, new byte[] {7, 9})));
        assertThat(grey.item(0)).containsExactly(7, 0, 9, 255);
    }

    @Test
    void foldersAreSortedNamedAndCleared() throws IOException {
        put("b/2.png", 2, 2, 3, 256);
        put("a.png", 2, 2, 3, 256);
        put("b/1.PNG", 2, 2, 3, 256);
        put("b/.hidden.png", 9, 9, 1, 256);
        put(".git/x.png", 9, 9, 1, 256);
        put("licence.txt", "free".getBytes(StandardCharsets.US_ASCII));
        ItemSet set = ItemSets.open(dir);
        assertThat(List.of(set.name(0), set.name(1), set.name(2))).containsExactly("a.png", "b/1.PNG", "b/2.png");
        assertThat(set.size()).isEqualTo(3);
        assertThat(set.skipped()).containsExactly("licence.txt");
        ImageFolder.write(dir.resolve("copy"), set);
        assertThat(ItemSets.open(dir.resolve("copy")).name(1)).isEqualTo("b/1.png");
    }

    @Test
    void whatDisagreesIsNamed() throws IOException {
        put("a.png", 2, 2, 3, 256);
        Path b = put("b.png", 2, 3, 3, 256);
        assertThatThrownBy(() -> ItemSets.open(dir))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.png is 2x2, RGB (3 channels), 8 bits")
                .hasMessageContaining("b.png is 2x3, RGB (3 channels), 8 bits");
        Files.delete(b);
        put("c.png", 2, 2, 4, 256);
        assertThatThrownBy(() -> ItemSets.open(dir)).hasMessageContaining("c.png is 2x2, RGB with alpha (4 channels)");
        put("c.png", 2, 2, 3, 65536);
        assertThatThrownBy(() -> ItemSets.open(dir)).hasMessageContaining("c.png is 2x2, RGB (3 channels), 16 bits");
    }

    @Test
    void nothingIsDroppedToFitASpace() throws IOException {
        Path rgba = put("rgba.png", 2, 2, 4, 256);
        Path rgb = put("rgb.png", 2, 2, 3, 256);
        Path grey = put("grey.png", 2, 2, 1, 256);
        Path deep = put("deep.png", 2, 2, 3, 65536);
        Space three = Space.image(2, 2, 3, 256);
        assertThatThrownBy(() -> ItemSets.open(rgba, three))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "rgba.png: the image has an alpha channel that a 3-channel space has no room for");
        assertThatThrownBy(() -> ItemSets.open(rgb, Space.image(2, 2, 1, 256)))
                .hasMessageContaining("rgb.png: the image is RGB (3 channels), the space has 1 channel");
        assertThatThrownBy(() -> ItemSets.open(grey, three)).hasMessageContaining("grey (1 channel), the space has 3");
        assertThatThrownBy(() -> ItemSets.open(rgb, Space.image(2, 2, 4, 256))).hasMessageContaining("the space has 4");
        assertThatThrownBy(() -> ItemSets.open(deep, three))
                .hasMessageContaining("deep.png: the image has 16-bit channels, the space has 256 categories");
        assertThatThrownBy(() -> ItemSets.open(rgb, Space.image(2, 2, 3, 65536)))
                .hasMessageContaining("8-bit channels");
        assertThatThrownBy(() -> ItemSets.open(rgb, Space.image(3, 2, 3, 256)))
                .hasMessageContaining("items of 2x2x3 do not fit a space of 3x2x3");
        assertThatThrownBy(() -> ItemSets.open(grey, Space.image(2, 2, 1, 255)))
                .hasMessageContaining("value 255 at row 0, column 0 is outside [0, 255)");
        assertThat(ItemSets.open(rgb, three).space()).isEqualTo(three);
    }

    @Test
    void emptyAndFalseImagesAreRefused() throws IOException {
        assertThatThrownBy(() -> ItemSets.open(dir))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no images in " + dir);
        Path text = put("x.txt", "text".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ItemSets.open(dir)).hasMessageContaining("(1 other files)");
        Files.move(text, dir.resolve("x.png"));
        assertThatThrownBy(() -> ItemSets.open(dir))
                .hasMessageContaining("x.png: no readable image in spite of its name");
        put("x.png", new byte[0]);
        assertThatThrownBy(() -> ItemSets.open(dir)).hasMessageContaining("x.png: the file is empty");
    }

    @Test
    void hugeImagesAreRefusedBeforeDecoding() throws IOException {
        byte[] png = packedPng(8, 0, 1, new byte[0], new byte[0], new byte[1]);
        byte[] header = java.nio.ByteBuffer.allocate(13)
                .putInt(1 << 30)
                .putInt(1 << 30)
                .put((byte) 8)
                .array();
        byte[] huge = PicturesTest.concat(
                PicturesTest.concat(PngFile.signature(), PicturesTest.chunk("IHDR", header)),
                Arrays.copyOfRange(png, 33, png.length));
        Path path = put("x.png", huge);
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1073741824x1073741824");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "a//b", "./x", "a\\b", "", "x\0y", "a/", ".."})
    void namesThatLeadOutAreRefusedAndLeaveNothing(String name) {
        Space space = Space.image(1, 1, 1, 256);
        ItemSet set = PackedItemSet.of(space, List.of(new int[1], new int[1]), List.of("good", name));
        assertThatThrownBy(() -> ImageFolder.write(dir.resolve("out"), set))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("item 1: its name");
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void namesStayApart() throws IOException {
        Space space = Space.image(1, 1, 1, 256);
        ItemSet set = PackedItemSet.of(
                space, List.of(new int[] {1}, new int[] {2}, new int[] {3}), List.of("a.png", "A.jpg", "b/c.v2"));
        ImageFolder.write(dir.resolve("out"), set);
        ItemSet back = ItemSets.open(dir.resolve("out"));
        assertThat(List.of(back.name(0), back.name(1), back.name(2)))
                .containsExactly("A.jpg.png", "a.png", "b/c.v2.png");
        assertThat(back.item(0)).containsExactly(2);
        assertThatThrownBy(() -> ImageFolder.write(dir.resolve("out"), set))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not an empty folder");
    }

    @Test
    void aFailureHalfwayLeavesNothing() {
        Space space = Space.image(1, 1, 1, 256);
        ItemSet set = PackedItemSet.of(space, List.of(new int[1], new int[1]), List.of("a.png", "a.png/b"));
        assertThatThrownBy(() -> ImageFolder.write(dir.resolve("out"), set)).isInstanceOf(IOException.class);
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void imagesOfSeveralSizesSayHowToUnifyThem() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("sizes"));
        ImageFiles.write(Space.image(2, 3, 1, 256), new int[6], folder.resolve("a.png"));
        ImageFiles.write(Space.image(2, 4, 1, 256), new int[8], folder.resolve("b.png"));
        assertThatThrownBy(() -> ItemSets.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.png is 2x3")
                .hasMessageContaining("b.png is 2x4")
                .hasMessageEndingWith("scale or cut them all to 2x3, or to another size, first");
    }
}
