package dev.ardm.data.layer;

import static dev.ardm.data.layer.ForeignBytes.bytes;
import static dev.ardm.data.layer.ForeignBytes.chunk;
import static dev.ardm.data.layer.ForeignBytes.colours;
import static dev.ardm.data.layer.ForeignBytes.exif;
import static dev.ardm.data.layer.ForeignBytes.join;
import static dev.ardm.data.layer.ForeignBytes.latin;
import static dev.ardm.data.layer.ForeignBytes.riff;
import static dev.ardm.data.layer.ForeignBytes.vp8x;
import static dev.ardm.data.layer.KeptFiles.assertDamaged;
import static dev.ardm.data.layer.KeptFiles.assertMore;
import static dev.ardm.data.layer.KeptFiles.assertPng;
import static dev.ardm.data.layer.KeptFiles.assertUnread;
import static dev.ardm.data.layer.KeptFiles.assertWhole;
import static dev.ardm.data.layer.KeptFiles.back;
import static dev.ardm.data.layer.KeptFiles.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.data.DataException;
import dev.ardm.data.layer.ForeignBytes.Tag;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import dev.ardm.data.png.TestImages;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is in image files comes back, all of it: as a PNG of the same samples, or as the file. What is in a file in addition to its
 * pixels is named where only they are taken, and files whose pixels are not understood are refused then.
 */
class ForeignFilesTest {
    private static final byte[] RGB =
            bytes(IntStream.range(0, 18).map(i -> 13 * i).toArray());
    private static final byte[] NONE = {};
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    /** What turns the picture is not dropped with the metadata. */
    @Test
    void orientationIsMoreThanMetadata() throws Exception {
        String what = "an orientation other than upright";
        byte[] tiff = ForeignBytes.tiff(LITTLE, false, RGB, new Tag(274, 3, 6));
        byte[] webp = ForeignBytes.webp(vp8x(8, 3), chunk("EXIF", exif(6)));
        RasterImage image = TestImages.image(2, 2, ColourKind.GREY, 8);
        byte[] png = PngWriter.bytes(image, List.of(new PngChunk("eXIf", exif(3))), List.of());
        assertWhole(tiff, Kept.METADATA, "with " + what);
        assertWhole(webp, Kept.METADATA, "with EXIF data, " + what);
        assertThat(back(take(png, Kept.METADATA))).isEqualTo(png);
        for (byte[] file : List.of(tiff, webp, png)) {
            assertWhole(file, Kept.PIXELS, "with " + what);
            assertThat(take(file, Kept.MEASURED).remark()).contains(what);
        }
        assertMore(ForeignBytes.webp(vp8x(8, 3), chunk("EXIF", exif(1))), "EXIF data");
    }

    @Test
    void bytesThatBelongToNothingAreNotLost() throws Exception {
        byte[] tail = latin("hidden");
        assertMore(join(ForeignBytes.tiff(LITTLE, false, RGB), tail), "bytes that are no part of the image");
        byte[] hole = ForeignBytes.tiff(LITTLE, true, join(RGB, tail), new Tag(279, 4, RGB.length));
        assertMore(hole, "bytes that are no part of the image");
        byte[] longer = ForeignBytes.tiff(LITTLE, false, join(RGB, tail));
        assertMore(longer, "bytes that are no part of the image");
        assertDamaged(ForeignBytes.tiff(LITTLE, false, Arrays.copyOf(RGB, 17)), "strip 0 has 17 bytes, not 18");
        assertMore(ForeignBytes.gif(3, 0, NONE, tail), "bytes behind its end");
        assertMore(join(ForeignBytes.webp(NONE, NONE), tail), "bytes behind its end");
        assertMore(latin("P5 3 2 255\nabcdef\n"), "bytes behind its end");
        assertMore(latin("P2 3 2 255 1 2 3 4 5 6 junk"), "bytes behind its end");
        byte[] pixels = new byte[24];
        assertMore(join(ForeignBytes.bmp(24, 0, NONE, pixels), tail), "bytes behind its end");
        pixels[10] = 1; // the rows have 9 bytes, and are padded to 12
        assertMore(ForeignBytes.bmp(24, 0, NONE, pixels), "bytes that are no part of the image");
        byte[] png = PngWriter.bytes(TestImages.image(2, 2, ColourKind.GREY, 8), List.of(), List.of());
        assertMore(join(png, tail), "bytes behind its end");
    }

