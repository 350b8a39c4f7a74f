package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of causal networks that share streams. */
class CausalRecordsTest {
    private static final List<Block> BLOCKS = List.of(Block.convolution(1, 1), Block.pointwise());

    static Stream<MaskingModel> models() {
        Autoregressive grey = new Autoregressive(Space.image(5, 4, 1, 7), false);
        Autoregressive colour = new Autoregressive(Space.image(4, 3, 3, 16), false, 3);
        return Stream.of(
                TinyModels.random(
                        new MaskingDefinition(
                                grey,
                                OutputDistribution.of(grey),
                                new CausalConfig(6, 2, 2, 3, true, false, BLOCKS),
                                ""),
                        1),
                TinyModels.random(
                        new MaskingDefinition(
                                colour,
                                new LogisticMixture(2, 3),
                                new CausalConfig(6, 2, 2, 3, false, true, BLOCKS),
                                ""),
                        2));
    }

    private static RecordGroup group(List<int[]> items, List<RecordCoder.Symbols> symbols) {
        int[][] values = items.toArray(int[][]::new);
        byte[][] sides = new byte[values.length][0];
        byte[] stream = CheckedStream.encode(
                stack -> {
                    for (int i = values.length - 1; i >= 0; i--) {
                        symbols.get(i).push(stack);
                    }
                },
                CheckedStream.checkOf(sides, values));
        return RecordGroup.coded(sides, values[0].length, stream);
    }

    @ParameterizedTest
    @MethodSource("models")
    void groupsOfAnySizeComeBack(MaskingModel model) {
        List<int[]> items = TinyModels.items(model.space(), 11, 5);
        for (int threads : new int[] {1, 3}) {
            RecordCoder coder = model.open(threads).records().orElseThrow();
            List<RecordCoder.Symbols> symbols = coder.encode(items, LikelihoodModel.NO_PROGRESS);
            List<RecordGroup> groups = new ArrayList<>();
            int[] begins = {0, 1, 4, 9, 11};
            for (int g = 0; g + 1 < begins.length; g++) {
                groups.add(group(items.subList(begins[g], begins[g + 1]), symbols.subList(begins[g], begins[g + 1])));
            }
            byte[] damaged = groups.get(2).stream().clone();
            damaged[damaged.length / 2] ^= 4;
            groups.add(2, RecordGroup.coded(new byte[5][0], items.get(0).length, damaged));
            List<Optional<int[][]>> back = new ArrayList<>(coder.decode(groups, LikelihoodModel.NO_PROGRESS));
            assertThat(back.remove(2)).isEmpty();
            assertThat(back.stream().flatMap(of -> Stream.of(of.orElseThrow()))).containsExactlyElementsOf(items);
        }
    }

    @Test
    void othersHaveNone() {
        assertThat(TinyModels.random(Space.image(3, 3, 1, 4), 1).open(1).records())
                .isEmpty();
        RecordCoder coder = models().findFirst().orElseThrow().open(1).records().orElseThrow();
        assertThat(coder.learntCount()).isZero();
        assertThatThrownBy(() -> coder.encode(List.of(new int[] {1}), LikelihoodModel.NO_PROGRESS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
