package dev.ardm.cli.command;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.cli.Cli;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Packing of images, of one size or not, in files or in an array. */
class PackImagesTest {
    @TempDir
    Path dir;

    private Path images;
    private Path archive;
    private int restored;

    @BeforeEach
    void makeFolder() throws IOException {
        images = Files.createDirectory(dir.resolve("images"));
        archive = dir.resolve("x.ardm");
    }

    /** A picture of a few areas of equal values. */
    private static int[] areas(Random random, int height, int width, int channels, int levels) {
        int[] samples = new int[height * width * channels];
        int split = random.nextInt(width);
        int row = random.nextInt(height);
        int[] values = random.ints(4L * channels, 0, levels).toArray();
        for (int k = 0; k < samples.length; k++) {
            int pixel = k / channels;
            int area = (pixel % width < split ? 0 : 1) + (pixel / width < row ? 0 : 2);
            samples[k] = values[area * channels + k % channels];
        }
        return samples;
    }

    private Path add(String name, ColourKind kind, int bits, int height, int width, int levels, PngChunk... before)
            throws IOException {
        int[] samples = areas(new Random(name.hashCode()), height, width, kind.channels(), levels);
        RasterImage image = new RasterImage(height, width, kind, bits, samples);
        return Files.write(images.resolve(name), PngWriter.bytes(image, List.of(before), List.of()));
    }

    private String pack(Path input, Object... more) {
        Object[] all = new Object[5 + more.length];
        System.arraycopy(new Object[] {"pack", input, "-o", archive, "-f"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return run(all).warned().out();
    }

    private void requireRestored() throws IOException {
        Path back = dir.resolve("back" + restored++);
        run("test", archive).good();
        run("decompress", archive, "-o", back + "/", "-f").good();
        try (var files = Files.list(images)) {
            for (Path file : files.toList()) {
                byte[] wanted = Files.readAllBytes(file);
                byte[] got = Files.readAllBytes(back.resolve(file.getFileName().toString()));
                if (!PngFile.looksLikePng(wanted)) {
                    assertThat(got).isEqualTo(wanted);
                    continue;
                }
                PngFile a = PngFile.read(wanted, "wanted");
                PngFile b = PngFile.read(got, "got");
                assertThat(b.image().samples())
                        .as(file.toString())
                        .isEqualTo(a.image().samples());
                assertThat(b.header().kind()).isEqualTo(a.header().kind());
                assertThat(b.header().bits()).isEqualTo(a.header().bits());
                assertThat(b.header().width()).isEqualTo(a.header().width());
                assertThat(b.before().stream().map(PngChunk::type).toList())
                        .isEqualTo(a.before().stream().map(PngChunk::type).toList());
            }
        }
    }

    private long bytes(String what) throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(run("list", "--json", archive).good().out())
                .path(what)
                .asLong();
    }

    @Test
    void imagesOfManyKindsAndSizesComeBackAndTakeLessThanTheirFiles() throws IOException {
        PngChunk palette = new PngChunk("PLTE", new byte[] {1, 2, 3, 9, 8, 7, 100, 0, 50, 3, 3, 3});
        PngChunk alpha = new PngChunk("tRNS", new byte[] {0, 50});
        for (int k = 0; k < 12; k++) {
            add("grey" + k + ".png", ColourKind.GREY, 8, 16, 16, 256);
            add("palette" + k + ".png", ColourKind.PALETTE, 8, 16, 16, 4, palette, alpha);
            add("wide" + k + ".png", ColourKind.RGB, 16, 5 + k, 9, 1 << 16);
            add("small" + k + ".png", ColourKind.RGB_ALPHA, 8, 2 + k, 3, 256);
            add("bits" + k + ".png", ColourKind.GREY, 1, 20, 11, 2);
        }
        Files.writeString(images.resolve("notes.txt"), "no image\n");
        long files;
        try (var all = Files.list(images)) {
            files = all.mapToLong(file -> file.toFile().length()).sum();
        }

        assertThat(pack(images)).contains("items learnt", "61 items", "zstd -19");

        requireRestored();
        assertThat(bytes("model_bytes")).isPositive();
        assertThat(Files.size(archive)).isLessThan(files * 3 / 4);
        Path one = dir.resolve("one.png");
        run("extract", archive, "wide3.png", "-o", one).good();
        assertThat(PngFile.read(Files.readAllBytes(one), "one").image().samples())
                .isEqualTo(PngFile.read(Files.readAllBytes(images.resolve("wide3.png")), "own")
                        .image()
                        .samples());
    }

    @Test
    void oneImageAndEqualImages() throws IOException {
        Path first = add("a.png", ColourKind.RGB, 8, 12, 12, 256);
        pack(images);
        requireRestored();
        long alone = Files.size(archive);
        for (int k = 0; k < 20; k++) {
            Files.copy(first, images.resolve("b" + k + ".png"));
        }
        pack(images);
        requireRestored();
        assertThat(Files.size(archive)).isLessThan(alone + 20 * 40);
    }

    @Test
    void filesKeepTheirBytesWhereThatIsAskedFor() throws IOException {
        for (int k = 0; k < 4; k++) {
            add(k + ".png", ColourKind.GREY, 8, 9, 9, 9);
        }
        pack(images, "--items", "files");
        run("decompress", archive, "-o", dir.resolve("back/") + "/").good();
        assertThat(Cli.files(dir.resolve("back"))).isEqualTo(Cli.files(images));
    }

    @Test
    void anArrayComesBackAndWhatItsModelLearntTakesNothing() throws IOException {
        Space space = Space.of(new int[] {12, 12, 1}, 256, Space.Scale.ORDERED);
        Path array = dir.resolve("x-images-idx3-ubyte");
        Random random = new Random(1);
        try (var writer = IdxFile.create(array, false, space, 120)) {
            for (int k = 0; k < 120; k++) {
                writer.add(Item.of(areas(random, 12, 12, 1, 256)));
            }
            writer.commit();
        }

        assertThat(pack(array)).contains("items learnt", "120 items");

        run("test", archive).good();
        Path back = dir.resolve("back-ubyte");
        run("decompress", archive, "-o", back).good();
        assertThat(back).hasSameBinaryContentAs(array);
        assertThat(run("info", archive).good().out()).contains("several to a stream", "in the model");
        assertThat(Files.size(archive)).isLessThan(120 * 12);
        Path added = dir.resolve("more.npy");
        run("decompress", archive, "--item", "3", "-o", added).good();
        run("add", archive, added).good();
        assertThat(bytes("items")).isEqualTo(121);
        assertThat(run("advise", array).good().out()).contains("ardm pack: about", "items learnt");
    }
}
