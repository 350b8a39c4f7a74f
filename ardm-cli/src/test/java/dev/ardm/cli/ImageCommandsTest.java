package dev.ardm.cli;

import static dev.ardm.cli.Cli.piped;
import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images of any size and kind through the archive commands. */
class ImageCommandsTest {
    private static final Space SPACE = Space.image(8, 8, 3, 256);

    @TempDir
    Path dir;

    private Path model;
    private Path photos;

    /** One image of every kind, in sizes around that of the model. */
    @BeforeEach
    void modelAndImages() throws IOException {
        model = Cli.modelFile(dir.resolve("m.safetensors"), SPACE, 1);
        photos = Files.createDirectory(dir.resolve("photos"));
        png("a.png", noise(BufferedImage.TYPE_3BYTE_BGR, 8, 8, 1));
        png("alpha.png", noise(BufferedImage.TYPE_4BYTE_ABGR, 5, 3, 2));
        png("deep.png", noise(BufferedImage.TYPE_USHORT_GRAY, 4, 6, 3));
        png("grey.png", noise(BufferedImage.TYPE_BYTE_GRAY, 13, 2, 4));
        png("palette.png", palette(9, 9));
        Files.createDirectory(photos.resolve("sub"));
        png("sub/wide.png", noise(BufferedImage.TYPE_3BYTE_BGR, 19, 8, 5));
    }

