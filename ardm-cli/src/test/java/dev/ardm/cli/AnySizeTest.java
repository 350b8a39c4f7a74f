package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.app.Listener;
import dev.ardm.app.UserError;
import dev.ardm.app.fill.FillMask;
import dev.ardm.app.fill.Filling;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.registry.DataFormats;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** fill, eval and sample of images of other sizes than the model's, and fill of more items than are in memory. */
class AnySizeTest {
    private static final Space SPACE = Space.image(8, 8, 3, 256);
    private static final Space WIDE = Space.image(8, 19, 3, 256);

    @TempDir
    Path dir;

    private Path model;
    private Path photos;

    @BeforeEach
    void modelAndImages() throws IOException {
        model = Cli.modelFile(dir.resolve("m.safetensors"), SPACE, 1);
        photos = Files.createDirectories(dir.resolve("photos/sub")).getParent();
        image("a.png", SPACE, 1);
        image("sub/wide.png", WIDE, 2);
    }

    private static int[] values(Space space, int seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        int[] values = new int[space.dimensions()];
        Arrays.setAll(values, i -> random.nextInt(256));
        return values;
    }

    private void image(String name, Space space, int seed) throws IOException {
        ImageFiles.write(space, values(space, seed), photos.resolve(name));
    }

    /** Holds what is known of an image to it, and finds that something else was drawn. */
    private static void assertFilled(Path file, Space space, int[] values, int from, int to) throws IOException {
        int[] filled = ItemSets.open(file, space).item(0);
        int channels = space.extent(2);
        int changed = 0;
        for (int i = 0; i < values.length; i++) {
            int x = i / channels % space.extent(1);
            if (x < from || x >= to) {
                assertThat(filled[i]).isEqualTo(values[i]);
            } else {
                changed += filled[i] == values[i] ? 0 : 1;
            }
        }
        assertThat(changed).isPositive();
    }

    @Test
    void imagesLargerThanTheModelAreFilled() throws IOException {
        Path wide = photos.resolve("sub/wide.png");
        Path out = dir.resolve("out.png");
        assertThat(run("fill", "-m", model, "--input", wide, "--mask", "missing:rect=5,0,12,8", "-o", out)
                        .good()
                        .out())
                .contains("1 item, 288 of ");
        assertFilled(out, WIDE, values(WIDE, 2), 5, 17);
        byte[] once = Files.readAllBytes(out);
        run("fill", "-m", model, "--input", wide, "--mask", "missing:rect=5,0,12,8", "--threads", 1, "-o", out)
                .good();
        assertThat(out).hasBinaryContent(once);
        run("fill", "-m", model, "--input", wide, "--mask", "missing:rect=5,0,15,8", "-o", out)
                .refused("--mask", "is not inside an image 19 wide and 8 high");
        run("fill", "-m", model, "--input", wide, "--mask", "missing:all", "-o", dir.resolve("out.npy"))
                .failed("images of any size are written as PNG files");
    }

    @Test
    void foldersOfImagesAreFilledEachInItsSize() throws IOException {
        Path out = dir.resolve("out");
        run("fill", "-m", model, "--input", photos, "--mask", "missing:right", "-o", out)
                .good();
        assertFilled(out.resolve("a.png"), SPACE, values(SPACE, 1), 4, 8);
        assertFilled(out.resolve("sub/wide.png"), WIDE, values(WIDE, 2), 9, 19);
        run("fill", "-m", model, "--input", photos, "--mask", "missing:right", "-o", dir.resolve("one.png"))
                .failed("an image holds a single item", "has 2; give a folder");
    }

    @Test
    void imagesAreFilledByMasksOfTheirOwnSize() throws IOException {
        Path masks = Files.createDirectories(dir.resolve("masks/sub")).getParent();
        for (String name : new String[] {"a.png", "sub/wide.png"}) {
            BufferedImage photo = ImageIO.read(photos.resolve(name).toFile());
            BufferedImage mask = new BufferedImage(photo.getWidth(), 8, BufferedImage.TYPE_BYTE_GRAY);
            for (int y = 0; y < 8; y++) {
                mask.getRaster().setSample(3, y, 0, 255);
            }
            assertThat(ImageIO.write(mask, "png", masks.resolve(name).toFile())).isTrue();
        }
        Path out = dir.resolve("out");
        run("fill", "-m", model, "--input", photos, "--mask", masks, "-o", out).good();
        assertFilled(out.resolve("sub/wide.png"), WIDE, values(WIDE, 2), 3, 4);
        run("fill", "-m", model, "--input", photos, "--mask", masks.resolve("a.png"), "-o", dir.resolve("no"))
                .failed("a mask of 8x8 pixels does not fit items of 8x19");
    }

