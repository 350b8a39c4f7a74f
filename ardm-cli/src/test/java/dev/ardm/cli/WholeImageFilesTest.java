package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image files that hold more than a PNG of their pixels would, through the commands. */
class WholeImageFilesTest {
    @TempDir
    Path dir;

    private Path model;
    private Path folder;

    @BeforeEach
    void modelAndFiles() throws IOException {
        model = Cli.modelFile(dir.resolve("m.safetensors"), Space.image(8, 8, 3, 256), 1);
        folder = Files.createDirectory(dir.resolve("odd"));
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(2, 3, 0xFF1234);
        assertThat(ImageIO.write(image, "jpg", folder.resolve("photo.jpg").toFile()))
                .isTrue();
        Files.writeString(folder.resolve("twelve.pgm"), "P2 2 2 4095 0 1 2 4095 ");
        Files.writeString(folder.resolve("said.pgm"), "P2 2 2 255 # said\n 0 1 2 3");
    }

    private Cli.Result compress(Path archive, Object... more) {
        Object[] arguments = new Object[7 + more.length];
        System.arraycopy(new Object[] {"compress", "-m", model, "--calls", 2, "-o", archive}, 0, arguments, 0, 7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return run(arguments);
    }

    /** The archive keeps such files whole. A message says how many, and why. */
    @Test
    void theyComeBackByteByByte() throws IOException {
        BufferedImage plain = new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR);
        plain.setRGB(0, 0, 0x070707);
        assertThat(ImageIO.write(plain, "bmp", folder.resolve("plain.bmp").toFile()))
                .isTrue();
        assertThat(ImageIO.write(
                        new BufferedImage(3, 2, BufferedImage.TYPE_4BYTE_ABGR),
                        "png",
                        folder.resolve("tail.png").toFile()))
                .isTrue();
        byte[] png = Files.readAllBytes(folder.resolve("tail.png"));
        Files.write(folder.resolve("tail.png"), Arrays.copyOf(png, png.length + 3));
        Map<String, String> before = Cli.files(folder);
        Path archive = dir.resolve("x.ardm");
        assertThat(compress(archive, folder).warned("kept whole").err().lines())
                .containsExactly(
                        "ardm: 5 images coded in windows, each with its own size: 1 not of the model's size and kind"
                                + " (8x8, RGB, 8 bits), 4 kept whole",
                        "ardm: 1 file kept whole, without the model (a JPEG): photo.jpg",
                        "ardm: 1 file kept whole, without the model (with a comment): said.pgm",
                        "ardm: 1 file kept whole, without the model (with bytes behind its end): tail.png",
                        "ardm: 1 file kept whole, without the model (its greatest value is 4095 (not 1, 3, 15, 255 or"
                                + " 65535)): twelve.pgm");
        run("test", "-m", model, archive).good();
        Path back = dir.resolve("back");
        run("decompress", "-m", model, archive, "-o", back).good();
        Map<String, String> after = Cli.files(back);
        assertThat(ImageIO.read(back.resolve("plain.png").toFile()).getRaster().getSample(0, 0, 0))
                .isEqualTo(7);
        before.remove("plain.bmp");
        after.remove("plain.png");
        assertThat(after).isEqualTo(before);
        // Without metadata, only what is not understood is a file still.
        compress(archive, "-f", "--no-metadata", folder).warned("1 kept whole", "twelve.pgm");
    }

    @Test
    void aSingleOneHasItsName() throws IOException {
        Path archive = dir.resolve("photo.jpg.ardm");
        compress(archive, folder.resolve("photo.jpg")).warned("1 kept whole");
        run("decompress", "-m", model, archive).good();
        assertThat(dir.resolve("photo.jpg")).hasSameBinaryContentAs(folder.resolve("photo.jpg"));
    }

    /** Also added to an archive of others. */
    @Test
    void theyAreAdded() throws IOException {
        Path archive = dir.resolve("x.ardm");
        compress(archive, folder.resolve("photo.jpg")).warned("kept whole");
        run("add", "-m", model, archive, folder.resolve("twelve.pgm")).warned("kept whole", "twelve.pgm");
        run("extract", "-m", model, archive, "twelve.pgm", "-o", dir.resolve("out") + "/")
                .good();
        assertThat(dir.resolve("out/twelve.pgm")).hasSameBinaryContentAs(folder.resolve("twelve.pgm"));
    }

    /** Commands that need only the pixels name what they leave out, and refuse files whose pixels they do not understand. */
    @Test
    void commandsThatTakePixelsSayWhatTheyLeaveOut() {
        Path said = folder.resolve("said.pgm");
        Path twelve = folder.resolve("twelve.pgm");
        Path out = dir.resolve("filled.png");
        String words = "1 file taken without a comment: said.pgm";
        String reason = "twelve.pgm: its greatest value is 4095";
        run("score", "-m", model, said).warned(words);
        run("eval", "-m", model, "--data", said).warned(words);
        run("fill", "-m", model, "--input", said, "--mask", "missing:left", "-o", out)
                .warned(words);
        run("score", "-m", model, twelve).failed(reason, "is not read; convert it to a PNG");
        run("eval", "-m", model, "--data", twelve).failed(reason);
        run("fill", "-m", model, "--input", twelve, "--mask", "missing:left", "-o", out)
                .failed(reason);
        run("train", "--data", twelve, "--out", dir.resolve("run")).failed(reason);
    }

    /** A model of other values has no place for files: whatever would be lost is refused. */
    @Test
    void modelsWithoutWindowsRefuseThem() throws IOException {
        Path four = Cli.modelFile(dir.resolve("four.safetensors"), Space.image(2, 2, 1, 4), 1);
        Path archive = dir.resolve("x.ardm");
        Path said = Files.writeString(dir.resolve("said.pgm"), "P2 2 2 3 # said\n 0 1 2 3");
        run("compress", "-m", four, "--calls", 2, "-o", archive, said)
                .failed("it holds a comment, which would be lost (--no-metadata stores only the values)");
        run("compress", "-m", four, "--calls", 2, "-o", archive, "--no-metadata", said)
                .good();
        Path plain = Files.writeString(dir.resolve("plain.pgm"), "P2 2 2 3 0 1 2 3");
        run("compress", "-m", four, "--calls", 2, "-f", "-o", archive, plain).good();
        run("decompress", "-m", four, archive, "-o", dir.resolve("y.png")).good();
        assertThat(ImageIO.read(dir.resolve("y.png").toFile()).getRaster().getSample(1, 1, 0))
                .isEqualTo(3);
    }
}
