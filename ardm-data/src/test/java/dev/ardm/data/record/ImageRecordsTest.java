package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of one size, of any size, and PNG files. */
class ImageRecordsTest {
    private static BufferedImage image(int height, int width, int type, int seed) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int level = 10 * seed + 5 * x + random.nextInt(4) & 0xFF;
                image.setRGB(x, y, 0x80000000 | level << 16 | (level ^ 3) << 8 | level / 2);
            }
        }
        return image;
    }

    private static BufferedImage noise(int height, int width, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(9);
        int[] samples = random.ints((long) height * width * image.getRaster().getNumBands(), 0, 256)
                .toArray();
        image.getRaster().setPixels(0, 0, width, height, samples);
        return image;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** Size, whether it has alpha, and every sample or colour. */
    private static Object pixels(BufferedImage image) {
        boolean raw =
                image.getType() == BufferedImage.TYPE_USHORT_GRAY || image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        int[] all = raw
                ? image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null)
                : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return List.of(
                image.getHeight(), image.getWidth(), image.getColorModel().hasAlpha(), Arrays.toString(all));
    }

    private static List<BufferedImage> images(int count, int type, int seed) {
        List<BufferedImage> images = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            images.add(image(6, 8, type, seed * 100 + k));
        }
        return images;
    }

    abstract static class OneSize extends RecordSuite<BufferedImage> {
        private final int type;

        OneSize(int type) {
            this.type = type;
        }

        @Override
        RecordKind<BufferedImage> kind() {
            return new ImageRecords();
        }

        @Override
        List<BufferedImage> usual(int seed) {
            return images(30, type, seed);
        }

        @Override
        List<BufferedImage> strange() {
            return List.of(noise(6, 8, type), new BufferedImage(8, 6, type));
        }

        @Override
        Map<BufferedImage, String> refused() {
            return Map.of(
                    image(8, 6, type, 1),
                    "an image of 8x6",
                    new BufferedImage(8, 6, BufferedImage.TYPE_USHORT_GRAY),
                    "grey of 16 bits",
                    new BufferedImage(8, 6, BufferedImage.TYPE_INT_ARGB_PRE),
                    "does not come back as it is");
        }

        @Override
        Object shown(BufferedImage record) {
            return pixels(record);
        }
    }

    @Nested
    class Grey extends OneSize {
        Grey() {
            super(BufferedImage.TYPE_BYTE_GRAY);
        }
    }

    @Nested
    class Rgb extends OneSize {
        Rgb() {
            super(BufferedImage.TYPE_3BYTE_BGR);
        }
    }

    @Nested
    class Argb extends OneSize {
        Argb() {
            super(BufferedImage.TYPE_INT_ARGB);
        }
    }

    private static BufferedImage palette() {
        byte[] red = {0, 50, (byte) 200, (byte) 255};
        byte[] alpha = {(byte) 255, 0, 7, (byte) 255};
        return noisePalette(new IndexColorModel(8, 4, red, red, red, alpha));
    }

    private static BufferedImage noisePalette(IndexColorModel colours) {
        BufferedImage image = new BufferedImage(9, 5, BufferedImage.TYPE_BYTE_INDEXED, colours);
        Random random = new Random(3);
        image.getRaster().setPixels(0, 0, 9, 5, random.ints(45, 0, 4).toArray());
        return image;
    }

    private static BufferedImage grey16() {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 5, 4, new Random(3).ints(20, 0, 65536).toArray());
        return image;
    }

    @Nested
    class AnySize extends RecordSuite<BufferedImage> {
        @Override
        RecordKind<BufferedImage> kind() {
            return new ImageRecords();
        }

        @Override
        List<BufferedImage> usual(int seed) {
            List<BufferedImage> images = new ArrayList<>();
            for (int k = 0; k < 12; k++) {
                images.add(image(4 + k % 3, 7, BufferedImage.TYPE_INT_RGB, seed * 100 + k));
            }
            return images;
        }

        @Override
        List<BufferedImage> strange() {
            return List.of(
                    palette(),
                    grey16(),
                    noise(3, 3, BufferedImage.TYPE_4BYTE_ABGR),
                    noise(1, 1, BufferedImage.TYPE_BYTE_GRAY),
                    image(9, 17, BufferedImage.TYPE_BYTE_BINARY, 1));
        }

        @Override
        Map<BufferedImage, String> refused() {
            return Map.of(new BufferedImage(8, 6, BufferedImage.TYPE_USHORT_565_RGB), "does not come back as it is");
        }

        @Override
        Object shown(BufferedImage record) {
            return pixels(record);
        }
    }

    @Nested
    class Pngs extends RecordSuite<byte[]> {
        @Override
        RecordKind<byte[]> kind() {
            return new PngRecords();
        }

        @Override
        List<byte[]> usual(int seed) {
            return images(12, BufferedImage.TYPE_INT_RGB, seed).stream()
                    .map(ImageRecordsTest::png)
                    .toList();
        }

        @Override
        List<byte[]> strange() {
            byte[] damaged = png(grey16());
            damaged[40] ^= 1;
            return List.of(png(palette()), png(grey16()), damaged, new byte[0], new byte[] {0, 1, 2});
        }

        @Override
        Map<byte[], String> refused() {
            return Map.of();
        }

        /** The pixels of an image; what is none as it is. */
        @Override
        Object shown(byte[] record) {
            try {
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(record));
                return image == null ? Arrays.toString(record) : pixels(image);
            } catch (IOException e) {
                return Arrays.toString(record);
            }
        }
    }

    /** The cache of ImageIO is a file, and fails where the folder for it is gone. */
    @Test
    void nothingGoesThroughATemporaryFile(@TempDir Path dir) throws IOException {
        Path gone = Files.createDirectory(dir.resolve("gone"));
        ImageIO.setCacheDirectory(gone.toFile());
        try {
            Files.delete(gone);
            RecordForm<BufferedImage> form =
                    new ImageRecords().fit(List.of(image(4, 5, BufferedImage.TYPE_INT_RGB, 1), grey16()));
            assertThat(pixels(form.record(form.item(grey16())))).isEqualTo(pixels(grey16()));
        } finally {
            ImageIO.setCacheDirectory(null);
        }
    }
}
