package dev.ardm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of record: learnt, coded alone, archived by a model that was opened again, all in a few lines. */
class RecordTypeTest {
    record Reading(String sensor, int value, double limit, boolean good) {}

    /** @param shown a record as something that has equals */
    private record Sample<T>(RecordType<T> type, IntFunction<T> record, T strange, Function<T, Object> shown) {
        @Override
        public String toString() {
            return type.toString();
        }
    }

    private static BufferedImage image(int height, int seed) {
        BufferedImage image = new BufferedImage(8, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 8 * height; p++) {
            image.setRGB(p % 8, p / 8, 0xFF000000 | (seed * 7 + p % 8 * 3) * 0x010203);
        }
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

    private static Object pixels(BufferedImage image) {
        return Arrays.toString(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
    }

    private static Map<String, String> map(String a, String b) {
        Map<String, String> map = new HashMap<>();
        map.put("a", a);
        map.put("b", b);
        return map;
    }

    static Stream<Sample<?>> everyType() {
        return Stream.of(
                new Sample<>(RecordType.text(), k -> "line " + k % 9 + " of " + k, "K\u00E4se\n", line -> line),
                new Sample<>(
                        RecordType.bytes(),
                        k -> ("b" + k % 9).getBytes(StandardCharsets.US_ASCII),
                        new byte[] {-1, 0, 10},
                        Arrays::toString),
                new Sample<>(
                        RecordType.rows("a", "b"),
                        k -> new String[] {"x" + k % 4, "" + k},
                        new String[] {null, ""},
                        Arrays::asList),
                new Sample<>(RecordType.maps("a", "b"), k -> map("x" + k % 4, "" + k), map(null, "\""), map -> map),
                new Sample<>(
                        RecordType.records(Reading.class),
                        k -> new Reading("s" + k % 3, k, k / 4.0, k % 2 == 0),
                        new Reading(null, Integer.MIN_VALUE, Double.NaN, false),
                        reading -> reading),
                new Sample<>(RecordType.images(), k -> image(6, k % 20), image(6, 99), RecordTypeTest::pixels),
                new Sample<>(
                        RecordType.pngs(), k -> png(image(3 + k % 4, k % 20)), new byte[] {1, 2}, Arrays::toString),
                new Sample<>(
                        RecordType.arrays(5, false, 2, 3),
                        k -> new int[] {k % 5, 0, 1, 2, 3, k % 3},
                        new int[] {4, 4, 4, 4, 4, 4},
                        Arrays::toString));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    <T> void recordsComeBack(Sample<T> sample, @TempDir Path dir) throws IOException {
        List<T> learnt = IntStream.range(0, 60).mapToObj(sample.record).toList();
        List<T> records = new ArrayList<>(learnt.subList(0, 20));
        records.add(sample.strange);
        RecordModel<T> trained = Ardm.train(learnt, sample.type).to(dir.resolve("model.safetensors"));
        RecordModel<T> model = RecordModel.open(dir.resolve("model.safetensors"), sample.type);
        assertThat(model.id()).isEqualTo(trained.id());
        for (T record : records) {
            byte[] bytes = trained.codec().encode(record);
            // An image that is compressed anew has the same pixels in other bytes.
            T back = model.codec().decode(bytes);
            assertThat(model.codec().encode(back)).isEqualTo(bytes);
            if (!sample.toString().equals("PNG files")) {
                assertThat(sample.shown.apply(back)).isEqualTo(sample.shown.apply(record));
            }
        }
        RecordArchive.write(dir.resolve("records.ardm"), model, records);
        try (RecordArchive<T> archive = RecordArchive.open(dir.resolve("records.ardm"), sample.type)) {
            assertThat(archive.size()).isEqualTo(records.size());
            for (int k = 0; k < records.size(); k++) {
                assertThat(trained.codec().encode(archive.get(k)))
                        .isEqualTo(trained.codec().encode(records.get(k)));
            }
        }
        assertThat(model.bits(records.get(0))).isLessThan(model.bits(sample.strange));
    }

    @Test
    void sampledRecordsAreOfTheType() throws IOException {
        RecordModel<String[]> model = Ardm.train(
                        IntStream.range(0, 80)
                                .mapToObj(k -> new String[] {"x" + k % 4, "y" + k % 4})
                                .toList(),
                        RecordType.rows("a", "b"))
                .run();
        assertThat(model.sample(20, 1)).hasSize(20).allSatisfy(row -> assertThat(row)
                .hasSize(2));
        assertThatThrownBy(() -> model.codec().encode(new String[] {"x"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a row of 1 fields");
    }
}