    /** Alpha is not a colour: it stays, and so do colours that a palette does not have. */
    @Test
    void palettesAndAlphaAreFilled() throws IOException {
        Space alpha = Space.image(9, 11, 4, 256);
        image("alpha.png", alpha, 3);
        Space bits = Space.image(9, 11, 1, 2);
        int[] two = new int[bits.dimensions()];
        Arrays.setAll(two, i -> i % 3 == 0 ? 1 : 0);
        ImageFiles.write(bits, two, photos.resolve("bits.png"));
        Path out = dir.resolve("out");
        run("fill", "-m", model, "--input", photos, "--mask", "missing:right", "-o", out)
                .good();
        assertFilled(out.resolve("alpha.png"), alpha, values(alpha, 3), 5, 11);
        int[] filled = ItemSets.open(out.resolve("alpha.png"), alpha).item(0);
        for (int i = 3; i < filled.length; i += 4) {
            assertThat(filled[i]).isEqualTo(values(alpha, 3)[i]);
        }
        int[] grey = Arrays.stream(two).map(value -> 255 * value).toArray();
        assertFilled(out.resolve("bits.png"), Space.image(9, 11, 1, 256), grey, 5, 11);
    }

    @Test
    void imagesOfAnySizeAreMeasuredAsAnArchivePays() throws IOException {
        JsonNode eval = JsonMapper.shared()
                .readTree(run("eval", "-m", model, "--data", photos, "--calls", 2, "--json")
                        .good()
                        .out());
        JsonNode items = JsonMapper.shared()
                .readTree(run("score", "-m", model, "--calls", 2, "--json", photos)
                        .good()
                        .out())
                .path("items");
        double bits = 0;
        double values = 0;
        for (JsonNode item : items) {
            bits += item.path("bits").asDouble();
            values += item.path("values").asDouble();
        }
        JsonNode estimate = eval.path("estimates").path(0);
        assertThat(eval.path("estimates")).hasSize(1);
        assertThat(estimate.path("kind").asString()).isEqualTo("order_and_schedule");
        assertThat(estimate.path("bits_per_dimension").asDouble()).isCloseTo(bits / values, within(1e-9));
        assertThat(estimate.path("items").asInt()).isEqualTo(2);
        assertThat(estimate.path("standard_error").isNumber()).isTrue();
    }

    @Test
    void imagesOfAnySizeAreDrawn() throws IOException {
        Path out = dir.resolve("drawn.npy");
        run("sample", "-m", model, "-n", 2, "--size", "8x19", "--calls", 3, "-o", out)
                .good();
        ItemSet drawn = ItemSets.open(out, WIDE);
        assertThat(drawn.size()).isEqualTo(2);
        assertThat(drawn.item(0)).isNotEqualTo(drawn.item(1));
        run("sample", "-m", model, "-n", 2, "--size", "8x19", "--calls", 3, "-o", dir + "/drawn/")
                .good();
        assertThat(ItemSets.open(dir.resolve("drawn"), WIDE).item(1)).isEqualTo(drawn.item(1));
        run("sample", "-m", model, "-n", 1, "--size", "8", "-o", out).refused("--size must be a height and a width");
        run("sample", "-m", model, "-n", 1, "--length", "8", "-o", out).refused("--length applies to text");
    }

    /** Counts the items that a filling holds at a time. */
    private static final class Counted implements ItemInput {
        private final int count;
        private final int[] values = new int[SPACE.dimensions()];
        private int read;

        Counted(int count) {
            this.count = count;
        }

        @Override
        public dev.ardm.coding.format.ItemLayout layout() {
            return dev.ardm.coding.format.ItemLayout.VALUES;
        }

        @Override
        public ItemCursor cursor() {
            read = 0;
            return new ItemCursor() {
                @Override
                public @Nullable Item next() {
                    return read == count ? null : Item.of(values.clone(), Integer.toString(read++));
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void anyNumberOfItemsIsFilledInParts() throws IOException {
        LikelihoodModel likelihood = Models.open(model, 2);
        FillMask one = (item, length) -> {
            boolean[] known = new boolean[length];
            Arrays.fill(known, true);
            known[0] = !item.name().equals("7");
            return known;
        };
        Filling filling = new Filling(likelihood, DataFormats.of("", SPACE), one, OptionalInt.empty());
        Counted input = new Counted(700);
        int count = filling.survey(input, "counted");
        assertThat(count).isEqualTo(700);
        int[] ahead = {0};
        int[] done = {0};
        Listener listener = new Listener() {
            @Override
            public Task begin(String task, long total) {
                return now -> {
                    done[0] = Math.max(done[0], now);
                    ahead[0] = Math.max(ahead[0], input.read - now);
                };
            }

            @Override
            public void notice(String line) {
                throw new UserError(line);
            }
        };
        Path out = dir.resolve("out.npy");
        Filling.Target target = new Filling.Target(out, OutputOptions.named(true));
        Filling.Report report = filling.run(input, count, "counted", target, likelihood.plan(1), 1, listener);
        assertThat(report.items()).isEqualTo(700);
        assertThat(done[0]).isEqualTo(700);
        assertThat(ahead[0]).isLessThanOrEqualTo(256);
        assertThat(ItemSets.open(out, SPACE).size()).isEqualTo(700);
    }
}
