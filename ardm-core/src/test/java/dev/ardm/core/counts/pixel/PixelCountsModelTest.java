package dev.ardm.core.counts.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelCountsModelTest extends LikelihoodModelSuite {
    @TempDir
    Path folder;

    private static Space images(int height, int width, int channels, int levels) {
        return Space.of(new int[] {height, width, channels}, levels, Space.Scale.ORDERED);
    }

    @Override
    protected Stream<Case> models() {
        Space grey = images(2, 3, 1, 7);
        Space colour = images(1, 2, 3, 256);
        return Stream.of(
                new Case("grey", PixelCountsModel.learn(grey, "", TinyModels.items(grey, 30, 4))),
                new Case("colour", PixelCountsModel.learn(colour, "", TinyModels.items(colour, 20, 5))),
                new Case("nothing learnt", PixelCountsModel.learn(grey, "", List.of())));
    }

    @Override
    protected Stream<Case> tinyModels() {
        Space pair = images(1, 2, 1, 5);
        List<int[]> items = new ArrayList<>();
        for (int[] item : TinyModels.items(pair, 40, 3)) {
            items.add(new int[] {item[0], item[0] == 2 ? 1 : item[1]});
        }
        return Stream.of(new Case("two", PixelCountsModel.learn(pair, "", items)));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(PixelLikelihood.PLAN);
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return PixelLikelihood.PLAN;
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        return new boolean[] {true, true, false, false, false, false};
    }

    /** A value is that above it with probability 7/8, else any; the first row is uniform. */
    private static int[] columns(Random random, int size, int levels) {
        int[] image = new int[size * size];
        for (int i = 0; i < image.length; i++) {
            image[i] = i < size || random.nextInt(8) == 0 ? random.nextInt(levels) : image[i - size];
        }
        return image;
    }

    @Test
    void takesTheEntropyOfASource() {
        int size = 16;
        int levels = 4;
        Random random = new Random(1);
        List<int[]> images = Stream.generate(() -> columns(random, size, levels))
                .limit(1_500)
                .toList();
        LikelihoodModel model = PixelCountsModel.learn(images(size, size, 1, levels), "", images)
                .open(1);
        List<Item> others = Stream.generate(() -> Item.of(columns(random, size, levels)))
                .limit(200)
                .toList();

        double stays = 7.0 / 8 + 1.0 / 8 / levels;
        double other = 1.0 / 8 / levels;
        double entropy = -stays * log2(stays) - (levels - 1) * other * log2(other);
        double bits = size * log2(levels) + size * (size - 1) * entropy;
        double measured = 0;
        for (double[] each :
                model.scorer(PixelLikelihood.PLAN, ItemLayout.VALUES).unitBits(others, done -> {})) {
            measured += Estimate.total(each);
        }

        assertThat(measured / others.size()).isCloseTo(bits, withPercentage(4));
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void aFileThatWasReadCodesAsTheModelThatLearnt() throws Exception {
        Random random = new Random(2);
        Space space = images(8, 8, 1, 17);
        List<int[]> images =
                Stream.generate(() -> columns(random, 8, 17)).limit(50).toList();
        PixelCountsModel learnt = PixelCountsModel.learn(space, "", images);
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(learnt, Type.F32, out);
        }

        LikelihoodModel read = Models.open(file, 2);

        List<int[]> others =
                Stream.generate(() -> columns(random, 8, 17)).limit(20).toList();
        List<byte[]> streams = learnt.open(1).encode(others, PixelLikelihood.PLAN, done -> {});
        assertThat(read.id()).isEqualTo(learnt.id());
        assertThat(read.encode(others, PixelLikelihood.PLAN, done -> {})).containsExactlyElementsOf(streams);
        assertThat(read.decode(streams, PixelLikelihood.PLAN, done -> {}).stream()
                        .map(values -> values.orElseThrow())
                        .toList())
                .containsExactlyElementsOf(others);
    }

    @Test
    void learnsAsManyAsTheBytesAllow() {
        Random random = new Random(4);
        Space space = images(8, 8, 1, 17);
        List<int[]> images =
                Stream.generate(() -> columns(random, 8, 17)).limit(200).toList();
        PixelCountsModel all = PixelCountsModel.learn(space, "", images);
        PixelCountsModel some = PixelCountsModel.learn(space, "", images, 1_000);

        assertThat(all.items()).isEqualTo(200);
        assertThat(some.items()).isBetween(20, 100);
        assertThat(some.tensors().get("primer").values().length).isBetween(1_000, 1_060);
    }

    @Test
    void codesEqualImagesAndImagesOfNoise() {
        Space space = images(9, 5, 3, 256);
        Random random = new Random(3);
        int[] noise = random.ints(space.dimensions(), 0, 256).toArray();
        int[] white = new int[space.dimensions()];
        Arrays.fill(white, 255);
        LikelihoodModel model = PixelCountsModel.learn(space, "", List.of(white, white, white, noise))
                .open(1);

        for (int[] image :
                List.of(noise, white, random.ints(space.dimensions(), 0, 256).toArray())) {
            List<byte[]> stream = model.encode(List.of(image), PixelLikelihood.PLAN, done -> {});
            assertThat(model.decode(stream, PixelLikelihood.PLAN, done -> {}).get(0))
                    .hasValue(image);
        }
    }

    @Test
    void continuesABeginningOnly() {
        Space space = images(4, 4, 1, 3);
        LikelihoodModel model = PixelCountsModel.learn(space, "", TinyModels.items(space, 20, 1))
                .open(1);
        int[] image = new int[16];
        Arrays.fill(image, 0, 8, 2);
        boolean[] known = new boolean[16];
        Arrays.fill(known, 0, 8, true);

        List<int[]> filled = model.fill(List.of(image), List.of(known), PixelLikelihood.PLAN, 1, done -> {});

        assertThat(filled.get(0)).startsWith(2, 2, 2, 2, 2, 2, 2, 2);
        known[12] = true;
        PartialItem gap = new PartialItem(Item.of(image), known);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.generator(PixelLikelihood.PLAN, ItemLayout.VALUES, 1)
                        .generate(List.of(gap), 0, 1, done -> {}))
                .withMessageContaining("value 12 is known and one before it is not");
        assertThat(model.refusals()).containsKeys(Verb.CONDITIONALS, Verb.PLAN, Verb.IMAGES_OF_ANY_SIZE);
    }

    @Test
    void refusesOtherSpacesAndDamagedPrimers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelCountsModel.learn(images(2, 2, 1, 257), "", List.of()))
                .withMessageContaining("at most 256 categories");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PixelCountsModel.learn(Space.of(new int[] {4}, 5, Space.Scale.NOMINAL), "", List.of()))
                .withMessageContaining("height, width and channels");
        Space space = images(2, 2, 1, 3);
        byte[] primer = PixelPrimer.encode(space, TinyModels.items(space, 20, 1), 1 << 20, 1 << 20)
                .bytes();
        byte[] shorter = Arrays.copyOf(primer, primer.length - 4);
        shorter[shorter.length - 1] |= 1;
        assertThatThrownBy(() -> PixelPrimer.decode(space, shorter, 20)).hasMessageContaining("primer");
        assertThatThrownBy(() -> PixelPrimer.decode(space, primer, 19)).hasMessageContaining("does not end");
        primer[0] = 9;
        assertThatThrownBy(() -> PixelPrimer.decode(space, primer, 20)).hasMessageContaining("most frequent value");
    }

    /** What is faster must predict the same, while it learns and while it codes. The table is far too small for all contexts. */
    @Test
    void keepsItsBits() {
        assertThat(List.of(checksums(1), checksums(3)))
                .containsExactly(List.of(0x7e9dc2d3L, 0x3447f7daL), List.of(0x053db59eL, 0xb19643d8L));
    }

    /** Of the primer of 60 images whose values are zeros, or near those above and left of them, and of ten more coded with it. */
    private static List<Long> checksums(int channels) {
        Space space = images(12, 10, channels, 200);
        Random random = new Random(channels);
        int row = 10 * channels;
        List<int[]> images = new ArrayList<>();
        for (int n = 0; n < 70; n++) {
            int[] image = new int[12 * row];
            for (int i = 0; i < image.length; i++) {
                int above = i < row ? 0 : image[i - row];
                int left = i % row < channels ? above : image[i - channels];
                int near = (above + left) / 2 + random.nextInt(9) - 4;
                image[i] = random.nextInt(3) == 0 ? 0 : Math.floorMod(near, 200);
            }
            images.add(image);
        }
        CRC32 primer = new CRC32();
        primer.update(PixelPrimer.encode(space, images.subList(0, 60), 1 << 20, 1 << 20)
                .bytes());
        CRC32 streams = new CRC32();
        PixelCountsModel.learnAll(space, "", images.subList(0, 60))
                .open(1)
                .encode(images.subList(60, 70), PixelLikelihood.PLAN, done -> {})
                .forEach(streams::update);
        return List.of(primer.getValue(), streams.getValue());
    }
}
