package dev.ardm.data.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.ChildProcess;
import dev.ardm.data.DataException;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import dev.ardm.data.png.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said to fit does fit: images of every kind, nearly as large as the heap allows, in a process of their own. */
@Tag("slow")
class ImageMemoryTest {
    private static final long HEAP = 64 << 20;
    private static final int HEIGHT = 256;

    @TempDir
    private Path dir;

    /** The width of an image that takes some part of the heap. */
    private static int width(double part, ColourKind kind, int bits, int channels) {
        return (int) (part * HEAP / ImageMemory.bytesPerPixel(kind, bits, channels) / HEIGHT);
    }

    private static byte[] png(double part, ColourKind kind, int bits, int channels) {
        RasterImage image = TestImages.image(HEIGHT, width(part, kind, bits, channels), kind, bits);
        return PngWriter.bytes(
                image, kind == ColourKind.PALETTE ? List.of(TestImages.palette()) : List.of(), List.of());
    }

    /** Says of each file what became of it. */
    public static final class Taker {
        private Taker() {}

        /** Arguments: pairs of a number of channels and a file. */
        public static void main(String[] args) throws IOException {
            for (int i = 0; i < args.length; i += 2) {
                String said;
                try {
                    new ImageFileCodec(Integer.parseInt(args[i]), Kept.PIXELS)
                            .encode(Files.readAllBytes(Path.of(args[i + 1])), "it");
                    said = "PIXELS";
                } catch (DataException | OutOfMemoryError e) {
                    said = e.toString();
                }
                System.out.println(args[i] + " " + Path.of(args[i + 1]).getFileName() + ": " + said);
            }
        }
    }

    @Test
    @Timeout(120)
    void whatIsNotRefusedFits() throws Exception {
        List<String> options = List.of(
                "-Xmx" + (HEAP >> 20) + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true");
        List<Object> args = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int channels : new int[] {1, 3}) {
            for (ColourKind kind : ColourKind.values()) {
                for (int bits : new int[] {1, 8, 16}) {
                    if (kind.allows(bits)) {
                        Path file = dir.resolve(kind + "-" + bits + "-" + channels + ".png");
                        Files.write(file, png(0.8, kind, bits, channels));
                        args.addAll(List.of(channels, file));
                        expected.add(channels + " " + file.getFileName() + ": PIXELS");
                    }
                }
            }
            for (String format : List.of("jpg", "bmp", "tif")) {
                Path file = dir.resolve("rgb-" + channels + "." + format);
                BufferedImage image = new BufferedImage(
                        width(0.8, ColourKind.RGB, 8, channels), HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
                assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
                args.addAll(List.of(channels, file));
                expected.add(channels + " " + file.getFileName() + ": PIXELS");
            }
        }
        assertThat(ChildProcess.output(options, Taker.class, args.toArray()).lines())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void whatNoHeapCanHoldIsRefused() {
        long most = (long) (0.95 * Runtime.getRuntime().maxMemory());
        for (ColourKind kind : ColourKind.values()) {
            assertThatThrownBy(
                            () -> ImageMemory.require("it", most / ImageMemory.bytesPerPixel(kind, 8, 3), kind, 8, 3))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("it: needs ");
        }
        assertThatThrownBy(() -> ImageMemory.require("it", 1 << 28, ColourKind.RGB_ALPHA, 16, 3))
                .isInstanceOf(DataException.class)
                .hasMessage("it: an image of 268435456 pixels makes more values than an array can have");
    }
}
