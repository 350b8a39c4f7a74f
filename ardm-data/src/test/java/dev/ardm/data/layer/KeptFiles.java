package dev.ardm.data.layer;

import static dev.ardm.data.layer.ForeignBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import dev.ardm.data.layer.ImageFileCodec.Encoded;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What becomes of image files: all of a file comes back, or what does not is named, or it is refused. */
final class KeptFiles {
    private KeptFiles() {}

    static Encoded take(byte[] file, Kept kept) throws DataException {
        return new ImageFileCodec(3, kept).take(file, "a");
    }

    static byte[] back(Encoded encoded) throws IOException {
        return new ImageFileCodec(3, Kept.METADATA).decode(encoded.item());
    }

    static int[] ints(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
    }

    /** All of the file is in a PNG, which has these samples and these chunks. */
    static void assertPng(byte[] file, ColourKind kind, int bits, int[] samples, PngChunk... chunks)
            throws IOException {
        for (int channels : new int[] {1, 3}) {
            ImageFileCodec codec = new ImageFileCodec(channels, Kept.METADATA);
            Encoded encoded = codec.take(file, "a");
            assertThat(encoded.remark()).isEmpty();
            PngFile png = PngFile.read(codec.decode(encoded.item()), "back");
            assertThat(png.header().kind()).isEqualTo(kind);
            assertThat(png.header().bits()).isEqualTo(bits);
            assertThat(png.image().samples()).isEqualTo(samples);
            assertThat(png.before().stream().map(PngChunk::type))
                    .containsExactly(Arrays.stream(chunks).map(PngChunk::type).toArray(String[]::new));
            for (int i = 0; i < chunks.length; i++) {
                assertThat(png.before().get(i).data()).isEqualTo(chunks[i].data());
            }
        }
    }

    static void assertWhole(byte[] file, Kept kept, String reason) throws IOException {
        Encoded whole = take(file, kept);
        assertThat(whole.remark()).isEqualTo("kept whole, without the model (" + reason + ")");
        assertThat(ImageFileCodec.isWhole(whole.item())).isTrue();
        assertThat(back(whole)).isEqualTo(file);
    }

    /** The pixels are understood, and something else would be lost. */
    static void assertMore(byte[] file, String what) throws IOException {
        assertWhole(file, Kept.METADATA, "with " + what);
        Encoded pixels = take(file, Kept.PIXELS);
        assertThat(pixels.remark()).isEmpty();
        assertThat(ImageFileCodec.isWhole(pixels.item())).isFalse();
        assertThat(PngFile.read(back(pixels), "back").image().samples()).isNotEmpty();
        for (Kept kept : List.of(Kept.MEASURED, Kept.COLOURS)) {
            assertThat(take(file, kept).remark()).startsWith("taken without " + what);
        }
    }

    /** The pixels are not understood. */
    static void assertUnread(byte[] file, String reason) throws IOException {
        assertWhole(file, Kept.METADATA, reason);
        assertWhole(file, Kept.PIXELS, reason);
        for (Kept kept : List.of(Kept.MEASURED, Kept.COLOURS)) {
            assertThatThrownBy(() -> take(file, kept))
                    .isInstanceOf(UnreadImageException.class)
                    .hasMessage("a: " + reason + ", which is not read; convert it to a PNG of grey or RGB");
        }
    }

    static void assertDamaged(byte[] file, String words) {
        for (Kept kept : List.of(Kept.METADATA, Kept.PIXELS, Kept.MEASURED, Kept.COLOURS)) {
            assertThatThrownBy(() -> take(file, kept))
                    .isInstanceOf(DataException.class)
                    .isNotInstanceOf(UnreadImageException.class)
                    .hasMessage("a: the image is damaged or cut off: " + words);
        }
    }
}