    /** Numbers of colours come back, also where two have the same colour. */
    @Test
    void palettesComeBack() throws Exception {
        int[] numbers = {0, 1, 2, 3, 0, 1};
        byte[] rgb = new byte[12];
        long[] wide = new long[12];
        for (int i = 0; i < 12; i++) {
            int level = ForeignBytes.COLOURS[i / 3] >> 16 - i % 3 * 8 & 0xFF;
            rgb[i] = (byte) level;
            wide[i % 3 * 4 + i / 3] = 257L * level;
        }
        PngChunk palette = new PngChunk("PLTE", rgb);
        assertPng(ForeignBytes.gif(3, 0, NONE, NONE), ColourKind.PALETTE, 2, numbers, palette);
        byte[] clear = bytes(0x21, 0xF9, 4, 1, 0, 0, 2, 0);
        assertPng(
                ForeignBytes.gif(3, 0, clear, NONE),
                ColourKind.PALETTE,
                2,
                numbers,
                palette,
                new PngChunk("tRNS", bytes(255, 255, 0)));
        byte[] rows = bytes(3, 0, 1, 0, 0, 1, 2, 0); // from the bottom
        assertPng(ForeignBytes.bmp(8, 0, colours(ForeignBytes.COLOURS), rows), ColourKind.PALETTE, 2, numbers, palette);
        Tag[] tags = {new Tag(277, 3, 1), new Tag(262, 3, 3), new Tag(258, 3, 2), new Tag(320, 3, wide)};
        assertPng(
                ForeignBytes.tiff(LITTLE, false, bytes(0b00_01_10_00, 0b11_00_01_00), tags),
                ColourKind.PALETTE,
                2,
                numbers,
                palette);
    }

    @Test
    void aGifIsUnderstoodOrNamed() throws Exception {
        byte[] second = join(bytes(0x21, 0xF9, 4, 0, 0, 0, 0, 0), ForeignBytes.gifImage());
        assertUnread(ForeignBytes.gif(5, 0, NONE, NONE), "its screen of 2x5 is not filled by its image of 2x3");
        assertUnread(ForeignBytes.gif(3, 0, second, NONE), "it holds several images (an animation or pages)");
        assertMore(ForeignBytes.gif(3, 2, NONE, NONE), "a background colour");
        assertMore(ForeignBytes.gif(3, 0, bytes(0x21, 0xFE, 2, 'h', 'i', 0), NONE), "a comment");
        assertMore(
                ForeignBytes.gif(3, 0, bytes(0x21, 0xF9, 4, 0, 9, 0, 0, 0), NONE), "how it is shown (delay, disposal)");
        byte[] loop = join(bytes(0x21, 0xFF, 11), latin("NETSCAPE2.0"), bytes(3, 1, 0, 0, 0));
        assertMore(ForeignBytes.gif(3, 0, loop, NONE), "data of an application");
        assertUnread(ForeignBytes.gif(3, 0, bytes(0x21, 1, 1, 7, 0), NONE), "it has an extension numbered 1");
        byte[] few = ForeignBytes.gif(3, 0, NONE, NONE);
        few[10] = (byte) 0x90; // two colours; the others are blocks now
        assertThatThrownBy(() -> take(few, Kept.METADATA)).isInstanceOf(DataException.class);
    }

    /** Where codes are missing, readers take zeros. */
    @Test
    void codesOfAGifMustGiveEveryPixelAndNoMore() throws Exception {
        assertDamaged(ForeignBytes.gif(ForeignBytes.gifImage(4, 0, 1, 4, 2, 5)), "its codes are of 3 pixels, not of 6");
        assertDamaged(ForeignBytes.gif(ForeignBytes.gifImage(4, 0, 1, 4, 2)), "its codes are of 3 pixels, not of 6");
        assertDamaged(
                ForeignBytes.gif(ForeignBytes.gifImage(4, 0, 7, 4, 2, 3, 4, 0, 1, 5)), "a code is out of sequence");
        assertMore(
                ForeignBytes.gif(ForeignBytes.gifImage(4, 0, 1, 4, 2, 3, 4, 0, 1, 4, 3, 3, 5)),
                "pixels behind its last row");
        assertMore(
                ForeignBytes.gif(ForeignBytes.gifImage(4, 0, 1, 4, 2, 3, 4, 0, 1, 5, 0, 0, 0, 0, 0, 0)),
                "pixels behind its last row");
    }

