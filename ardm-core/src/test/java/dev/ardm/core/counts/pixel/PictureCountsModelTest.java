package dev.ardm.core.counts.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCountsModelTest {
    private static final Space BYTES = Space.of(new int[] {256}, 256, Space.Scale.NOMINAL);

    @TempDir
    Path folder;

    /** A picture of runs of a few colours, which it lists or not. */
    private static int[] picture(Random random, int channels, int height, int width, int colours, boolean listed) {
        int[] list = random.ints((long) colours * channels, 0, 256).toArray();
        int[] beside = random.ints(random.nextInt(5), 0, 256).toArray();
        List<Integer> values = new ArrayList<>(List.of(channels, height, width));
        int count = listed ? colours : 0;
        if (count >= 0x80) {
            values.add(count & 0x7F | 0x80);
            values.add(count >> 7);
        } else {
            values.add(count);
        }
        values.add(beside.length);
        IntStream.of(beside).forEach(values::add);
        if (listed) {
            IntStream.of(list).forEach(values::add);
        }
        int colour = 0;
        for (int pixel = 0; pixel < height * width; pixel++) {
            colour = random.nextInt(4) == 0 ? random.nextInt(colours) : colour;
            for (int channel = 0; channel < channels; channel++) {
                values.add(list[colour * channels + channel]);
            }
        }
        return values.stream().mapToInt(value -> value).toArray();
    }

    /** Pictures of every number of channels, and sequences that are none. */
    private static List<int[]> pictures(long seed, int count) {
        Random random = new Random(seed);
        List<int[]> all = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int channels = 1 + random.nextInt(8);
            boolean listed = random.nextBoolean();
            int colours = 1 + random.nextInt(k % 7 == 0 ? 200 : 9);
            all.add(picture(random, channels, 1 + random.nextInt(9), 1 + random.nextInt(9), colours, listed));
            if (k % 3 == 0) {
                all.add(random.ints(random.nextInt(40), 0, 256).toArray());
            }
        }
        all.add(new int[0]);
        all.add(new int[] {1, 1, 1, 1, 0, 7, 8}); // A pixel of a colour that is not listed: no picture.
        return all;
    }

    @Test
    void whatIsAPicture() {
        for (int[] each :
                List.of(new int[] {1, 1, 2, 0, 0, 5, 6}, new int[] {3, 1, 1, 1, 2, 9, 9, 4, 5, 6, 4, 5, 6}, new int[] {
                    1, 1, 1, 1, 0, 7, 7
                })) {
            assertThat(PictureCountsModel.isPicture(each))
                    .as(Arrays.toString(each))
                    .isTrue();
        }
        for (int[] each : List.of(
                new int[0],
                new int[] {0, 1, 2, 0, 0, 5, 6},
                new int[] {9, 1, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                new int[] {1, 1, 2, 0, 0, 5},
                new int[] {1, 1, 2, 0, 0, 5, 6, 7},
                new int[] {1, 0, 2, 0, 0},
                new int[] {1, 0x81, 0x81, 0x81, 0x81, 0x81, 1},
                new int[] {1, 1, 1, 1, 0, 7, 8})) {
            assertThat(PictureCountsModel.isPicture(each))
                    .as(Arrays.toString(each))
                    .isFalse();
        }
    }

    @Test
    void anArchiveGivesBackEveryPictureAndWhatIsNone() throws Exception {
        List<int[]> learnt = pictures(1, 40);
        PictureCountsModel model = PictureCountsModel.learn(BYTES, "", learnt);
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(model, Type.F32, out);
        }
        LikelihoodModel read = Models.open(file, 2);
        assertThat(read.id()).isEqualTo(model.id());
        List<int[]> all = new ArrayList<>(pictures(2, 60));
        all.addAll(learnt);
        Path archive = folder.resolve("a.ardm");

        try (ItemArchiveWriter writer = ItemArchiveWriter.records(archive, model.open(1))) {
            for (int[] picture : all) {
                writer.add(picture);
            }
            writer.commit();
            assertThat(writer.inexact()).isZero();
        }

        try (ItemArchive items = ItemArchive.open(archive, read)) {
            assertThat(items.size()).isEqualTo(all.size());
            for (int k : new int[] {all.size() - 1, 3, 0, 17}) {
                assertThat(items.item(k).intact()).isEqualTo(all.get(k));
            }
            for (int k = 0; k < all.size(); k++) {
                assertThat(items.item(k).intact()).isEqualTo(all.get(k));
            }
        }
    }

    @Test
    void sequencesOfAKnownLengthCodeAsWell() {
        LikelihoodModel model =
                PictureCountsModel.learn(BYTES, "", pictures(1, 10)).open(2);
        ItemLayout layout = ItemLayout.sequences(0, 0);
        List<Item> items = pictures(5, 10).stream().map(Item::of).toList();
        List<byte[]> streams = model.coder(model.plan(1), layout).encode(items, done -> {});
        List<double[]> bits = model.scorer(model.plan(1), layout).unitBits(items, done -> {});
        for (int k = 0; k < items.size(); k++) {
            assertThat(8.0 * streams.get(k).length).isBetween(bits.get(k)[0] - 0.5, 1.001 * bits.get(k)[0] + 16);
        }
    }

    /** Each pixel is one of four listed colours: at most two bits, and the list and the numbers before it. */
    @Test
    void listedColoursLeaveFewOpen() {
        Random random = new Random(3);
        int[] list = random.ints(4 * 3, 0, 256).toArray();
        List<int[]> pictures = new ArrayList<>();
        for (int k = 0; k < 30; k++) {
            int[] picture = new int[5 + list.length + 3 * 256];
            System.arraycopy(new int[] {3, 16, 16, 4, 0}, 0, picture, 0, 5);
            System.arraycopy(list, 0, picture, 5, list.length);
            for (int at = 5 + list.length; at < picture.length; at += 3) {
                System.arraycopy(list, 3 * random.nextInt(4), picture, at, 3);
            }
            pictures.add(picture);
        }
        LikelihoodModel model =
                PictureCountsModel.learn(BYTES, "", pictures.subList(0, 25)).open(1);

        List<double[]> bits = model.scorer(model.plan(1), ItemLayout.RECORDS)
                .unitBits(pictures.subList(25, 30).stream().map(Item::of).toList(), done -> {});

        for (double[] each : bits) {
            assertThat(each[0]).isBetween(2.0 * 256 * 0.97, 2.0 * 256 * 1.06);
        }
    }

    /** What a picture of before was like costs little; the picture itself costs nothing. */
    @Test
    void costsFallWithWhatIsLearnt() {
        List<int[]> pictures = new ArrayList<>();
        Random random = new Random(4);
        int[] first = picture(random, 3, 20, 20, 6, true);
        for (int k = 0; k < 8; k++) {
            pictures.add(first);
        }
        LearningCosts costs = PictureCountsModel.costs(pictures, new int[] {0, 1, 8}, List.of(first));

        assertThat(costs.learning()[7]).isLessThan(costs.learning()[0] / 8);
        assertThat(costs.learning()).hasSize(8);
        assertThat(costs.others()[1]).isLessThan(costs.others()[0]);
        assertThat(costs.others()[2]).isLessThan(costs.others()[1]);
        assertThat(costs.learning()[7]).isBetween(0.5 * costs.others()[2], 2 * costs.others()[2]);
    }

    @Test
    void aDamagedPrimerIsRefusedOrLearnsSomethingElse() throws Exception {
        List<int[]> pictures = pictures(6, 10);
        byte[] primer = PicturePrimer.encode(pictures).bytes();
        assertThat(PicturePrimer.decode(primer, pictures.size()).image(3)).isEqualTo(pictures.get(3));
        assertThatThrownBy(() -> PicturePrimer.decode(primer, pictures.size() - 1))
                .hasMessageContaining("does not end");
        byte[] other = primer.clone();
        other[0] = 99;
        assertThatThrownBy(() -> PicturePrimer.decode(other, pictures.size())).hasMessageContaining("table");
        Random random = new Random(7);
        for (int k = 0; k < 20; k++) {
            byte[] damaged = primer.clone();
            damaged[1 + random.nextInt(primer.length - 1)] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> PicturePrimer.decode(damaged, pictures.size()))
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void streamsOfNoPictureEnd() throws Exception {
        PictureCountsModel model = PictureCountsModel.learn(BYTES, "", pictures(1, 5));
        PicturePredictor.Lane lane = PicturePrimer.decode(
                        PicturePrimer.encode(pictures(1, 5)).bytes(),
                        pictures(1, 5).size())
                .predictor()
        .new Lane();
        Random random = new Random(8);
        int refused = 0;
        for (int k = 0; k < 50; k++) {
            byte[] bytes = new byte[4 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[bytes.length - 1] |= 1;
            AnsStack stack = AnsStack.of(1 << 20);
            for (byte each : bytes) {
                stack.push(each & 0xFF, 1, 8);
            }
            try {
                PictureLikelihood.read(lane, stack, 10_000);
            } catch (DamagedException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(model.open(1).refusals())
                .containsOnlyKeys(Verb.SAMPLE, Verb.FILL, Verb.IMAGES_OF_ANY_SIZE, Verb.CONDITIONALS, Verb.PLAN);
    }

    @Test
    void refusesWhatIsNoSequenceOfBytes() {
        Space image = Space.of(new int[] {2, 2, 1}, 256, Space.Scale.ORDERED);
        Space few = Space.of(new int[] {4}, 5, Space.Scale.NOMINAL);
        for (Space space : List.of(image, few)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PictureCountsModel.learn(space, "", List.of()))
                    .withMessageContaining("sequences of bytes");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureCountsModel.learn(BYTES, "", List.of(new int[] {256})));
    }

    /** See the test of the same name of {@link PixelCountsModelTest}. */
    @Test
    void keepsItsBits() {
        List<int[]> pictures = pictures(1, 60);
        CRC32 primer = new CRC32();
        primer.update(PicturePrimer.encode(pictures).bytes());
        AnsStack stack = AnsStack.of(1);
        PictureCountsModel.learn(BYTES, "", pictures)
                .open(1)
                .records()
                .orElseThrow()
                .encode(pictures(2, 20), done -> {})
                .forEach(record -> record.push(stack));
        CRC32 records = new CRC32();
        records.update(stack.toBytes());

        assertThat(List.of(primer.getValue(), records.getValue())).containsExactly(0x2cd56ebbL, 0x822cbb66L);
    }
}
