package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.array.ArrayFilesTest;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir
    Path dir;

    @Test
    void gridsStretchValuesAndLeaveGaps() {
        Space space = Space.image(1, 2, 1, 17);
        BufferedImage sheet =
                ImageGrid.render(space, List.of(new int[] {0, 16}, new int[] {8, 1}, new int[] {16, 0}), 2, 3);
        assertThat(sheet.getWidth()).isEqualTo(2 + 2 * (6 + 2));
        assertThat(sheet.getHeight()).isEqualTo(2 + 2 * (3 + 2));
        assertThat(sheet.getRGB(2, 2) & 0xFFFFFF).isZero();
        assertThat(sheet.getRGB(7, 4) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(sheet.getRGB(10, 2) & 0xFFFFFF).isEqualTo(0x808080);
        assertThat(sheet.getRGB(8, 2) & 0xFFFFFF).isEqualTo(0x404040);
        assertThat(sheet.getRGB(10, 7) & 0xFFFFFF).isEqualTo(0x404040);
        assertThat(ImageGrid.render(Space.image(1, 1, 1, 2), List.of(new int[] {1}), 5, 1)
                                .getRGB(2, 2)
                        & 0xFF)
                .isEqualTo(255);
    }

    @Test
    void gridsShowColourAndAlpha() {
        BufferedImage rgb = ImageGrid.render(Space.image(1, 1, 3, 256), List.of(new int[] {10, 20, 30}), 1, 1);
        assertThat(rgb.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0x0A141E);
        BufferedImage rgba = ImageGrid.render(Space.image(1, 1, 4, 256), List.of(new int[] {10, 20, 30, 0}), 1, 8);
        assertThat(rgba.getRGB(2, 2) & 0xFF).isEqualTo(204);
        assertThat(rgba.getRGB(2 + 4, 2) & 0xFF).isEqualTo(153);
        BufferedImage greyAlpha = ImageGrid.render(Space.image(1, 1, 2, 256), List.of(new int[] {77, 255}), 1, 1);
        assertThat(greyAlpha.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0x4D4D4D);
        Space space = Space.image(1, 1, 1, 2);
        assertThatThrownBy(() -> ImageGrid.render(space, List.of(), 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ImageGrid.render(space, List.of(new int[1]), 1, 1 << 30))
                .hasMessageContaining("too large");
    }

    @Test
    void textsComeBack() throws IOException {
        Map<String, String> texts = Map.of(
                "ardm",
                "model 12ab, seed 7, order raster, steps 20",
                "Comment",
                "naïve",
                "Title",
                "矢 → x\nsecond line");
        Space space = Space.image(2, 2, 1, 2);
        Path path = dir.resolve("x.png");
        ImageGrid.write(path, space, List.of(new int[4]), 1, 2, texts);
        assertThat(PngText.read(path)).isEqualTo(texts);
        assertThat(ImageFolder.readFile(path, null, false).space()).isEqualTo(Space.image(8, 8, 3, 256));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageFiles.write(space, new int[4], Map.of(PngText.KEYWORD, "x"), out);
        assertThat(PngFile.read(out.toByteArray(), "memory").texts()).containsExactly(Map.entry("ardm", "x"));
        assertThatThrownBy(() -> ImageFiles.write(space, new int[4], Map.of("", "x"), out))
                .hasMessageContaining("keyword");
        assertThatThrownBy(() -> ImageFiles.write(space, new int[4], Map.of("a", "\0"), out))
                .hasMessageContaining("zero");
    }

    @Test
    void compressedAndBrokenTextsDoNoHarm() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write("long text".getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] png = png(Space.image(1, 1, 1, 256), new int[] {3});
        png = insert(png, "zTXt", concat("good\0\0".getBytes(StandardCharsets.ISO_8859_1), packed.toByteArray()));
        png = insert(png, "zTXt", "bad\0\0xxxx".getBytes(StandardCharsets.ISO_8859_1));
        png = insert(png, "iTXt", "cut\0\0".getBytes(StandardCharsets.ISO_8859_1));
        png = insert(png, "tEXt", "no zero".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PngFile.read(png, "memory").texts()).containsExactly(Map.entry("good", "long text"));
        byte[] bomb = new byte[1 << 22];
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
            deflater.write(bomb);
        }
        png = insert(png, "zTXt", concat("bomb\0\0".getBytes(StandardCharsets.ISO_8859_1), small.toByteArray()));
        assertThat(PngFile.read(png, "memory").texts()).containsOnlyKeys("good");
    }

    @Test
    void everyTruncationAndEveryFlippedByteOfAPngIsRefused() throws IOException {
        byte[] png = png(
                Space.image(3, 3, 4, 256),
                ArrayFilesTest.random(Space.image(3, 3, 4, 256), 1, 1).item(0));
        Path path = dir.resolve("x.png");
        for (int length = 0; length < png.length; length++) {
            Files.write(path, Arrays.copyOf(png, length));
            assertThatThrownBy(() -> ItemSets.open(dir))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("x.png");
        }
        for (int i = 0; i < png.length; i++) {
            byte[] damaged = png.clone();
            damaged[i] ^= 0x10;
            Files.write(path, damaged);
            assertThatThrownBy(() -> ItemSets.open(dir))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("x.png");
        }
    }

    static byte[] png(Space space, int[] item) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageFiles.write(space, item, out);
        return out.toByteArray();
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    static byte[] chunk(String type, byte[] data) {
        byte[] body = concat(type.getBytes(StandardCharsets.ISO_8859_1), data);
        CRC32 crc = new CRC32();
        crc.update(body);
        return java.nio.ByteBuffer.allocate(body.length + 8)
                .putInt(data.length)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Puts a chunk after the header. */
    static byte[] insert(byte[] png, String type, byte[] data) {
        byte[] head = Arrays.copyOf(png, 33);
        return concat(concat(head, chunk(type, data)), Arrays.copyOfRange(png, 33, png.length));
    }
}
