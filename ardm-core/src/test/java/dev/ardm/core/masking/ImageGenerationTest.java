package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of any size are sampled and filled in through windows that overlap. */
class ImageGenerationTest {
    private static final int[][] SHAPES = {{1, 1, 1}, {4, 3, 2}, {9, 14, 1}, {5, 20, 2}};

    private static List<PartialItem> partial(Space space, boolean sample) {
        List<PartialItem> items = new ArrayList<>();
        for (int[] shape : SHAPES) {
            RandomStream random = RandomStream.of(8, Purpose.TEST, Arrays.hashCode(shape));
            int channels = space.extent(2);
            PartialItem unknown = PartialItem.unknownImage(shape, channels);
            int[] values = unknown.item().values();
            boolean[] known = unknown.known();
            for (int pixel = 0; pixel < values.length / channels && !sample; pixel++) {
                boolean given = random.nextInt(3) == 0;
                for (int c = 0; c < channels; c++) {
                    values[pixel * channels + c] = random.nextInt(space.maxCategories());
                    known[pixel * channels + c] = given;
                }
            }
            items.add(unknown);
        }
        return items;
    }

    private static ItemGenerator generator(MaskingDefinition definition, int threads) {
        LikelihoodModel model = WindowedCoderTest.model(definition).open(threads);
        return model.generator(model.plan(6), ItemLayout.images(2, 1), 1);
    }

    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.TiledCoderTest#models")
    void knownValuesStayAndOthersAreDrawn(MaskingDefinition definition) {
        for (boolean sample : new boolean[] {false, true}) {
            List<PartialItem> items = partial(definition.space(), sample);
            List<Item> filled = generator(definition, 2).generate(items, 0, 3, done -> {});
            int changed = 0;
            for (int n = 0; n < items.size(); n++) {
                int[] before = items.get(n).item().values();
                int[] after = filled.get(n).values();
                assertThat(filled.get(n).shape()).isEqualTo(SHAPES[n]);
                definition.space().checkValues(after);
                for (int i = 0; i < before.length; i++) {
                    if (items.get(n).known()[i]) {
                        assertThat(after[i]).isEqualTo(before[i]);
                    } else {
                        changed += after[i] == before[i] ? 0 : 1;
                    }
                }
            }
            assertThat(changed).isGreaterThan(20);
        }
    }

    /** What is in unknown places does not matter, nor the number of threads, nor how a list is divided; the seed does. */
    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.TiledCoderTest#models")
    void resultsDependOnWhatIsKnownAndTheSeed(MaskingDefinition definition) {
        List<PartialItem> items = partial(definition.space(), false);
        List<Item> filled = generator(definition, 3).generate(items, 0, 3, done -> {});
        for (PartialItem item : items) {
            for (int i = 0; i < item.known().length; i++) {
                item.item().values()[i] = item.known()[i] ? item.item().values()[i] : 0;
            }
        }
        ItemGenerator alone = generator(definition, 1);
        for (int n = 0; n < items.size(); n++) {
            assertThat(alone.generate(items.subList(n, n + 1), n, 3, done -> {})
                            .get(0)
                            .values())
                    .isEqualTo(filled.get(n).values());
        }
        assertThat(alone.generate(items.subList(2, 3), 2, 4, done -> {}).get(0).values())
                .isNotEqualTo(filled.get(2).values());
    }

    /** Every unknown value is reported, and nothing that is known; what is reported last is the result. */
    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.TiledCoderTest#models")
    void everyCallIsReported(MaskingDefinition definition) {
        List<PartialItem> items = partial(definition.space(), false);
        List<int[]> seen = items.stream()
                .map(item -> {
                    int[] values = new int[item.known().length];
                    Arrays.fill(values, -1);
                    return values;
                })
                .toList();
        ConcurrentHashMap<Integer, Boolean> done = new ConcurrentHashMap<>();
        List<Item> filled = generator(definition, 2).generate(items, 0, 3, new GenerationListener() {
            @Override
            public void done(int count) {
                done.put(count, true);
            }

            @Override
            public void decided(int item, int[] positions, int[] values) {
                for (int i = 0; i < positions.length; i++) {
                    seen.get(item)[positions[i]] = values[i];
                }
            }
        });
        assertThat(done.keySet()).containsExactlyInAnyOrder(1, 2, 3, 4);
        for (int n = 0; n < items.size(); n++) {
            for (int i = 0; i < seen.get(n).length; i++) {
                assertThat(seen.get(n)[i])
                        .isEqualTo(items.get(n).known()[i] ? -1 : filled.get(n).values()[i]);
            }
        }
    }

    /** An image of the model's size is completed as an item. */
    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.TiledCoderTest#models")
    void aWindowIsCompletedAsAnItem(MaskingDefinition definition) {
        LikelihoodModel model = WindowedCoderTest.model(definition).open(1);
        Space space = definition.space();
        PartialItem image = PartialItem.unknownImage(new int[] {space.extent(0), space.extent(1), 1}, space.extent(2));
        assertThat(model.generator(model.plan(5), ItemLayout.images(0, 0), 1)
                        .generate(List.of(image), 0, 9, done -> {})
                        .get(0)
                        .values())
                .isEqualTo(model.sample(1, model.plan(5), 9, LikelihoodModel.NO_PROGRESS)
                        .get(0));
    }

    /** A value can depend on those on all sides of it: a hole is drawn differently if what is right of it is known. */
    @Test
    void whatIsBehindAHoleDecidesToo() {
        MaskingDefinition definition = TiledCoderTest.models().toList().get(2);
        int channels = definition.space().extent(2);
        int[] shape = {1, 9, 1};
        List<int[]> drawn = new ArrayList<>();
        for (int right : new int[] {0, 255}) {
            int[] values = new int[9 * channels];
            boolean[] known = new boolean[values.length];
            Arrays.fill(known, 3 * channels, known.length, true);
            Arrays.fill(values, 3 * channels, values.length, right);
            Item item = new Item("", OptionalLong.empty(), shape, values, new byte[0]);
            drawn.add(generator(definition, 1)
                    .generate(List.of(new PartialItem(item, known)), 0, 1, done -> {})
                    .get(0)
                    .values());
        }
        assertThat(Arrays.copyOf(drawn.get(0), 3 * channels)).isNotEqualTo(Arrays.copyOf(drawn.get(1), 3 * channels));
    }

    @Test
    void whatCannotBeCompletedIsRefused() {
        MaskingDefinition definition = TiledCoderTest.models().toList().get(1);
        Item image = new Item("", OptionalLong.empty(), new int[] {2, 2, 1}, new int[5], new byte[0]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator(definition, 1)
                        .generate(List.of(new PartialItem(image, new boolean[5])), 0, 1, done -> {}))
                .withMessageContaining("2x2");
        assertThatIllegalArgumentException().isThrownBy(() -> new PartialItem(image, new boolean[4]));
        LikelihoodModel sequences = WindowedCoderTest.model(
                        WindowedCoderTest.sequences().findFirst().orElseThrow())
                .open(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences.generator(sequences.plan(1), ItemLayout.images(0, 0), 1))
                .withMessageContaining("images of any size");
    }
}
