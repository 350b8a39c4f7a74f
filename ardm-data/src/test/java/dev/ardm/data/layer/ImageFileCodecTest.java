package dev.ardm.data.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.image.DecodedImage;
import dev.ardm.data.image.ImageDecoder;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngHeader;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import dev.ardm.data.png.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Image files of every kind through layers and back. */
class ImageFileCodecTest {
    private static final int H = 21;
    private static final int W = 19;
    private static final List<PngChunk> BEFORE = List.of(
            TestImages.chunk("cHRM", "01234567012345670123456701234567"),
            TestImages.chunk("gAMA", "\0\0\u00B1\u008F"),
            TestImages.chunk("iCCP", "name\0\0not really"),
            TestImages.chunk("pHYs", "\0\0\u000B\u0013\0\0\u000B\u0013\1"),
            TestImages.chunk("tEXt", "Title\0first"),
            TestImages.chunk("tEXt", "Title\0second"),
            TestImages.chunk("eXIf", "II*\0"));
    private static final List<PngChunk> AFTER =
            List.of(TestImages.chunk("tIME", "\7\u00E4\1\1\0\0\0"), TestImages.chunk("prVt", "mine"));

    static Stream<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (ColourKind kind : ColourKind.values()) {
            for (int bits : new int[] {1, 2, 4, 8, 16}) {
                if (kind.allows(bits)) {
                    kinds.add(Arguments.of(kind, bits, 1));
                    kinds.add(Arguments.of(kind, bits, 3));
                }
            }
        }
        return kinds.stream();
    }

    private static ImageFileCodec pixels(int channels) {
        return new ImageFileCodec(channels, Kept.METADATA);
    }

    private static ImageFileCodec files(int channels) {
        return new ImageFileCodec(channels, Kept.FILE);
    }

    private static void assertLayers(Item layers, int channels) {
        int[] shape = layers.shape();
        assertThat(layers.values()).hasSize(shape[0] * shape[1] * shape[2] * channels);
        assertThat(Arrays.stream(layers.values()).min().orElseThrow()).isNotNegative();
        assertThat(Arrays.stream(layers.values()).max().orElseThrow()).isLessThan(256);
    }

    /** What another reader than ours sees in both, if it reads the file at all. */
    private static void assertSamePixels(byte[] file, byte[] back) throws Exception {
        BufferedImage wanted = ImageIO.read(new ByteArrayInputStream(file));
        BufferedImage got = ImageIO.read(new ByteArrayInputStream(back));
        assertThat(got.getHeight()).isEqualTo(wanted.getHeight());
        assertThat(got.getWidth()).isEqualTo(wanted.getWidth());
        assertThat(got.getColorModel().hasAlpha())
                .isEqualTo(wanted.getColorModel().hasAlpha());
        for (int y = 0; y < got.getHeight(); y++) {
            for (int x = 0; x < got.getWidth(); x++) {
                assertThat(got.getRGB(x, y)).isEqualTo(wanted.getRGB(x, y));
            }
        }
        DecodedImage ours = Objects.requireNonNull(ImageDecoder.decode(file, "file", 1 << 20));
        assertThat(Objects.requireNonNull(ImageDecoder.decode(back, "back", 1 << 20))
                        .values())
                .isEqualTo(ours.values());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void pixelsAndChunksOfEveryPngComeBack(ColourKind kind, int bits, int channels) throws Exception {
        RasterImage image = TestImages.image(H, W, kind, bits);
        for (boolean interlaced : new boolean[] {false, true}) {
            byte[] zlib = TestImages.deflated(TestImages.rows(image, interlaced), 6, Deflater.DEFAULT_STRATEGY);
            byte[] file = TestImages.png(image, interlaced, zlib, 100, BEFORE, AFTER);
            Item encoded = pixels(channels).encode(file, "a.png");
            assertLayers(encoded, channels);
            assertThat(ImageFileCodec.isWhole(encoded)).isFalse();
            byte[] back = pixels(channels).decode(encoded);
            assertSamePixels(file, back);
            PngFile parts = PngFile.read(back, "back");
            assertThat(parts.header()).isEqualTo(new PngHeader(H, W, kind, bits, false));
            assertThat(parts.image().samples()).isEqualTo(image.samples());
            assertThat(parts.before().stream().map(PngChunk::type))
                    .startsWith("cHRM", "gAMA", "iCCP", "pHYs", "tEXt", "tEXt", "eXIf");
            for (int i = 0; i < BEFORE.size(); i++) {
                assertThat(parts.before().get(i).data()).isEqualTo(BEFORE.get(i).data());
            }
            assertThat(parts.after().stream().map(PngChunk::type)).containsExactly("tIME", "prVt");

            ImageFileCodec without = new ImageFileCodec(channels, Kept.PIXELS);
            Item bare = without.encode(file, "a.png");
            byte[] stripped = without.decode(bare);
            assertSamePixels(file, stripped);
            assertThat(PngFile.read(stripped, "stripped").before()).hasSize(kind == ColourKind.PALETTE ? 1 : 0);
        }
    }

    @Test
    void filesAreStoredWholeWhereTheyMustComeBackByteByByte() throws Exception {
        RasterImage image = TestImages.image(H, W, ColourKind.RGB, 8);
        byte[] png = PngWriter.bytes(image, BEFORE, AFTER);
        byte[] pgm = "P5 2 1\n255\nab".getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] file : List.of(png, Arrays.copyOf(png, png.length + 3), pgm, written("jpg"), written("gif"))) {
            Item encoded = files(3).encode(file, "a");
            assertThat(ImageFileCodec.isWhole(encoded)).isTrue();
            assertThat(encoded.values()).isEmpty();
            assertThat(files(3).decode(encoded)).isEqualTo(file);
            assertThat(files(3).image(encoded)).isNull();
            assertThat(files(3).opacity(encoded)).isEmpty();
            // In archives of before, such a file was the side information of a single pixel.
            byte[] side = new byte[1 + file.length];
            System.arraycopy(file, 0, side, 1, file.length);
            Item before = new Item("a", OptionalLong.empty(), new int[] {1, 1, 1}, new int[3], side);
            assertThat(files(3).decode(before)).isEqualTo(file);
            assertThat(files(3).image(before)).isNull();
            assertThat(files(3).opacity(before)).containsExactly(false);
        }
        assertThatThrownBy(() -> files(3).encode("hello".getBytes(StandardCharsets.UTF_8), "x"))
                .isInstanceOf(DataException.class)
                .hasMessage("x: no image of a known format");
    }

    @Test
    void constantAlphaAndLowBytesCostNothing() throws Exception {
        int[] samples = TestImages.image(H, W, ColourKind.RGB_ALPHA, 8).samples();
        for (int i = 3; i < samples.length; i += 4) {
            samples[i] = 255;
        }
        RasterImage opaque = new RasterImage(H, W, ColourKind.RGB_ALPHA, 8, samples);
        assertLayerCount(opaque, 1, 3);
        assertLayerCount(TestImages.image(H, W, ColourKind.RGB_ALPHA, 8), 2, 4);
        assertLayerCount(TestImages.image(H, W, ColourKind.RGB_ALPHA, 16), 4, 8);
        assertLayerCount(TestImages.image(H, W, ColourKind.GREY, 16), 2, 2);
        assertLayerCount(TestImages.image(H, W, ColourKind.GREY, 4), 1, 1);
        assertLayerCount(TestImages.image(H, W, ColourKind.PALETTE, 4), 1, 1);
        for (int factor : new int[] {256, 257}) {
            int[] wide = Arrays.stream(samples).map(value -> value * factor).toArray();
            assertLayerCount(new RasterImage(H, W, ColourKind.RGB_ALPHA, 16, wide), 1, 3);
        }
        int[] grey = new int[H * W * 3];
        Arrays.setAll(grey, i -> i / 3 % 200);
        assertLayerCount(new RasterImage(H, W, ColourKind.RGB, 8, grey), 1, 1);
    }

    private static void assertLayerCount(RasterImage image, int colourModel, int greyModel) throws Exception {
        List<PngChunk> chunks = image.kind() == ColourKind.PALETTE ? List.of(TestImages.palette()) : List.of();
        byte[] file = PngWriter.bytes(image, chunks, List.of());
        for (int channels : new int[] {1, 3}) {
            Item encoded = pixels(channels).encode(file, "a.png");
            assertThat(encoded.shape()[2]).isEqualTo(channels == 3 ? colourModel : greyModel);
            assertThat(encoded.side().length).isLessThan(48);
            assertThat(pixels(channels).decode(encoded)).isEqualTo(file);
        }
    }

    /** Numbers that do not follow from colours, and transparency, which is a chunk. */
    @Test
    void palettesWithEqualColoursKeepTheirNumbers() throws Exception {
        RasterImage image = TestImages.image(H, W, ColourKind.PALETTE, 8);
        PngChunk same = new PngChunk("PLTE", new byte[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 8, 9});
        PngChunk alpha = new PngChunk("tRNS", new byte[] {0, -1, 7});
        byte[] file = PngWriter.bytes(image, List.of(same, alpha), List.of());
        for (int channels : new int[] {1, 3}) {
            for (boolean keep : new boolean[] {false, true}) {
                ImageFileCodec codec = new ImageFileCodec(channels, keep ? Kept.METADATA : Kept.PIXELS);
                Item encoded = codec.encode(file, "a.png");
                assertThat(encoded.shape()[2]).isEqualTo(1);
                assertThat(codec.decode(encoded)).isEqualTo(file);
            }
        }
    }

    private static byte[] written(String format) throws Exception {
        BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_GRAY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void aJpegIsItsFileOrItsPixels() throws Exception {
        byte[] jpeg = written("jpg");
        ImageFileCodec.Encoded whole = pixels(3).take(jpeg, "a.jpg");
        assertThat(ImageFileCodec.isWhole(whole.item())).isTrue();
        assertThat(whole.remark()).isEqualTo("kept whole, without the model (a JPEG)");
        assertThat(pixels(3).decode(whole.item())).isEqualTo(jpeg);
        ImageFileCodec without = new ImageFileCodec(3, Kept.PIXELS);
        assertSamePixels(jpeg, without.decode(without.encode(jpeg, "a.jpg")));
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageFileCodec(2, Kept.METADATA));
        for (byte[] file : List.of(new byte[0], "hello".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> pixels(1).encode(file, "x"))
                    .isInstanceOf(DataException.class)
                    .hasMessage("x: no image of a known format");
        }
        RasterImage image = TestImages.image(4, 4, ColourKind.GREY, 8);
        byte[] huge = TestImages.file(
                new PngHeader(1 << 14, 1 << 13, ColourKind.GREY, 8, false),
                List.of(new PngChunk("IDAT", TestImages.deflated(TestImages.rows(image, false), 6, 0))));
        assertThatThrownBy(() -> pixels(1).encode(huge, "huge.png"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ends too early");
    }

    /** A PNG of an animation, or with something that its pixels may depend on. */
    @Test
    void aPngThatIsNotUnderstoodIsStoredWhole() throws Exception {
        RasterImage image = TestImages.image(4, 4, ColourKind.GREY, 8);
        byte[] animated = PngWriter.bytes(image, List.of(TestImages.chunk("acTL", "\0\0\0\2\0\0\0\0")), List.of());
        byte[] unknown = PngWriter.bytes(image, List.of(TestImages.chunk("CRIT", "")), List.of());
        KeptFiles.assertUnread(animated, "it holds an animation");
        KeptFiles.assertUnread(unknown, "the PNG has a critical chunk that is unknown, CRIT");
    }

    /** Whatever a damaged stream gives: a complaint about data or some file, and nothing else. */
    @Test
    void damagedSideInformationIsReported() throws Exception {
        RasterImage image = TestImages.image(5, 6, ColourKind.PALETTE, 4);
        byte[] png = PngWriter.bytes(image, List.of(TestImages.palette(), BEFORE.get(0), BEFORE.get(1)), AFTER);
        byte[] pgm = "P5 2 1\n255\nab".getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] file : List.of(png, pgm)) {
            Item encoded = pixels(3).encode(file, "a");
            byte[] extra = encoded.side();
            int refused = 0;
            for (int i = 0; i < extra.length; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] changed = extra.clone();
                    changed[i] ^= (byte) (1 << bit);
                    refused += refuses(changed, encoded) ? 1 : 0;
                }
                assertThat(refuses(Arrays.copyOf(extra, i), encoded)).isTrue();
            }
            assertThat(refused).isGreaterThan(10);
            assertThat(refuses(Arrays.copyOf(extra, extra.length + 1), encoded)).isTrue();
        }
    }

    /** Recipes that made the bytes of a file were numbered there; no released version wrote any. */
    @Test
    void recipesOfFilesAreRefusedInWords() throws Exception {
        Item encoded = pixels(1)
                .encode(PngWriter.bytes(TestImages.image(3, 3, ColourKind.GREY, 8), List.of(), List.of()), "a");
        byte[] extra = encoded.side();
        extra[extra.length - 1] = 2;
        assertThatThrownBy(() -> pixels(1).decode(encoded))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("recipe 2, which only early development versions had");
    }

    private static boolean refuses(byte[] side, Item item) throws IOException {
        try {
            pixels(3).decode(new Item("a", OptionalLong.empty(), item.shape(), item.values(), side));
            return false;
        } catch (DataException e) {
            assertThat(e).hasMessageStartingWith("a: the side information of the image is damaged at byte ");
            return true;
        }
    }
}