    @Test
    void aBmpIsUnderstoodOrNamed() throws Exception {
        int[] samples = {60, 50, 40, 90, 80, 70, 120, 110, 100, 3, 2, 1, 6, 5, 4, 9, 8, 7};
        byte[] rows = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 40, 50, 60, 70, 80, 90, 100, 110, 120, 0, 0, 0);
        assertPng(ForeignBytes.bmp(24, 0, NONE, rows), ColourKind.RGB, 8, samples);
        byte[] dense = bytes(1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 40, 50, 60, 0, 70, 80, 90, 0, 100, 110, 120, 0);
        assertPng(ForeignBytes.bmp(32, 0, NONE, dense), ColourKind.RGB, 8, samples);
        byte[] fourth = dense.clone();
        fourth[7] = 9;
        assertUnread(ForeignBytes.bmp(32, 0, NONE, fourth), "its pixels have a fourth byte of no stated meaning");
        for (int i = 3; i < fourth.length; i += 4) {
            fourth[i] = (byte) 255;
        }
        assertMore(ForeignBytes.bmp(32, 0, NONE, fourth), "a fourth byte of its pixels, the same in all");
        byte[] masks = colours(0xFF, 0xFF00, 0xFF0000); // the other way round
        byte[] swapped = ForeignBytes.bmp(32, 3, masks, dense);
        int[] other = samples.clone();
        for (int i = 0; i < other.length; i += 3) {
            other[i] = samples[i + 2];
            other[i + 2] = samples[i];
        }
        assertPng(swapped, ColourKind.RGB, 8, other);
        assertUnread(
                ForeignBytes.bmp(32, 3, colours(0x1F, 0x3E0, 0x7C00), dense), "its channels have other than 8 bits");
        assertUnread(ForeignBytes.bmp(16, 0, NONE, rows), "its channels have 5 bits, or 5 and 6");
        assertUnread(ForeignBytes.bmp(24, 4, NONE, rows), "its pixels are compressed (method 4)");
        byte[] withPalette = ForeignBytes.bmp(8, 0, colours(0, 0xFF112233), new byte[8]);
        assertMore(withPalette, "a fourth byte of colours of its palette");
        assertUnread(
                ForeignBytes.bmp(8, 0, colours(0, 0x112233), bytes(0, 1, 2, 0, 0, 0, 0, 0)),
                "a pixel has the colour 2 of a palette of 2");
        byte[] resolution = ForeignBytes.bmp(24, 0, NONE, rows);
        resolution[39] = 11;
        resolution[43] = 11;
        byte[] length = bytes(0, 0, 11, 0);
        assertPng(resolution, ColourKind.RGB, 8, samples, new PngChunk("pHYs", join(length, length, bytes(1))));
        resolution[43] = 0;
        assertMore(resolution, "a resolution");
    }

    /** Three public reports on other readers: levels in a palette of 4 bits, a palette of unstated length, and both at once. */
    @Test
    void palettesOfFewBitsInABmpAreWhatTheySay() throws Exception {
        int[] levels = IntStream.range(0, 16).map(i -> i * 0x111111).toArray();
        byte[] four = bytes(0xFE, 0xD0, 0, 0, 0x01, 0x20, 0, 0);
        int[] samples = {0, 1, 2, 15, 14, 13};
        byte[] grey = ForeignBytes.bmp(4, 0, colours(levels), four);
        assertPng(grey, ColourKind.GREY, 4, samples);
        grey[46] = 0; // all colours that there can be
        assertPng(grey, ColourKind.GREY, 4, samples);
        byte[] one = ForeignBytes.bmp(1, 0, colours(0, 0xFFFFFF), bytes(0xA0, 0, 0, 0, 0x40, 0, 0, 0));
        one[46] = 0;
        assertPng(one, ColourKind.GREY, 1, new int[] {0, 1, 0, 1, 0, 1});
        byte[] opaque = ForeignBytes.bmp(1, 0, colours(0, 0xFFFFFFFF), bytes(0xA0, 0, 0, 0, 0x40, 0, 0, 0));
        assertMore(opaque, "a fourth byte of colours of its palette");
    }

    /** A public report: levels of 12 bits came back scaled, because a PNG said how many bits matter. */
    @Test
    void bitsThatMatterChangeNoValue() throws Exception {
        RasterImage image = new RasterImage(1, 2, ColourKind.GREY, 16, new int[] {419, 55019});
        byte[] png = PngWriter.bytes(image, List.of(new PngChunk("sBIT", bytes(12))), List.of());
        assertThat(back(take(png, Kept.METADATA))).isEqualTo(png);
        assertThat(take(png, Kept.MEASURED).remark()).isEqualTo("taken without a chunk named sBIT");
        assertThat(PngFile.read(back(take(png, Kept.MEASURED)), "back").image().samples())
                .containsExactly(419, 55019);
    }

    @Test
    void runsOfABmpMustGiveEveryPixel() throws Exception {
        byte[] palette = colours(ForeignBytes.COLOURS);
        PngChunk chunk = new PngChunk("PLTE", new byte[12]);
        for (int i = 0; i < 12; i++) {
            chunk.data()[i] = (byte) (ForeignBytes.COLOURS[i / 3] >> 16 - i % 3 * 8);
        }
        byte[] eight = bytes(2, 3, 1, 0, 0, 0, 0, 3, 1, 2, 3, 0, 0, 1);
        assertPng(ForeignBytes.bmp(8, 1, palette, eight), ColourKind.PALETTE, 2, new int[] {1, 2, 3, 3, 3, 0}, chunk);
        byte[] four = bytes(3, 0x31, 0, 0, 0, 3, 0x12, 0x30, 0, 1);
        assertPng(ForeignBytes.bmp(4, 2, palette, four), ColourKind.PALETTE, 2, new int[] {1, 2, 3, 3, 1, 3}, chunk);
        assertUnread(
                ForeignBytes.bmp(8, 1, palette, bytes(2, 3, 0, 0, 3, 1, 0, 1)), "its runs leave pixels of row 0 out");
        assertUnread(ForeignBytes.bmp(8, 1, palette, bytes(3, 3, 0, 1)), "its runs end at row 1");
        assertUnread(ForeignBytes.bmp(8, 1, palette, bytes(3, 3, 0, 2, 1, 1)), "its runs leave pixels out");
        assertUnread(ForeignBytes.bmp(8, 1, palette, bytes(9, 3, 0, 1)), "its runs go beyond its rows");
        byte[] fromTop = ForeignBytes.bmp(8, 1, palette, eight);
        Arrays.fill(fromTop, 23, 26, (byte) -1);
        fromTop[22] = -2;
        assertUnread(fromTop, "its runs are from the top");
        byte[] plain = ForeignBytes.bmp(8, 0, palette, bytes(0, 1, 2, 0, 3, 3, 1, 0));
        Arrays.fill(plain, 23, 26, (byte) -1);
        plain[22] = -2;
        assertPng(plain, ColourKind.PALETTE, 2, new int[] {0, 1, 2, 3, 3, 1}, chunk);
    }

    @Test
    void aWebpIsUnderstoodOrNamed() throws Exception {
        int[] samples = IntStream.range(0, 18)
                .map(i -> i % 3 == 0 ? 0x90 : i % 3 == 1 ? 0x50 : 0x30)
                .toArray();
        assertPng(ForeignBytes.webp(NONE, NONE), ColourKind.RGB, 8, samples);
        assertPng(ForeignBytes.webp(vp8x(0, 3), NONE), ColourKind.RGB, 8, samples);
        assertMore(ForeignBytes.webp(join(vp8x(0x20, 3), chunk("ICCP", latin("x"))), NONE), "a colour profile");
        assertMore(ForeignBytes.webp(vp8x(4, 3), chunk("XMP ", latin("x"))), "XMP data");
        assertMore(ForeignBytes.webp(vp8x(0, 3), chunk("mine", latin("x"))), "a chunk named mine");
        assertUnread(ForeignBytes.webp(vp8x(2, 3), NONE), "it holds an animation");
        assertUnread(ForeignBytes.webp(vp8x(0, 4), NONE), "its canvas is not filled by its image");
        assertUnread(riff(chunk("VP8 ", new byte[30])), "it is a lossy WebP");
        assertUnread(
                riff(join(vp8x(0x10, 3), chunk("ALPH", new byte[9]), chunk("VP8 ", new byte[30]))),
                "it is a lossy WebP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1 3 2 110 001|GREY|1|0 0 1 1 1 0",
                "P2 3 2 255 1 2 3 4 5 255|GREY|8|1 2 3 4 5 255",
                "P2 3 2 3 0 1 2 3 2 1|GREY|2|0 1 2 3 2 1",
                "P2 3 2 65535 1 2 3 4 5 65535|GREY|16|1 2 3 4 5 65535",
                "P5 3 2 15 @12345|GREY|4|0 1 2 3 4 5",
                "P3 1 2 255 1 2 3 4 5 6|RGB|8|1 2 3 4 5 6",
                "P6 1 2 255 @12345|RGB|8|0 1 2 3 4 5",
                "P6 1 1 65535 @1@2@3|RGB|16|1 2 3",
                "P7 WIDTH 1 HEIGHT 2 DEPTH 2 MAXVAL 255 TUPLTYPE GRAYSCALE_ALPHA ENDHDR @123|GREY_ALPHA|8|0 1 2 3"
            })
    void valuesOfPortableMapsComeBackAsTheyAre(String file, ColourKind kind, int bits, String samples)
            throws Exception {
        byte[] bytes = latin(file);
        int raster = file.indexOf('@');
        for (int i = Math.max(0, raster); raster >= 0 && i < bytes.length; i++) {
            bytes[i] -= bytes[i] == '@' ? '@' : '0';
        }
        assertPng(
                bytes,
                kind,
                bits,
                Arrays.stream(samples.split(" ")).mapToInt(Integer::parseInt).toArray());
    }

    @Test
    void aPortableMapIsUnderstoodOrNamed() throws Exception {
        assertUnread(latin("P2 3 2 100 1 2 3 4 5 100"), "its greatest value is 100 (not 1, 3, 15, 255 or 65535)");
        assertUnread(
                latin("P5 3 2 4095\n\1\2\1\2\1\2\1\2\1\2\1\2"),
                "its greatest value is 4095 (not 1, 3, 15, 255 or 65535)");
        assertUnread(latin("P3 1 1 15 1 2 3"), "its greatest value is 15 (not 255 or 65535)");
        assertDamaged(latin("P2 3 2 255 1 2 3 4 5 256"), "a sample is 256, above its greatest value 255");
        assertDamaged(latin("P2 3 2 15 1 2 3 4 5 16"), "a sample is 16, above its greatest value 15");
        byte[] above = latin("P5 3 2 15\n\1\2\3\4\5\6");
        above[above.length - 1] = 16;
        assertDamaged(above, "a sample is 16, above its greatest value 15");
        assertUnread(latin("P5 1 1 255\naP5 1 1 255\nb"), "it holds several images");
        assertUnread(latin("P2 1 1 255 7\nP2 1 1 255 7"), "it holds several images");
        assertMore(latin("P5\n# me\n3 2 255\nabcdef"), "a comment");
        assertMore(latin("P2 3 2 255 1 2 3 4 5 # six\n 6"), "a comment");
        assertUnread(latin("PF\n1 1\n-1.0\nabcdabcdabcd"), "its samples are floats");
        assertUnread(
                latin("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\nENDHDR\nabcd"),
                "it does not say that its 4 channels are grey or RGB");
        assertDamaged(latin("P5 3 2 255\nabcde"), "it ends too early");
        assertDamaged(latin("P5 3 2 0\nabcdef"), "its greatest value is 0");
    }
}
