package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of a sequence stays, what is missing is drawn, and nothing else decides about it. */
class SequenceFillingTest {
    private static final int[] LENGTHS = {1, 11, 12, 13, 60};

    private static List<int[]> documents() {
        List<int[]> documents = new ArrayList<>();
        for (int length : LENGTHS) {
            RandomStream random = RandomStream.of(6, Purpose.TEST, length);
            int[] document = new int[length];
            Arrays.setAll(document, i -> random.nextInt(11));
            documents.add(document);
        }
        return documents;
    }

    /** Known up to a third for a process that knows beginnings only, else here and there. */
    private static List<boolean[]> known(MaskingDefinition definition) {
        boolean beginnings = definition.process() instanceof Autoregressive next && !next.permuted();
        List<boolean[]> known = new ArrayList<>();
        for (int length : LENGTHS) {
            RandomStream random = RandomStream.of(7, Purpose.TEST, length);
            boolean[] flags = new boolean[length];
            for (int i = 0; i < length; i++) {
                flags[i] = beginnings ? i < length / 3 : random.nextInt(3) == 0;
            }
            known.add(flags);
        }
        return known;
    }

    /** Fills sequences in with a model. */
    private record Filler(ItemGenerator generator) {
        List<int[]> fill(List<int[]> values, List<boolean[]> known, long seed, IntConsumer progress) {
            List<PartialItem> items = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                items.add(new PartialItem(Item.of(values.get(i)), known.get(i)));
            }
            return generator.generate(items, 0, seed, progress::accept).stream()
                    .map(Item::values)
                    .toList();
        }
    }

    private static Filler filler(LikelihoodModel model) {
        return new Filler(model.generator(model.plan(5), ItemLayout.sequences(0, 1), 1));
    }

    private static Filler filler(MaskingDefinition definition, int threads) {
        ArdmModel model = new ArdmModel(WindowedCoderTest.model(definition), threads);
        return filler(model);
    }

    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.WindowedCoderTest#sequences")
    void knownValuesStayAndOthersAreDrawn(MaskingDefinition definition) {
        List<int[]> documents = documents();
        List<boolean[]> known = known(definition);
        List<int[]> filled = filler(definition, 2).fill(documents, known, 3, ArdmModel.NO_PROGRESS);
        int changed = 0;
        for (int d = 0; d < documents.size(); d++) {
            assertThat(filled.get(d)).hasSameSizeAs(documents.get(d));
            for (int i = 0; i < documents.get(d).length; i++) {
                assertThat(filled.get(d)[i]).isBetween(0, definition.space().maxCategories() - 1);
                if (known.get(d)[i]) {
                    assertThat(filled.get(d)[i]).isEqualTo(documents.get(d)[i]);
                } else {
                    changed += filled.get(d)[i] == documents.get(d)[i] ? 0 : 1;
                }
            }
        }
        assertThat(changed).isGreaterThan(20);
    }

    /** What stands at missing places does not matter, nor the number of threads; the seed does. */
    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.WindowedCoderTest#sequences")
    void resultsDependOnWhatIsKnownAndTheSeed(MaskingDefinition definition) {
        List<boolean[]> known = known(definition);
        List<int[]> erased = documents();
        for (int d = 0; d < erased.size(); d++) {
            for (int i = 0; i < erased.get(d).length; i++) {
                erased.get(d)[i] = known.get(d)[i] ? erased.get(d)[i] : 0;
            }
        }
        List<int[]> filled = filler(definition, 3).fill(documents(), known, 3, ArdmModel.NO_PROGRESS);
        List<int[]> again = filler(definition, 1).fill(erased, known, 3, ArdmModel.NO_PROGRESS);
        for (int d = 0; d < filled.size(); d++) {
            assertThat(again.get(d)).isEqualTo(filled.get(d));
        }
        assertThat(filler(definition, 1)
                        .fill(documents(), known, 4, ArdmModel.NO_PROGRESS)
                        .get(4))
                .isNotEqualTo(filled.get(4));
    }

    /** One whole window is an item, completed as one. */
    @ParameterizedTest
    @MethodSource("dev.ardm.core.masking.WindowedCoderTest#sequences")
    void aWindowIsCompletedAsAnItem(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(WindowedCoderTest.model(definition), 1);
        List<int[]> item = List.of(documents().get(2));
        List<boolean[]> known = List.of(known(definition).get(2));
        assertThat(filler(model).fill(item, known, 9, ArdmModel.NO_PROGRESS).get(0))
                .isEqualTo(model.fill(item, known, model.plan(5), 9, ArdmModel.NO_PROGRESS)
                        .get(0));
    }

    @Test
    void whatCannotBeCompletedIsRefused() {
        MaskingDefinition next = WindowedCoderTest.sequences()
                .filter(definition -> definition.process() instanceof Autoregressive process && !process.permuted())
                .findFirst()
                .orElseThrow();
        boolean[] known = new boolean[12];
        known[5] = true;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filler(next, 1).fill(List.of(new int[12]), List.of(known), 1, ArdmModel.NO_PROGRESS))
                .withMessageContaining("can only continue a beginning");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filler(next, 1).fill(List.of(new int[3]), List.of(known), 1, ArdmModel.NO_PROGRESS));
    }
}
