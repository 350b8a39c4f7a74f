package dev.ardm.core.masking;

import static dev.ardm.core.masking.WindowedCoderTest.CONTEXT;
import static dev.ardm.core.masking.WindowedCoderTest.D;
import static dev.ardm.core.masking.WindowedCoderTest.LENGTHS;
import static dev.ardm.core.masking.WindowedCoderTest.documents;
import static dev.ardm.core.masking.WindowedCoderTest.extras;
import static dev.ardm.core.masking.WindowedCoderTest.items;
import static dev.ardm.core.masking.WindowedCoderTest.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.Verb;
import dev.ardm.core.network.CausalTransformerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences no longer than a window, of models whose networks have ends: as what they are, for every verb. */
class ShortSequencesTest {
    static Stream<MaskingDefinition> sequencesWithEnds() {
        return WindowedCoderTest.sequences()
                .filter(definition -> definition.network().ends());
    }

    /** Of items no longer than a window, whichever layout they have; where they are longer, estimators refuse them. */
    @ParameterizedTest
    @MethodSource("sequencesWithEnds")
    void bitsOfShortItemsAreThoseOfTheEstimator(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 2);
        List<int[]> items = documents(definition.space(), 1, 5, D - 1, D);
        for (int calls : new int[] {3, 1000}) {
            MaskingPlan plan = model.plan(calls);
            double sum = 0;
            for (double[] bits : model.scorer(plan, ItemLayout.sequences(CONTEXT, 1))
                    .unitBits(items(items, Collections.nCopies(4, new byte[0])), ArdmModel.NO_PROGRESS)) {
                sum += Arrays.stream(bits).sum();
            }
            assertThat(model.estimator(Estimator.PLAN, plan, 1)
                            .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                            .bitsPerDimension())
                    .isCloseTo(sum / (1 + 5 + D - 1 + D), within(1e-9));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> model.estimator(Estimator.BOUND, model.plan(2), 1)
                .measureValues(documents(definition.space(), D + 1), 0, ArdmModel.NO_PROGRESS));
    }

    /** As items of the model's size are; the distribution of a letter, given others, is what it is coded by. */
    @ParameterizedTest
    @MethodSource("sequencesWithEnds")
    void shortItemsAreFilled(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 2);
        int[] item = documents(definition.space(), 7).get(0);
        boolean[] known = {true, true, false, false, false, false, false};
        MaskingPlan plan = model.plan(1000);
        int[] filled = model.fill(List.of(item), List.of(known), plan, 3, ArdmModel.NO_PROGRESS)
                .get(0);
        assertThat(filled).hasSize(7).startsWith(item[0], item[1]);
        assertThat(model.fill(List.of(item), List.of(known), plan, 4, ArdmModel.NO_PROGRESS)
                        .get(0))
                .isNotEqualTo(filled);
        if (model.verbs().contains(Verb.CONDITIONALS)) {
            boolean[] none = new boolean[7];
            Order order = plan.order(definition.process()).ofFirst(7);
            double[] first = model.conditionals(List.of(item), none, order.position(0), ArdmModel.NO_PROGRESS)
                    .get(0);
            double bits = model.scorer(plan, ItemLayout.sequences(CONTEXT, 1))
                    .unitBits(List.of(Item.of(item)), ArdmModel.NO_PROGRESS)
                    .get(0)[order.position(0)];
            assertThat(-Math.log(first[item[order.position(0)]]) / Math.log(2)).isCloseTo(bits, within(1e-6));
        }
    }

    /** Made once; what is stored must decode for ever. */
    @Test
    void bytesOfSequencesStayAsTheyAre() {
        List<Integer> checks = new ArrayList<>();
        Stream<MaskingDefinition> rotary = WindowedCoderTest.sequences()
                .filter(definition -> definition.network() instanceof CausalTransformerConfig);
        Stream.concat(sequencesWithEnds(), rotary).forEach(definition -> {
            ArdmModel model = new ArdmModel(model(definition), 1);
            List<int[]> documents = documents(definition.space(), LENGTHS);
            CRC32C crc = new CRC32C();
            model.coder(model.plan(5), ItemLayout.sequences(CONTEXT, 1))
                    .encode(items(documents, extras(documents.size())), ArdmModel.NO_PROGRESS)
                    .forEach(crc::update);
            checks.add((int) crc.getValue());
        });
        assertThat(checks).containsExactly(-159485654, -861954887, 366626998, 1380917981, -1243993938);
    }

    /** The padding value, which old models take for a value of the item, is nothing to a network with ends. */
    @ParameterizedTest
    @MethodSource("sequencesWithEnds")
    void thePaddingValueChangesNothing(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 1);
        List<Item> items = items(documents(definition.space(), 1, 7, D - 1, 20), extras(4));
        List<List<byte[]>> streams = new ArrayList<>();
        for (int padding : new int[] {0, 3}) {
            streams.add(model.coder(model.plan(3), ItemLayout.sequences(CONTEXT, padding))
                    .encode(items, ArdmModel.NO_PROGRESS));
        }
        assertThat(streams.get(1)).containsExactlyElementsOf(streams.get(0));
    }
}
