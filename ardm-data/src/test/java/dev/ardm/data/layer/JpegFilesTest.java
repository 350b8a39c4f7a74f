package dev.ardm.data.layer;

import static dev.ardm.data.layer.ForeignBytes.bytes;
import static dev.ardm.data.layer.ForeignBytes.exif;
import static dev.ardm.data.layer.ForeignBytes.join;
import static dev.ardm.data.layer.ForeignBytes.latin;
import static dev.ardm.data.layer.KeptFiles.assertUnread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ardm.data.layer.ImageFileCodec.Encoded;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** JPEG files, which are kept whole where all of a file is to come back, and files of very many parts. */
class JpegFilesTest {
    private static final int JFIF_END = 20;
    private static final Duration SOON = Duration.ofSeconds(10);

    private static byte[] jpeg(boolean progressive) throws Exception {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_3BYTE_BGR);
            for (int i = 0; i < 128; i++) {
                image.setRGB(i % 16, i / 16, i * 0x010305);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] segment(int marker, byte[] data) {
        return join(bytes(0xFF, marker, data.length + 2 >> 8, data.length + 2), data);
    }

    /** With something behind the first segment. */
    private static byte[] with(byte[] jpeg, byte[] more) {
        return join(Arrays.copyOf(jpeg, JFIF_END), more, Arrays.copyOfRange(jpeg, JFIF_END, jpeg.length));
    }

    private static Encoded take(byte[] file, Kept kept) throws Exception {
        return new ImageFileCodec(3, kept).take(file, "a");
    }

    private static int find(byte[] jpeg, int marker) {
        for (int i = 2; i + 1 < jpeg.length; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    @Test
    void whatIsLeftOutOfAJpegIsNamed() throws Exception {
        byte[] plain = jpeg(false);
        assertThat(plain[3] & 0xFF).isEqualTo(0xE0);
        assertThat(take(plain, Kept.MEASURED).remark()).isEmpty();
        byte[] camera = with(plain, segment(0xE1, join(latin("Exif\0\0"), exif(6))));
        assertThat(take(camera, Kept.MEASURED).remark())
                .isEqualTo("taken without EXIF data, an orientation other than upright");
        assertThat(take(with(plain, segment(0xFE, latin("hello"))), Kept.COLOURS)
                        .remark())
                .isEqualTo("taken without a comment");
        assertThat(take(with(plain, segment(0xE2, latin("ICC_PROFILE\0\1\1xx"))), Kept.MEASURED)
                        .remark())
                .isEqualTo("taken without a colour profile");
        assertThat(take(with(plain, segment(0xED, latin("Photoshop 3.0\0"))), Kept.MEASURED)
                        .remark())
                .isEqualTo("taken without data of an application (APP13)");
        assertThat(take(join(plain, latin("more")), Kept.MEASURED).remark())
                .isEqualTo("taken without bytes behind its end");
        for (byte[] file : List.of(plain, camera)) {
            Encoded whole = take(file, Kept.METADATA);
            assertThat(whole.remark()).isEqualTo("kept whole, without the model (a JPEG)");
            assertThat(new ImageFileCodec(3, Kept.METADATA).decode(whole.item()))
                    .isEqualTo(file);
        }
        assertThat(ImageFileCodec.isWhole(take(plain, Kept.PIXELS).item())).isFalse();
        assertThat(take(camera, Kept.PIXELS).remark())
                .isEqualTo("kept whole, without the model (with an orientation other than upright)");
    }

    /** Readers guess differently, by the names of the channels or by their sizes. */
    @Test
    void coloursThatAreNotStatedAreRefused() throws Exception {
        byte[] plain = jpeg(false);
        byte[] bare = join(Arrays.copyOf(plain, 2), Arrays.copyOfRange(plain, JFIF_END, plain.length));
        int frame = find(bare, 0xC0);
        bare[frame + 11] = 0x11; // all channels of one size
        assertUnread(bare, "it does not say whether its colours are RGB or YCbCr");
        byte[] adobe = with(plain, segment(0xEE, join(latin("Adobe"), bytes(0, 100, 0, 0, 0, 0, 0))));
        assertUnread(adobe, "its colours are RGB");
        byte[] letters = plain.clone();
        letters[find(letters, 0xC0) + 10] = 'R';
        assertUnread(letters, "its colours are RGB");
        byte[] deep = plain.clone();
        deep[find(deep, 0xC0) + 4] = 12;
        assertUnread(deep, "its channels have 12 bits");
        byte[] arithmetic = plain.clone();
        arithmetic[find(arithmetic, 0xC0) + 1] = (byte) 0xC9;
        assertUnread(arithmetic, "it is a JPEG of a rare kind (lossless, hierarchical or arithmetic, marker c9)");
    }

    /** Each scan is a pass over all coefficients. A file of 330 KB with 30,000 scans took 17 seconds. */
    @Test
    void scansAreLimited() throws Exception {
        byte[] file = jpeg(true);
        assertThat(take(file, Kept.MEASURED).remark()).isEmpty();
        int last = file.length - 2;
        int scan = last - 1;
        while (file[scan] != -1 || (file[scan + 1] & 0xFF) != 0xDA) {
            scan--;
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(file, 0, last);
        for (int i = 0; i < 30_000; i++) {
            many.write(file, scan, last - scan);
        }
        many.write(file, last, 2);
        assertTimeoutPreemptively(SOON, () -> assertUnread(many.toByteArray(), "it is a JPEG of more than 128 scans"));
    }

    @Test
    void manyFramesDirectoriesAndChunksTakeNoTime() throws Exception {
        byte[] frames =
                join(Collections.nCopies(30_000, ForeignBytes.gifImage()).toArray(byte[][]::new));
        byte[] chunks = join(Collections.nCopies(30_000, ForeignBytes.chunk("mine", bytes(1)))
                .toArray(byte[][]::new));
        List<PngChunk> texts = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            texts.add(TestImages.chunk("tEXt", "a\0" + i));
        }
        byte[] png = PngWriter.bytes(TestImages.image(2, 2, ColourKind.GREY, 8), texts, List.of());
        byte[] webp = ForeignBytes.webp(ForeignBytes.vp8x(0, 3), chunks);
        assertTimeoutPreemptively(SOON, () -> {
            assertUnread(
                    ForeignBytes.gif(3, 0, frames, new byte[0]), "it holds several images (an animation or pages)");
            assertThat(take(webp, Kept.MEASURED).remark()).isEqualTo("taken without a chunk named mine");
            Encoded encoded = take(png, Kept.METADATA);
            assertThat(Objects.requireNonNull(new ImageFileCodec(3, Kept.METADATA).decode(encoded.item())))
                    .isEqualTo(png);
        });
    }
}
