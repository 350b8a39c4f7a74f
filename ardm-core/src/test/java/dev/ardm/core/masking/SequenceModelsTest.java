package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.Verb;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of dilated and causal networks and of tables: their files, and items through the coder and back. */
class SequenceModelsTest {
    private static final Space SIGNAL = Space.of(new int[] {24}, 16, Scale.ORDERED);
    private static final Space LETTERS = Space.of(new int[] {15}, 11, Scale.NOMINAL);
    private static final Space TABLE = Space.of(new int[] {5}, new int[] {3, 7, 2, 12, 4}, Scale.NOMINAL);
    private static final TransformerConfig TRANSFORMER = new TransformerConfig(2, 12, 3, 20, 0, 0);

    @TempDir
    Path folder;

    private static MaskingDefinition definition(Process process, NetworkConfig config) {
        return new MaskingDefinition(process, OutputDistribution.of(process), config, "");
    }

    static Stream<MaskingDefinition> definitions() {
        Process upscale = new Upscale(SIGNAL, 4, Given.NOTHING);
        DilatedConfig dilated = new DilatedConfig(3, 8, 6, 3, 2, 4, 6);
        return Stream.of(
                definition(new OrderAgnostic(SIGNAL), dilated),
                new MaskingDefinition(upscale, new Digits(2, 4), dilated, ""),
                definition(new Autoregressive(SIGNAL, false), new DilatedConfig(3, 8, 6, 3, 2, 0, 0)),
                definition(new Autoregressive(LETTERS, false), TRANSFORMER),
                definition(new Autoregressive(LETTERS, true), TRANSFORMER),
                definition(new OrderAgnostic(SIGNAL), dilated.withEnds(true)),
                definition(new Autoregressive(LETTERS, false), TRANSFORMER.withEnds(true)),
                definition(new OrderAgnostic(LETTERS), TRANSFORMER.withEnds(true)),
                definition(new Autoregressive(LETTERS, false), new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0)),
                definition(
                        Autoregressive.infilling(LETTERS),
                        new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0).withAhead(1)),
                definition(
                        new Autoregressive(TABLE, false),
                        new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0, true)),
                definition(
                        new Autoregressive(TABLE, true), new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0, true)),
                definition(
                        new Autoregressive(LETTERS, true), new CausalTransformerConfig(1, 12, 2, 9, 0, false, 0, true)),
                definition(new OrderAgnostic(TABLE), TRANSFORMER),
                definition(new Autoregressive(TABLE, true), TRANSFORMER));
    }

    private static MaskingModel model(MaskingDefinition definition) {
        Random random = new Random(8);
        Map<String, float[]> values = new LinkedHashMap<>();
        definition.buildNetwork().layers().forEach(layer -> layer.parameters().forEach(parameter -> {
            float[] out = new float[parameter.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) (1.5 * random.nextGaussian() / Math.sqrt(parameter.fanIn()));
            }
            values.put(parameter.name(), out);
        }));
        return new MaskingModel(definition, new Weights(values), Map.of(), Map.of());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void filesKeepThem(MaskingDefinition definition) throws Exception {
        MaskingModel model = model(definition);
        Path path = folder.resolve("model.safetensors");
        try (var out = java.nio.file.Files.newOutputStream(path)) {
            ModelFile.write(model, SafeTensors.Type.F32, out);
        }
        MaskingModel back = MaskingModel.of(Models.read(path));
        assertThat(back.definition()).isEqualTo(definition);
        assertThat(back.id()).isEqualTo(model.id());
    }

    /** Samples have lengths that were learnt, whatever the machine; the id does not depend on them. */
    @ParameterizedTest
    @MethodSource("definitions")
    void lengthsAreKept(MaskingDefinition definition) throws Exception {
        MaskingModel plain = model(definition);
        int dimensions = definition.space().dimensions();
        assertThat(plain.open(1).sampleLength(1, 0)).isEqualTo(dimensions);
        if (!definition.network().ends()) {
            assertThatThrownBy(() -> plain.withLengths(new int[] {dimensions}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("without ends");
            return;
        }
        MaskingModel model = plain.withLengths(new int[] {2, 5, dimensions});
        Path path = folder.resolve("model.safetensors");
        try (var out = java.nio.file.Files.newOutputStream(path)) {
            ModelFile.write(model.withProvenance(Map.of("a", "b")), SafeTensors.Type.F32, out);
        }
        MaskingModel back = MaskingModel.of(Models.read(path));
        assertThat(back.lengths()).containsExactly(2, 5, dimensions);
        assertThat(back.id()).isEqualTo(plain.id());
        ArdmModel open = new ArdmModel(back, 1);
        List<Integer> drawn = java.util.stream.IntStream.range(0, 40)
                .mapToObj(number -> open.sampleLength(3, number))
                .toList();
        assertThat(drawn).contains(2, 5, dimensions).isSubsetOf(2, 5, dimensions);
        for (int wrong : new int[] {0, dimensions + 1}) {
            assertThatThrownBy(() -> plain.withLengths(new int[] {wrong})).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Every variable in a call of its own: the coded size is what the model says, and the items come back. */
    @ParameterizedTest
    @MethodSource("definitions")
    void itemsComeBack(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 2);
        List<int[]> items = TinyModels.items(definition.space(), 6, 3);
        MaskingPlan plan = model.plan(definition.process().steps());
        List<byte[]> streams = model.encode(items, plan, ArdmModel.NO_PROGRESS);
        List<Optional<int[]>> back = model.decode(streams, plan, ArdmModel.NO_PROGRESS);
        int bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            assertThat(back.get(i)).isPresent();
            assertThat(back.get(i).orElseThrow()).isEqualTo(items.get(i));
            bytes += streams.get(i).length;
        }
        double bits = model.estimator(Estimator.PLAN, plan, 1)
                        .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                        .bitsPerDimension()
                * items.size()
                * definition.space().dimensions();
        assertThat((double) bytes).isCloseTo(bits / 8, within(6 * 3.0));
    }

    static Stream<MaskingDefinition> ofAnyOrder() {
        return definitions()
                .filter(definition ->
                        new ArdmModel(model(definition), 1).verbs().contains(Verb.CONDITIONALS));
    }

    /**
     * The distributions of the last values, each given all before it in the natural order, are those that code the item in that order; so
     * whatever is known of the rest, they are probabilities of it.
     */
    @ParameterizedTest
    @MethodSource("ofAnyOrder")
    void conditionalsAreWhatCodes(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 2);
        List<int[]> items = TinyModels.items(definition.space(), 4, 3);
        int dimensions = definition.space().dimensions();
        double nats = 0;
        for (int position = 0; position < dimensions; position++) {
            boolean[] known = new boolean[dimensions];
            Arrays.fill(known, 0, position, true);
            List<double[]> each = model.conditionals(items, known, position, ArdmModel.NO_PROGRESS);
            for (int n = 0; n < items.size(); n++) {
                assertThat(Arrays.stream(each.get(n)).sum()).isCloseTo(1, within(1e-6));
                nats -= Math.log(each.get(n)[items.get(n)[position]]);
            }
        }
        MaskingPlan natural = MaskingPlan.natural(Schedule.full(dimensions));
        double bits = model.estimator(Estimator.PLAN, natural, 1)
                .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                .bitsPerDimension();
        assertThat(nats / Math.log(2) / items.size() / dimensions).isCloseTo(bits, within(1e-6));
    }

    /** What lies behind the variable in the order is not seen, and all that is known is. */
    @Test
    void conditionalsOfAnyOrderSeeWhatIsKnown() {
        MaskingDefinition definition = definition(
                new Autoregressive(TABLE, true), new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0, true));
        ArdmModel model = new ArdmModel(model(definition), 1);
        boolean[] known = {true, false, false, true, true};
        double[] before = conditional(model, new int[] {0, 1, 0, 1, 2}, known);
        assertThat(conditional(model, new int[] {0, 5, 0, 1, 2}, known)).containsExactly(before);
        for (int[] item : List.of(new int[] {1, 1, 0, 1, 2}, new int[] {0, 1, 0, 7, 2}, new int[] {0, 1, 0, 1, 3})) {
            assertThat(conditional(model, item, known)).isNotEqualTo(before);
        }
    }

    private static double[] conditional(ArdmModel model, int[] item, boolean[] known) {
        return model.conditionals(List.of(item), known, 2, ArdmModel.NO_PROGRESS)
                .get(0);
    }

    /** A network that keeps what it computed sees the values of a call one after the other. */
    @Test
    void severalValuesACallAreRefusedWhereTheyAreKept() {
        MaskingPlan together = MaskingPlan.natural(Schedule.even(15, 5));
        List<int[]> items = TinyModels.items(LETTERS, 2, 3);
        ArdmModel kept = new ArdmModel(
                model(definition(
                        new Autoregressive(LETTERS, false), new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0))),
                1);
        assertThatThrownBy(() -> kept.encode(items, together, ArdmModel.NO_PROGRESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15 calls, not 5");
        ArdmModel whole = new ArdmModel(model(definition(new Autoregressive(LETTERS, false), TRANSFORMER)), 1);
        List<byte[]> streams = whole.encode(items, together, ArdmModel.NO_PROGRESS);
        assertThat(whole.decode(streams, together, ArdmModel.NO_PROGRESS).get(1).orElseThrow())
                .isEqualTo(items.get(1));
    }
}
