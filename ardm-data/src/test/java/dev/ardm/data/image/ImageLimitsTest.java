package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.DecodedImage;
import dev.ardm.data.ImageDecoder;
import dev.ardm.data.image.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import dev.ardm.data.png.TestImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files of a few bytes that are large images, which is what images of one colour are. */
class ImageLimitsTest {
    private static final int MOST = 1 << 18;
    private static final int[] COLOUR = {0x90, 0x50, 0x30};

    /** A lossless WebP of one colour: five codes of a single symbol each, so that a pixel takes no bits. */
    private static byte[] flatWebp(int width, int height) {
        long size = width - 1L | (height - 1L) << 14;
        byte[] image = {0x2F, 0, 0, 0, 0, 0x28, 0x54, 0x21, 0x0B, (byte) 0xD3, (byte) 0xFF, 2, 0, 0};
        for (int i = 0; i < 4; i++) {
            image[1 + i] = (byte) (size >> 8 * i);
        }
        return ByteBuffer.allocate(20 + image.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + image.length)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(image.length)
                .put(image)
                .array();
    }

    /** The bytes of a file bound no number of pixels: a true image of one colour is as short as a hostile one. */
    @Test
    void aFlatImageOfAnySizeIsAFewBytes() throws Exception {
        byte[] file = flatWebp(300, 200);
        DecodedImage image = Objects.requireNonNull(ImageDecoder.decode(file, "flat.webp", MOST));
        assertThat(file).hasSize(34);
        assertThat(image.height()).isEqualTo(200);
        assertThat(image.width()).isEqualTo(300);
        for (int i = 0; i < image.values().length; i++) {
            assertThat(image.values()[i]).isEqualTo(COLOUR[i % 3]);
        }
    }

    /** Was a minute: the reader made an exception for every pixel. */
    @Test
    void aFlatImageOfTheGreatestSizeTakesNoLongerThanAnother() throws Exception {
        byte[] file = flatWebp(2364, 2365);
        DecodedImage image = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> Objects.requireNonNull(ImageDecoder.decode(file, "flat.webp", 1 << 24)));
        assertThat(image.values()).hasSize(3 * 2364 * 2365);
        byte[] cutOff = Arrays.copyOf(file, 24);
        assertThatThrownBy(() -> ImageDecoder.decode(cutOff, "cut.webp", 1 << 24))
                .isInstanceOf(DataException.class);
    }

    /** Took minutes again where the length at the beginning is one more than the file's, so that it seemed to be cut off. */
    @Test
    void aFlatImageThatNamesMoreBytesIsRefusedAtOnce() {
        byte[] file = flatWebp(2364, 2365);
        file[4]++;
        assertThatThrownBy(() -> assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> ImageDecoder.decode(file, "flat.webp", 1 << 24)))
                .isInstanceOf(DataException.class)
                .hasMessage("flat.webp: the image is damaged or cut off: it names 35 bytes and has 34");
    }

    @Test
    void aLimitRefusesBeforeAnythingIsUnpacked() throws Exception {
        byte[] file = flatWebp(2364, 2365);
        assertThatThrownBy(() -> ImageDecoder.decode(file, "flat.webp", MOST))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("flat.webp: an image of 2365x2364")
                .hasMessageContaining("262144");
        assertThatThrownBy(() -> new ImageFileCodec(3, Kept.METADATA, MOST).encode(file, "flat.webp"))
                .isInstanceOf(DataException.class)
                .hasMessage("flat.webp: an image of 16772580 samples, more than 262144");
        RasterImage grey = TestImages.image(2, 3, ColourKind.GREY, 8);
        byte[] png = PngWriter.bytes(grey, List.of(), List.of());
        assertThat(new ImageFileCodec(1, Kept.METADATA, 6).encode(png, "a.png").values())
                .hasSize(6);
        assertThatThrownBy(() -> new ImageFileCodec(1, Kept.METADATA, 5).encode(png, "a.png"))
                .isInstanceOf(DataException.class)
                .hasMessage("a.png: an image of 6 samples, more than 5");
    }

    @Test
    void anImageBelowTheLimitComesBack() throws Exception {
        ImageFileCodec codec = new ImageFileCodec(3, Kept.METADATA, MOST);
        byte[] file = flatWebp(64, 48);
        Item encoded = codec.encode(file, "flat.webp");
        RasterImage image = Objects.requireNonNull(codec.image(encoded));
        assertThat(image.samples())
                .isEqualTo(Objects.requireNonNull(ImageDecoder.decode(file, "flat.webp", MOST))
                        .values());
    }

    @Test
    void limitsOutsideTheRangeAreRefused() {
        for (int limit : new int[] {0, -1, (1 << 28) + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ImageFileCodec(3, Kept.FILE, limit))
                    .withMessageContaining("a limit of " + limit);
        }
    }
}
