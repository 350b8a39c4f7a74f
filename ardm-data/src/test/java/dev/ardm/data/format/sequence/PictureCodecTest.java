package dev.ardm.data.format.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.data.DataException;
import dev.ardm.data.format.MemoryBudget;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureCodecTest {
    private static final PictureCodec CODEC = new PictureCodec();

    private static int[] read(byte[] file) throws IOException {
        SymbolSequence.Builder symbols = new SymbolSequence.Builder("file", 256, MemoryBudget.ofHeap(), true);
        assertThat(CODEC.read("file", new ByteArrayInputStream(file), symbols)).isEmpty();
        return symbols.build().toArray();
    }

    private static byte[] written(int[] values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CODEC.write("file", values, new byte[0], out);
        return out.toByteArray();
    }

    private static RasterImage image(ColourKind kind, int bits, int most, long seed) {
        int[] samples = new Random(seed).ints(5L * 7 * kind.channels(), 0, most).toArray();
        return new RasterImage(5, 7, kind, bits, samples);
    }

    private static PngChunk chunk(String type, int... data) {
        byte[] bytes = new byte[data.length];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) data[k];
        }
        return new PngChunk(type, bytes);
    }

    /** Reads a file as a picture, writes it, and compares what the two files hold. Returns the picture. */
    private static int[] requireComesBack(RasterImage image, List<PngChunk> before, List<PngChunk> after)
            throws IOException {
        byte[] file = PngWriter.bytes(image, before, after);
        int[] picture = read(file);
        assertThat(PictureCountsModel.isPicture(picture)).isTrue();
        PngFile back = PngFile.read(written(picture), "back");
        assertThat(back.image().samples()).isEqualTo(image.samples());
        assertThat(back.header().kind()).isEqualTo(image.kind());
        assertThat(back.header().bits()).isEqualTo(image.bits());
        assertThat(back.header().height()).isEqualTo(5);
        for (int side = 0; side < 2; side++) {
            List<PngChunk> wanted = side == 0 ? before : after;
            List<PngChunk> got = side == 0 ? back.before() : back.after();
            assertThat(got.stream().map(PngChunk::type).toList())
                    .isEqualTo(wanted.stream().map(PngChunk::type).toList());
            for (int k = 0; k < got.size(); k++) {
                assertThat(got.get(k).data()).isEqualTo(wanted.get(k).data());
            }
        }
        return picture;
    }

    @ParameterizedTest
    @EnumSource(ColourKind.class)
    void imagesOfEveryKindAndDepthComeBack(ColourKind kind) throws IOException {
        for (int bits : new int[] {1, 2, 4, 8, 16}) {
            if (!kind.allows(bits)) {
                continue;
            }
            List<PngChunk> before = kind == ColourKind.PALETTE
                    ? List.of(chunk("gAMA", 0, 0, 1, 2), chunk("PLTE", 1, 2, 3, 4, 5, 6), chunk("bKGD", 0))
                    : List.of(chunk("pHYs", 0, 0, 0, 1, 0, 0, 0, 1, 0));
            int most = kind == ColourKind.PALETTE ? 2 : 1 << bits;
            requireComesBack(image(kind, bits, most, bits), before, List.of(chunk("tEXt", 'a', 0, 'b')));
        }
    }

    @Test
    void aPaletteIsItsColoursAndElseItsNumbers() throws IOException {
        PngChunk palette = chunk("PLTE", 1, 2, 3, 4, 5, 6, 1, 2, 3, 7, 8, 9);
        RasterImage both = image(ColourKind.PALETTE, 4, 2, 1);
        assertThat(requireComesBack(both, List.of(palette), List.of())[0]).isEqualTo(3);
        assertThat(requireComesBack(both, List.of(palette, chunk("tRNS", 0, 128)), List.of())[0])
                .isEqualTo(4);
        assertThat(requireComesBack(image(ColourKind.PALETTE, 4, 4, 1), List.of(palette), List.of())[0])
                .as("colours 0 and 2 are the same, and both are used")
                .isEqualTo(1);
        assertThat(requireComesBack(
                        image(ColourKind.PALETTE, 4, 4, 1), List.of(palette, chunk("tRNS", 0, 128, 255)), List.of())[0])
                .as("0 is transparent and 2 is not")
                .isEqualTo(4);
    }

    @Test
    void bytesBehindTheEndComeBack() throws IOException {
        byte[] png = PngWriter.bytes(image(ColourKind.RGB_ALPHA, 8, 9, 1), List.of(), List.of());
        byte[] longer = Arrays.copyOf(png, png.length + 3);
        longer[png.length + 1] = 7;
        assertThat(PictureCountsModel.isPicture(read(longer))).isTrue();
        assertThat(written(read(longer))).isEqualTo(longer);
    }

    @Test
    void otherFilesComeBackByteByByte() throws IOException {
        byte[] png = PngWriter.bytes(image(ColourKind.RGB, 8, 9, 1), List.of(), List.of());
        byte[] damaged = png.clone();
        damaged[png.length / 2] ^= 1;
        byte[] animated = PngWriter.bytes(
                image(ColourKind.RGB, 8, 9, 1), List.of(chunk("acTL", 0, 0, 0, 1, 0, 0, 0, 0)), List.of());
        for (byte[] file : List.of(
                new byte[0],
                new byte[] {0},
                new byte[] {1, 1, 1, 0, 0, 5},
                "some text".getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(png, png.length - 5),
                damaged,
                animated)) {
            assertThat(PictureCountsModel.isPicture(read(file))).isFalse();
            assertThat(written(read(file))).isEqualTo(file);
        }
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        int[] picture = read(PngWriter.bytes(image(ColourKind.RGB, 8, 9, 1), List.of(), List.of()));
        assertThatThrownBy(() -> written(Arrays.copyOf(picture, picture.length - 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("neither a picture nor a file");
        for (int k = 0; k < 16; k++) {
            for (int value : new int[] {0, 1, 2, 8, 40, 136, 255}) {
                int[] other = picture.clone();
                other[k] = value;
                try {
                    written(other); // Another picture, or refused with its name.
                } catch (DataException e) {
                    assertThat(e).hasMessageContaining("file");
                }
            }
        }
        assertThatThrownBy(() -> CODEC.write("file", picture, new byte[1], new ByteArrayOutputStream()))
                .hasMessageContaining("side information");
    }
}
