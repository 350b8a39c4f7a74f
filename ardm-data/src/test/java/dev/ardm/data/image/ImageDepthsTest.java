package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.ArrayFilesTest;
import dev.ardm.data.items.ItemFiles;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.png.PngFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of every depth and layout that PNG has, read from files that this test puts together itself. */
class ImageDepthsTest {
    private static final int HEIGHT = 11;
    private static final int WIDTH = 13;

    @TempDir
    Path dir;

    private static int channels(int colourType) {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            default -> 4;
        };
    }

    private static int[] samples(int depth, int channels, long seed) {
        RandomStream random = RandomStream.of(seed, RandomStream.Purpose.TEST, depth);
        int[] samples = new int[HEIGHT * WIDTH * channels];
        for (int i = 0; i < samples.length; i++) {
            // Few different values, so that transparent colours occur; ends included.
            int value = random.nextInt(4);
            samples[i] = value == 3 ? (1 << depth) - 1 : Math.min(value, (1 << depth) - 1);
        }
        return samples;
    }

    private static void pass(
            ByteArrayOutputStream out, int[] samples, int depth, int channels, int x0, int y0, int dx, int dy) {
        for (int y = y0; y < HEIGHT; y += dy) {
            int bits = 0;
            int held = 0;
            if (x0 < WIDTH) {
                out.write(0);
            }
            for (int x = x0; x < WIDTH; x += dx) {
                for (int c = 0; c < channels; c++) {
                    bits = bits << depth | samples[(y * WIDTH + x) * channels + c];
                    held += depth;
                    while (held >= 8) {
                        out.write(bits >> held - 8);
                        held -= 8;
                        bits &= (1 << held) - 1;
                    }
                }
            }
            if (held > 0) {
                out.write(bits << 8 - held);
            }
        }
    }

    private static byte[] png(int[] samples, int depth, int colourType, boolean interlaced, byte[] plte, byte[] trns)
            throws IOException {
        int channels = channels(colourType);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        if (interlaced) {
            int[][] passes = {
                {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
            };
            for (int[] p : passes) {
                pass(raw, samples, depth, channels, p[0], p[1], p[2], p[3]);
            }
        } else {
            pass(raw, samples, depth, channels, 0, 0, 1, 1);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
            raw.writeTo(deflater);
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(WIDTH)
                .putInt(HEIGHT)
                .put((byte) depth)
                .put((byte) colourType)
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) (interlaced ? 1 : 0))
                .array();
        byte[] png = PicturesTest.concat(PngFile.signature(), PicturesTest.chunk("IHDR", header));
        if (plte.length > 0) {
            png = PicturesTest.concat(png, PicturesTest.chunk("PLTE", plte));
        }
        if (trns.length > 0) {
            png = PicturesTest.concat(png, PicturesTest.chunk("tRNS", trns));
        }
        png = PicturesTest.concat(png, PicturesTest.chunk("IDAT", data.toByteArray()));
        return PicturesTest.concat(png, PicturesTest.chunk("IEND", new byte[0]));
    }

    static Stream<Arguments> kinds() {
        int[][] depths = {
            {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
            {6, 8}, {6, 16}
        };
        return Arrays.stream(depths).flatMap(kind -> Stream.of(false, true).flatMap(interlaced -> Stream.of(false, true)
                .filter(transparent -> !transparent || kind[0] < 4)
                .map(transparent -> Arguments.of(kind[0], kind[1], interlaced, transparent))));
    }

    /** What every pixel of every kind has to become. */
    @ParameterizedTest(name = "type {0}, {1} bits, interlaced {2}, tRNS {3}")
    @MethodSource("kinds")
    void everyKindIsExact(int type, int depth, boolean interlaced, boolean transparent) throws IOException {
        int stored = channels(type);
        int[] samples = samples(depth, stored, 10L * type + depth);
        int entries = Math.min(1 << depth, 256);
        byte[] plte = new byte[type == 3 ? 3 * entries : 0];
        for (int i = 0; i < plte.length; i++) {
            plte[i] = (byte) (i * 37 + 11);
        }
        int top = (1 << depth) - 1;
        int[] key = type == 2 ? new int[] {samples[0], samples[1], samples[2]} : new int[] {samples[0]};
        byte[] trns = new byte[0];
        if (transparent && type == 3) {
            trns = new byte[] {7, (byte) 200};
        } else if (transparent) {
            ByteBuffer buffer = ByteBuffer.allocate(2 * key.length);
            for (int k : key) {
                buffer.putShort((short) k);
            }
            trns = buffer.array();
        }
        Path path = Files.write(dir.resolve("x.png"), png(samples, depth, type, interlaced, plte, trns));

        int bits = depth;
        int[] expected;
        int channels = stored;
        if (type == 3) {
            bits = 8;
            channels = transparent ? 4 : 3;
            expected = new int[HEIGHT * WIDTH * channels];
            for (int p = 0; p < samples.length; p++) {
                for (int c = 0; c < 3; c++) {
                    expected[p * channels + c] = plte[3 * samples[p] + c] & 0xFF;
                }
                if (transparent) {
                    expected[p * 4 + 3] = samples[p] < 2 ? trns[samples[p]] & 0xFF : 255;
                }
            }
        } else if (transparent) {
            bits = Math.max(8, depth);
            channels = stored + 1;
            expected = new int[HEIGHT * WIDTH * channels];
            int factor = ((1 << bits) - 1) / top;
            for (int p = 0; p < HEIGHT * WIDTH; p++) {
                boolean clear = true;
                for (int c = 0; c < stored; c++) {
                    expected[p * channels + c] = samples[p * stored + c] * factor;
                    clear &= samples[p * stored + c] == key[c];
                }
                expected[p * channels + stored] = clear ? 0 : (1 << bits) - 1;
            }
        } else {
            expected = samples;
        }
        ItemSet set = ItemSets.open(path);
        assertThat(set.space()).isEqualTo(Space.image(HEIGHT, WIDTH, channels, 1 << bits));
        assertThat(set.item(0)).isEqualTo(expected);

        Path copy = dir.resolve("copy");
        ImageFolder.write(copy, set);
        ItemSet back = ItemSets.open(copy);
        assertThat(back.space()).isEqualTo(set.space());
        assertThat(back.item(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,4", "4,16"})
    void greyOfFewBitsIsWrittenAsSuch(int bits, int categories) throws IOException {
        for (int width = 1; width < 18; width++) {
            Space space = Space.image(3, width, 1, categories);
            int[] item = ArrayFilesTest.random(space, 1, width).item(0);
            Path path = dir.resolve(width + ".png");
            ImageFiles.write(space, item, path);
            assertThat(PngFile.read(Files.readAllBytes(path), "x").header().bits())
                    .isEqualTo(bits);
            assertThat(ItemSets.open(path).item(0)).isEqualTo(item);
            assertThat(ItemSets.open(path).space()).isEqualTo(space);
            int factor = 255 / (categories - 1);
            int[] shown = new int[item.length];
            var image = ImageIO.read(path.toFile());
            for (int i = 0; i < item.length; i++) {
                shown[i] = (image.getRGB(i % width, i / width) & 0xFF) / factor;
            }
            assertThat(shown).as("other readers").isEqualTo(item);
        }
    }

    private void mixed() throws IOException {
        Files.write(dir.resolve("a.png"), png(samples(1, 1, 1), 1, 0, false, new byte[0], new byte[0]));
        Files.write(dir.resolve("b.png"), png(samples(8, 3, 1), 8, 2, false, new byte[0], new byte[0]));
        Files.write(dir.resolve("c.png"), png(samples(8, 2, 1), 8, 4, false, new byte[0], new byte[0]));
    }

    @Test
    void mixedFoldersAreRefusedUnlessWidened() throws IOException {
        mixed();
        assertThatThrownBy(() -> ItemSets.open(dir))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.png is 11x13, grey (1 channel), 1 bit,")
                .hasMessageContaining("b.png is 11x13, RGB (3 channels), 8 bits")
                .hasMessageContaining("widen=true");
        ItemSet set = ItemSets.open(dir, null, true);
        assertThat(set.space()).isEqualTo(Space.image(HEIGHT, WIDTH, 4, 256));
        int[] grey = samples(1, 1, 1);
        int[] rgb = samples(8, 3, 1);
        int[] alpha = samples(8, 2, 1);
        for (int p = 0; p < HEIGHT * WIDTH; p++) {
            int g = 255 * grey[p];
            assertThat(Arrays.copyOfRange(set.item(0), 4 * p, 4 * p + 4)).containsExactly(g, g, g, 255);
            assertThat(Arrays.copyOfRange(set.item(1), 4 * p, 4 * p + 4))
                    .containsExactly(rgb[3 * p], rgb[3 * p + 1], rgb[3 * p + 2], 255);
            int v = alpha[2 * p];
            assertThat(Arrays.copyOfRange(set.item(2), 4 * p, 4 * p + 4)).containsExactly(v, v, v, alpha[2 * p + 1]);
        }
        try (ItemFiles files = ItemFiles.open(
                        List.of(dir), set.space(), dir.resolve("target"), true, ImageCursor.More.LEFT_OUT);
                ItemCursor cursor = files.cursor()) {
            for (int i = 0; i < 3; i++) {
                assertThat(Objects.requireNonNull(cursor.next()).values()).isEqualTo(set.item(i));
            }
        }
        assertThat(ItemSets.open(dir.resolve("a.png"), set.space(), true).item(0))
                .isEqualTo(set.item(0));
    }

    @Test
    void wideningNeverNarrows() throws IOException {
        mixed();
        assertThatThrownBy(() -> ItemSets.open(dir, Space.image(HEIGHT, WIDTH, 3, 256), true))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.png");
        Files.write(dir.resolve("d.png"), png(samples(16, 1, 1), 16, 0, false, new byte[0], new byte[0]));
        assertThat(ItemSets.open(dir, null, true).space()).isEqualTo(Space.image(HEIGHT, WIDTH, 4, 65536));
    }

    @Test
    void sizesAreNeverWidened() throws IOException {
        mixed();
        ImageFiles.write(Space.image(1, 1, 1, 2), new int[1], dir.resolve("e.png"));
        assertThatThrownBy(() -> ItemSets.open(dir, null, true))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the images differ")
                .hasMessageContaining("e.png is 1x1")
                .hasMessageNotContaining("widen=true");
    }

    /** The header says enough: what it announces is not unpacked, and no memory taken for it. */
    @ParameterizedTest
    @CsvSource({"16, 6, 4 channels", "8, 2, 3 channels", "8, 3, RGB"})
    void imagesOfTooManyValuesAreRefused(int depth, int colourType, String layout) throws IOException {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(4096)
                .putInt(4096)
                .put((byte) depth)
                .put((byte) colourType)
                .array();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
            // Whole with a palette, whose channels only its colours tell.
            deflater.write(new byte[colourType == 3 ? 4096 * 4097 : 1]);
        }
        byte[] png = PicturesTest.concat(
                PicturesTest.concat(PngFile.signature(), PicturesTest.chunk("IHDR", header)),
                PicturesTest.chunk("PLTE", new byte[] {1, 2, 3, 4, 5, 6}));
        png = PicturesTest.concat(png, PicturesTest.chunk("IDAT", data.toByteArray()));
        byte[] image = PicturesTest.concat(png, PicturesTest.chunk("IEND", new byte[0]));
        assertThatThrownBy(() -> ImageDecoder.decode(image, "x.png"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("x.png: an image of 4096x4096")
                .hasMessageContaining(layout)
                .hasMessageEndingWith("has more than 16777216 values");
    }
}