    private static BufferedImage noise(int type, int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, type);
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        WritableRaster raster = image.getRaster();
        if (raster.getDataBuffer() instanceof DataBufferByte bytes) {
            for (int i = 0; i < bytes.getData().length; i++) {
                bytes.getData()[i] = (byte) random.nextInt(256);
            }
        } else {
            short[] deep = ((DataBufferUShort) raster.getDataBuffer()).getData();
            for (int i = 0; i < deep.length; i++) {
                deep[i] = (short) random.nextInt(1 << 16);
            }
        }
        return image;
    }

    private static BufferedImage palette(int width, int height) {
        byte[] ramp = {0, 40, (byte) 200, (byte) 255};
        IndexColorModel colours = new IndexColorModel(2, 4, ramp, new byte[] {9, 8, 7, 6}, ramp);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, colours);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, i * 7 % 4);
        }
        return image;
    }

    private void png(String name, BufferedImage image) throws IOException {
        write(photos.resolve(name), image, "png");
    }

    private static void write(Path file, BufferedImage image, String format) throws IOException {
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    }

    /** Puts a text chunk before the image data. */
    private static void addText(Path file) throws IOException {
        byte[] png = Files.readAllBytes(file);
        byte[] chunk = "tEXtComment\0seen by nobody".getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(chunk);
        Files.write(
                file,
                ByteBuffer.allocate(png.length + chunk.length + 8)
                        .put(png, 0, 33)
                        .putInt(chunk.length - 4)
                        .put(chunk)
                        .putInt((int) crc.getValue())
                        .put(png, 33, png.length - 33)
                        .array());
    }

    private static void assertSamePixels(Path got, Path wanted) throws IOException {
        BufferedImage a = ImageIO.read(got.toFile());
        BufferedImage b = ImageIO.read(wanted.toFile());
        assertThat(a.getWidth()).as(wanted.toString()).isEqualTo(b.getWidth());
        assertThat(a.getHeight()).isEqualTo(b.getHeight());
        assertThat(a.getColorModel().getPixelSize())
                .as("depth of " + wanted)
                .isEqualTo(b.getColorModel().getPixelSize());
        assertThat(a.getColorModel().hasAlpha()).isEqualTo(b.getColorModel().hasAlpha());
        int all = b.getRaster().getNumBands() * b.getWidth() * b.getHeight();
        assertThat(a.getRaster().getPixels(0, 0, a.getWidth(), a.getHeight(), new int[all]))
                .as("samples of " + wanted)
                .isEqualTo(b.getRaster().getPixels(0, 0, b.getWidth(), b.getHeight(), new int[all]));
    }

    /** Compresses something, and returns what was printed next to the result. */
    private String compress(Path archive, Object... more) {
        List<Object> args = new ArrayList<>(List.of("compress", "-m", model, "--calls", 2, "-o", archive));
        args.addAll(List.of(more));
        Cli.Result result = run(args.toArray());
        assertThat(result.code()).as(result.err()).isZero();
        return result.err();
    }

    private JsonNode list(Path archive) {
        return JsonMapper.builder()
                .build()
                .readTree(run("list", "--json", archive).good().out());
    }

    private String documents(Path archive) {
        return list(archive).path("layout").asString("none");
    }

    @Test
    void aFolderOfAllSizesAndKindsComesBack() throws IOException {
        addText(photos.resolve("grey.png"));
        Path archive = dir.resolve("x.ardm");
        assertThat(compress(archive, photos))
                .isEqualTo("ardm: 6 images coded in windows, each with its own size: 5 not of the model's size and kind"
                        + " (8x8, RGB, 8 bits)" + System.lineSeparator()
                        + "ardm: 2 items stored without the model, because it would have made them larger: deep.png,"
                        + " palette.png" + System.lineSeparator());
        assertThat(run("test", "-m", model, archive).good().out()).contains("good, 6 items");
        Path back = dir.resolve("back");
        run("decompress", "-m", model, archive, "-o", back).good();
        assertThat(Cli.files(back).keySet()).isEqualTo(Cli.files(photos).keySet());
        for (String name : Cli.files(photos).keySet()) {
            if (!name.equals("sub")) {
                assertSamePixels(back.resolve(name), photos.resolve(name));
            }
        }
        assertThat(Files.readString(back.resolve("grey.png"), StandardCharsets.ISO_8859_1))
                .contains("tEXtComment\0seen by nobody");
        assertThat(ImageIO.read(back.resolve("palette.png").toFile()).getColorModel())
                .isInstanceOf(IndexColorModel.class);
    }

    @Test
    void theListSaysHowLargeTheyAre() throws IOException {
        Path archive = dir.resolve("x.ardm");
        compress(archive, photos);
        JsonNode list = list(archive);
        assertThat(list.path("layout").asString()).isEqualTo("images");
        assertThat(list.path("context").asInt()).isEqualTo(2);
        assertThat(list.path("calls").asInt()).isEqualTo(2);
        JsonNode wide = list.path("entries").get(5);
        assertThat(wide.path("name").asString()).isEqualTo("sub/wide.png");
        assertThat(wide.path("height").asInt()).isEqualTo(8);
        assertThat(wide.path("width").asInt()).isEqualTo(19);
        assertThat(wide.path("layers").asInt()).isEqualTo(1);
        assertThat(wide.path("values").asInt()).isEqualTo(8 * 19 * 3);
        assertThat(run("list", archive).good().out()).contains("images of any size", "8x19 sub/wide.png");
    }

    @Test
    void imagesOfTheModelsSizeStayItems() throws IOException {
        Path archive = dir.resolve("x.ardm");
        Path image = photos.resolve("a.png");
        assertThat(compress(archive, image)).isEmpty();
        assertThat(documents(archive)).isEqualTo("values");
        addText(image);
        assertThat(compress(archive, "-f", image)).contains("1 with metadata");
        assertThat(documents(archive)).isEqualTo("images");
        run("decompress", "-m", model, archive, "-o", dir.resolve("b.png")).good();
        assertThat(dir.resolve("b.png")).content(StandardCharsets.ISO_8859_1).contains("seen by nobody");
        assertThat(compress(archive, "-f", "--no-metadata", image)).isEmpty();
        assertThat(documents(archive)).isEqualTo("values");
        assertThat(compress(archive, "-f", "--no-metadata", photos)).contains("6 images");
        run("extract", "-m", model, archive, "a.png", "-o", dir.resolve("c.png"))
                .good();
        assertSamePixels(dir.resolve("c.png"), image);
        assertThat(dir.resolve("c.png")).content(StandardCharsets.ISO_8859_1).doesNotContain("nobody");
    }

    @Test
    void theVeryFilesComeBack() throws IOException {
        addText(photos.resolve("deep.png"));
        write(photos.resolve("photo.jpg"), noise(BufferedImage.TYPE_3BYTE_BGR, 8, 8, 6), "jpg");
        write(photos.resolve("old.bmp"), noise(BufferedImage.TYPE_3BYTE_BGR, 11, 7, 7), "bmp");
        Path archive = dir.resolve("x.ardm");
        run("compress", "-m", model, "--rm", "-o", archive, photos).failed("--rm would lose data", "--exact-file");
        Map<String, String> before = Cli.files(photos);
        assertThat(compress(archive, "--exact-file", "--rm", photos))
                .contains("8 images", "so that the very files come back");
        assertThat(photos).doesNotExist();
        run("decompress", "-m", model, archive, "-o", photos + "/").good();
        assertThat(Cli.files(photos)).isEqualTo(before);
        run("compress", "-m", model, "--exact-file", "--no-metadata", photos).refused("exclude each other");
    }

    @Test
    void otherFormatsComeBackAsPng() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("formats"));
        BufferedImage image = noise(BufferedImage.TYPE_3BYTE_BGR, 11, 7, 7);
        write(folder.resolve("x.bmp"), image, "bmp");
        write(folder.resolve("x.png"), image, "png");
        write(folder.resolve("y.bmp"), image, "bmp");
        Files.writeString(folder.resolve("notes.txt"), "no image");
        Path archive = dir.resolve("x.ardm");
        assertThat(compress(archive, folder)).contains("3 images", "1 file skipped, of another kind: notes.txt");
        Path back = dir.resolve("back");
        run("decompress", "-m", model, archive, "-o", back).good();
        assertThat(Cli.files(back).keySet()).containsExactly("x.bmp.png", "x.png", "y.png");
        assertSamePixels(back.resolve("y.png"), folder.resolve("x.png"));
    }

    @Test
    void aDamagedImageStopsEverything() throws IOException {
        Path archive = dir.resolve("x.ardm");
        Files.write(photos.resolve("cut.png"), Arrays.copyOf(Files.readAllBytes(photos.resolve("deep.png")), 60));
        run("compress", "-m", model, "-o", archive, photos).failed("cut.png", "cut off");
        assertThat(archive).doesNotExist();
    }

    @Test
    void imagesGoThroughPipes() throws IOException {
        byte[] png = Files.readAllBytes(photos.resolve("alpha.png"));
        byte[] archive = piped(png, "compress", "-m", model, "--calls", 2, "--exact-file", "-");
        assertThat(piped(archive, "decompress", "-m", model, "-")).isEqualTo(png);
        Path file = dir.resolve("x.ardm");
        compress(file, "--exact-file", photos);
        assertThat(piped(new byte[0], "cat", "-m", model, file, "alpha.png")).isEqualTo(png);
        assertThat(piped(new byte[0], "decompress", "-m", model, "--item", 1, "-c", file))
                .isEqualTo(png);
        run("decompress", "-m", model, "-c", file).failed("6 files", "--item");
    }

    @Test
    void oneImageBecomesOneFile() throws IOException {
        Path image = photos.resolve("alpha.png");
        run("compress", "-m", model, "--calls", 2, "-q", image).good();
        byte[] before = Files.readAllBytes(image);
        run("decompress", "-m", model, photos.resolve("alpha.png.ardm")).failed("exists already");
        Files.delete(image);
        run("decompress", "-m", model, photos.resolve("alpha.png.ardm")).good();
        Path saved = Files.write(dir.resolve("saved.png"), before);
        assertSamePixels(image, saved);
        Path archive = dir.resolve("x.ardm");
        compress(archive, photos.resolve("grey.png"), photos.resolve("deep.png"));
        run("decompress", "-m", model, archive, "-o", dir.resolve("one.png"))
                .failed("is a single file", "has 2 items; choose one");
        run("extract", "-m", model, archive, "deep*", "-o", dir.resolve("some") + "/")
                .good();
        assertSamePixels(dir.resolve("some/deep.png"), photos.resolve("deep.png"));
    }

    @Test
    void imagesAreAddedAndWhatIsThereStaysAsItIs() throws IOException {
        Path archive = dir.resolve("x.ardm");
        compress(archive, photos.resolve("alpha.png"), photos.resolve("sub/wide.png"));
        byte[] before = Files.readAllBytes(archive);
        Path more = Files.createDirectory(dir.resolve("more"));
        write(more.resolve("late.png"), noise(BufferedImage.TYPE_3BYTE_BGR, 11, 7, 6), "png");
        write(more.resolve("map.bmp"), noise(BufferedImage.TYPE_3BYTE_BGR, 6, 9, 7), "bmp");
        addText(more.resolve("late.png"));

        Cli.Result result = run("add", "-m", model, archive, more, photos.resolve("deep.png"))
                .warned("1 item stored without the model", "deep.png");

        assertThat(result.out()).contains("added 3 items", "5 items in all");
        assertThat(Arrays.copyOf(Files.readAllBytes(archive), before.length)).isEqualTo(before);
        assertThat(run("test", "-m", model, archive).good().out()).contains("good, 5 items");
        Path back = dir.resolve("back");
        run("decompress", "-m", model, archive, "-o", back).good();
        assertSamePixels(back.resolve("alpha.png"), photos.resolve("alpha.png"));
        assertSamePixels(back.resolve("wide.png"), photos.resolve("sub/wide.png"));
        assertSamePixels(back.resolve("late.png"), more.resolve("late.png"));
        assertSamePixels(back.resolve("map.png"), more.resolve("map.bmp"));
        assertSamePixels(back.resolve("deep.png"), photos.resolve("deep.png"));
        assertThat(Files.readString(back.resolve("late.png"), StandardCharsets.ISO_8859_1))
                .contains("seen by nobody");
    }

    @Test
    void addedFilesComeBackByteByByteIfThatIsAskedFor() throws IOException {
        Path archive = dir.resolve("x.ardm");
        compress(archive, photos.resolve("alpha.png"));
        Path photo = dir.resolve("photo.jpg");
        write(photo, noise(BufferedImage.TYPE_3BYTE_BGR, 6, 9, 7), "jpg");
        Cli.Result result = run("add", "-m", model, "--exact-file", archive, photo);
        assertThat(result.code()).isZero();
        run("extract", "-m", model, archive, "photo.jpg", "-o", dir.resolve("back") + "/")
                .good();
        assertThat(dir.resolve("back/photo.jpg")).hasSameBinaryContentAs(photo);
    }

    @Test
    void whatCannotBeAddedToImagesChangesNothing() throws IOException {
        Path archive = dir.resolve("x.ardm");
        compress(archive, photos.resolve("alpha.png"));
        byte[] before = Files.readAllBytes(archive);
        Path array = dir.resolve("items.npy");
        run("decompress", "-m", model, archive, "-o", dir.resolve("alpha-back.png"))
                .good();
        Path items = dir.resolve("items.ardm");
        compress(items, photos.resolve("a.png"));
        run("decompress", "-m", model, items, "-o", array).good();
        Path broken = Files.write(dir.resolve("broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        run("add", "-m", model, archive, array).failed("x.ardm: contains image files; arrays need a separate archive");
        run("add", "-m", model, archive, photos.resolve("deep.png"), broken).failed("broken.png");
        run("add", "-m", model, "--exact-file", items, photos.resolve("a.png"))
                .failed("items.ardm: --exact-file is for archives of images of any size");
        assertThat(Files.readAllBytes(archive)).isEqualTo(before);
    }

    @Test
    void imagesOfAnySizeAreScored() throws IOException {
        Path archive = dir.resolve("x.ardm");
        compress(archive, photos);
        Path maps = dir.resolve("maps");
        JsonNode items = JsonMapper.builder()
                .build()
                .readTree(run("score", "-m", model, "--calls", 2, "--json", "--map", maps + "/", photos)
                        .good()
                        .out())
                .path("items");
        JsonNode entries = list(archive).path("entries");
        assertThat(items).hasSize(6);
        for (int k = 0; k < items.size(); k++) {
            JsonNode item = items.get(k);
            JsonNode entry = entries.get(k);
            String name = entry.path("name").asString();
            assertThat(item.path("name").asString()).isEqualTo(name);
            assertThat(item.path("values").asInt())
                    .isEqualTo(
                            entry.path("whole").asBoolean()
                                    ? item.path("values").asInt()
                                    : entry.path("values").asInt());
            BufferedImage map = ImageIO.read(maps.resolve(name).toFile());
            BufferedImage photo = ImageIO.read(photos.resolve(name).toFile());
            // Small ones are enlarged, each place to a square.
            int scale = Math.max(1, 64 / Math.max(photo.getWidth(), photo.getHeight()));
            assertThat(map.getWidth()).isEqualTo(scale * photo.getWidth());
            assertThat(map.getHeight()).isEqualTo(scale * photo.getHeight());
            for (int i = 0; i < scale * scale; i++) {
                assertThat(map.getRGB(i % scale, i / scale)).isEqualTo(map.getRGB(0, 0));
            }
        }
        // one that is a single window is worth what it is worth as an item
        String alone = run("score", "-m", model, "--calls", 2, photos.resolve("a.png"))
                .good()
                .out()
                .lines()
                .toList()
                .get(1);
        assertThat(Double.parseDouble(alone.split("\t")[3]))
                .isCloseTo(items.get(0).path("bits").asDouble(), within(1e-3));
        // each place of each layer has a line, and they sum up to the same
        Path lines = dir.resolve("lines.tsv");
        run("score", "-m", model, "--calls", 2, "--map", lines, photos.resolve("sub/wide.png"))
                .good();
        double sum = Files.readAllLines(lines).stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf('\t') + 1)))
                .sum();
        assertThat(sum).isCloseTo(items.get(5).path("bits").asDouble(), within(0.1));
        run("score", "-m", model, "--map", dir.resolve("one.png"), photos).failed("an image holds a single item");
        Files.writeString(photos.resolve("notes.txt"), "no image");
        run("score", "-m", model, "--calls", 2, photos).warned("1 file skipped, of another kind: notes.txt");
    }

    /** A program may put images into an archive that have channels as no file has. */
    @Test
    void imagesThatAreNoFilesAreRefusedInWords() throws IOException {
        Path file = dir.resolve("two.safetensors");
        Cli.modelFile(file, Space.image(8, 8, 2, 256), 1);
        Path archive = dir.resolve("two.ardm");
        LikelihoodModel two = MaskingModel.of(Models.read(file)).open(1);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, two, two.plan(2), ItemLayout.images(2, 0))) {
            int[] shape = {3, 4, 1};
            writer.add(new Item("x.png", OptionalLong.empty(), shape, new int[3 * 4 * 2], new byte[0]));
            writer.commit();
        }
        run("decompress", "-m", file, archive, "-o", dir.resolve("out.png"))
                .failed("two.ardm: holds images that are not files", "not of 2");
    }

    @Test
    void contextAndModelMustFit() throws IOException {
        run("compress", "-m", model, "--context", 8, "-o", dir.resolve("x.ardm"), photos)
                .refused("--context");
        run("compress", "-m", model, "--context", 1, "-o", dir.resolve("x.ardm"), photos.resolve("a.png"))
                .refused("--context applies to items cut into windows");
        Path few = Cli.modelFile(dir.resolve("few.safetensors"), Space.image(8, 8, 1, 16), 1);
        run("compress", "-m", few, "--exact-file", "-o", dir.resolve("x.ardm"), photos)
                .failed("--exact-file", "256 values");
        assertThat(dir.resolve("x.ardm")).doesNotExist();
    }
}
