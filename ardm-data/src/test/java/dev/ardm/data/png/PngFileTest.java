package dev.ardm.data.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.data.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PNG files of every kind, whole and damaged, and what memory they may take. */
class PngFileTest {
    private static final int H = 21;
    private static final int W = 19;

    static Stream<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (ColourKind kind : ColourKind.values()) {
            for (int bits : new int[] {1, 2, 4, 8, 16}) {
                if (kind.allows(bits)) {
                    kinds.add(Arguments.of(kind, bits));
                }
            }
        }
        return kinds.stream();
    }

    private static byte[] png(RasterImage image, boolean interlaced) throws Exception {
        byte[] zlib = TestImages.deflated(TestImages.rows(image, interlaced), 6, 0);
        return TestImages.png(image, interlaced, zlib, 100, List.of(), List.of());
    }

    /** Rows with each of the filters, in passes or not, in many chunks; and what the writer makes of the same image. */
    @ParameterizedTest
    @MethodSource("kinds")
    void samplesComeBack(ColourKind kind, int bits) throws Exception {
        RasterImage image = TestImages.image(H, W, kind, bits);
        List<PngChunk> before = kind == ColourKind.PALETTE ? List.of(TestImages.palette()) : List.of();
        for (byte[] file : List.of(png(image, false), png(image, true), PngWriter.bytes(image, before, List.of()))) {
            PngFile png = PngFile.read(file, "a.png");
            assertThat(png.image().samples()).isEqualTo(image.samples());
            assertThat(png.image().kind()).isEqualTo(kind);
            assertThat(png.image().bits()).isEqualTo(bits);
        }
    }

    @Test
    void everyCutAndEveryFlippedBitIsSeen() throws Exception {
        byte[] file = png(TestImages.image(3, 4, ColourKind.RGB, 8), true);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> PngFile.read(cut, "a.png"))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("a.png");
        }
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> PngFile.read(changed, "a.png").image()).isInstanceOf(DataException.class);
        }
    }

    private static void assertRefused(byte[] zlib, String cause) {
        RasterImage image = TestImages.image(H, W, ColourKind.GREY, 8);
        byte[] file = TestImages.png(image, false, zlib, 1 << 20, List.of(), List.of());
        assertThatThrownBy(() -> PngFile.read(file, "a.png").image())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.png")
                .hasMessageContaining(cause);
    }

    @Test
    void imageDataOfAnotherLengthIsRefused() throws Exception {
        byte[] rows = TestImages.rows(TestImages.image(H, W, ColourKind.GREY, 8), false);
        byte[] zlib = TestImages.deflated(rows, 6, 0);
        assertRefused(TestImages.deflated(Arrays.copyOf(rows, rows.length - 1), 6, 0), "ends too early");
        assertRefused(TestImages.deflated(Arrays.copyOf(rows, rows.length + 1), 6, 0), "too much image data");
        assertRefused(Arrays.copyOf(zlib, zlib.length - 1), "truncated");
        byte[] wrongSum = zlib.clone();
        wrongSum[zlib.length - 1] ^= 1;
        assertRefused(wrongSum, "damaged");
        byte[] wrongFilter = rows.clone();
        wrongFilter[W + 1] = 5;
        assertRefused(TestImages.deflated(wrongFilter, 6, 0), "row 1 has the unknown filter 5");
    }

    @Test
    void chunksInWrongPlacesAreRefused() {
        RasterImage image = TestImages.image(2, 2, ColourKind.GREY, 8);
        PngHeader header = PngHeader.of(image, false);
        PngChunk data = new PngChunk("IDAT", new byte[8]);
        assertThatThrownBy(() -> PngFile.read(TestImages.file(header, List.of()), "a"))
                .hasMessageContaining("no image data");
        assertThatThrownBy(() -> PngFile.read(
                        TestImages.file(header, List.of(data, TestImages.chunk("tEXt", "a\0b"), data)), "a"))
                .hasMessageContaining("not contiguous");
        assertThatThrownBy(() -> PngFile.read(TestImages.file(header, List.of(header.chunk(), data)), "a"))
                .hasMessageContaining("does not begin with one header");
        assertThatThrownBy(
                        () -> PngFile.read(TestImages.file(header, List.of(TestImages.chunk("CRIT", ""), data)), "a"))
                .hasMessageContaining("critical chunk that is unknown, CRIT");
    }

    /** A header of a gigabyte of samples takes no memory unless there is image data for it. */
    @Test
    void whatTheHeaderClaimsIsNotAllocatedWithoutData() throws Exception {
        PngHeader most = new PngHeader(1 << 14, 1 << 14, ColourKind.GREY, 8, false);
        byte[] file = TestImages.file(most, List.of(new PngChunk("IDAT", new byte[200_000])));
        PngFile png = PngFile.read(file, "a.png");
        assertThatThrownBy(png::image)
                .isInstanceOf(DataException.class)
                .hasMessage("a.png: the PNG's image data ends too early");
        byte[] larger = TestImages.file(new PngHeader(1 << 15, 1 << 14, ColourKind.GREY, 8, false), List.of());
        assertThatThrownBy(() -> PngFile.read(larger, "a.png"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("16384")
                .hasMessageContaining("32768");
    }
}
