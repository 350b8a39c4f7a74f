package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.ArrayFilesTest;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.items.ItemSets;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that cannot be taken exactly must be refused, with the reason. */
class ExoticImagesTest {
    @TempDir
    Path dir;

    private Path encode(String name, BufferedImage image) throws IOException {
        Path path = dir.resolve(name);
        assertThat(ImageIO.write(image, name.substring(2), path.toFile())).isTrue();
        return path;
    }

    private void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(message);
    }

    @Test
    void coloursMultipliedByAlphaAreRefused() throws IOException {
        Path path = encode("x.tiff", new BufferedImage(6, 6, BufferedImage.TYPE_4BYTE_ABGR_PRE));
        assertRefused(path, "multiplied by alpha");
    }

    @Test
    void fiveBitChannelsAreRefused() throws IOException {
        assertRefused(
                encode("x.bmp", new BufferedImage(6, 6, BufferedImage.TYPE_USHORT_565_RGB)), "channels have 5 bits");
    }

    @Test
    void cmykIsRefusedByName() throws IOException {
        Path path = dir.resolve("x.jpg");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
            writer.setOutput(out);
            Raster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        assertRefused(path, "CMYK");
    }

    @Test
    void bilevelImagesAreGrey() throws IOException {
        BufferedImage image = new BufferedImage(9, 6, BufferedImage.TYPE_BYTE_BINARY);
        image.getRaster().setSample(2, 0, 0, 1);
        for (String format : new String[] {"png", "bmp", "tiff", "gif"}) {
            ItemSet set = ItemSets.open(encode("x." + format, image));
            assertThat(set.space()).as(format).isEqualTo(Space.image(6, 9, 1, 2));
            assertThat(set.item(0)[2]).as(format).isEqualTo(1);
            assertThat(set.item(0)[3]).as(format).isZero();
        }
    }

    @Test
    void anArrayFileAmongImagesIsSkippedAndNoImage() throws IOException {
        encode("x.png", new BufferedImage(9, 6, BufferedImage.TYPE_BYTE_GRAY));
        IdxFile.write(dir.resolve("set.idx"), ArrayFilesTest.random(Space.image(2, 2, 1, 256), 2, 1));
        assertThat(ItemSets.open(dir).skipped()).containsExactly("set.idx");
    }

    @Test
    void animationsAreRefused() throws IOException {
        Path path = dir.resolve("x.gif");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            BufferedImage frame = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED, colours());
            writer.writeToSequence(new IIOImage(frame, null, null), null);
            writer.writeToSequence(new IIOImage(frame, null, null), null);
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds several images");
        byte[] still = PicturesTest.png(Space.image(1, 1, 1, 256), new int[1]);
        Path apng = Files.write(dir.resolve("y.png"), PicturesTest.insert(still, "acTL", new byte[8]));
        assertThatThrownBy(() -> ItemSets.open(apng))
                .hasMessageContaining("y.png: it holds an animation, which is not read; convert it");
    }

    @Test
    void rowsOfInterlacedGifsAreInTheirOrder() throws IOException {
        for (int rows = 1; rows < 20; rows++) { // of which some passes have none
            BufferedImage image = new BufferedImage(4, rows, BufferedImage.TYPE_BYTE_GRAY);
            int[] samples = new int[4 * rows];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = i * 7 % 256;
                image.getRaster().setSample(i % 4, i / 4, 0, samples[i]);
            }
            assertThat(ItemSets.open(encode("x.gif", image)).item(0)).isEqualTo(samples);
        }
    }

    /** What is left out of files that were read is known to whoever learns of them. */
    @Test
    void whatIsLeftOutIsRemarked() throws IOException {
        Path one = Files.createDirectory(dir.resolve("one"));
        Path other = Files.createDirectory(dir.resolve("other"));
        Files.writeString(one.resolve("a.pgm"), "P2 2 1 255 7 8 # said");
        Files.writeString(one.resolve("b.pgm"), "P2 2 1 255 7 8");
        Files.writeString(other.resolve("c.pgm"), "P2 2 1 255 7 8 # again");
        ItemSet set = ItemSets.open(List.of(one, other));
        for (ItemSet each : List.of(set, set.limit(1), set.withSpace(Space.image(1, 2, 1, 256)))) {
            assertThat(each.remarks().files().keySet()).containsExactly("taken without a comment");
            assertThat(each.remarks().files().get("taken without a comment").first())
                    .containsExactly("a.pgm", "c.pgm");
        }
        assertThat(ItemSets.open(one.resolve("b.pgm")).remarks().files()).isEmpty();
    }

    private static IndexColorModel colours() {
        byte[] r = {0, 50};
        byte[] g = {90, 1};
        byte[] b = {3, 7};
        return new IndexColorModel(8, 2, r, g, b);
    }
}
