package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Models of labelled items. */
class LabelsTest {
    private static final Space SPACE = Space.image(4, 3, 1, 5);
    private static final int CLASSES = 3;
    private static final Given LABELLED = Given.NOTHING.withClasses(CLASSES);

    @TempDir
    Path folder;

    static Stream<MaskingModel> models() {
        return Stream.of(
                model(new OrderAgnostic(SPACE, 1, LABELLED), TinyModels.config()),
                model(new OrderAgnostic(SPACE, 1, LABELLED), TinyModels.transformerConfig()),
                model(new Upscale(SPACE, 2, LABELLED), TinyModels.config()));
    }

    private static MaskingModel model(Process process, NetworkConfig config) {
        MaskingDefinition definition = new MaskingDefinition(process, OutputDistribution.of(process), config, "");
        Network network = definition.buildNetwork();
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(4, Purpose.TEST, values.size());
                float[] out = new float[parameter.size()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (random.nextGaussian() * (layer instanceof Layer.Embedding ? 1 : 0.4))
                            + (parameter.init() == Layer.Init.ONE ? 1 : 0);
                }
                values.put(parameter.name(), out);
            }
        }
        return new MaskingModel(definition, new Weights(values), Map.of(), Map.of());
    }

    /** One item, half known, under each label and under none: a batch. */
    private static NetworkInput underEachLabel(Process process) {
        int dimensions = SPACE.dimensions();
        int[] item = TinyModels.items(SPACE, 1, 1).get(0);
        int[] values = new int[(CLASSES + 1) * dimensions];
        boolean[] known = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = item[i % dimensions];
            known[i] = i % dimensions % 2 == 0;
        }
        int[] labels = {0, 1, 2, NetworkInput.UNLABELLED};
        return new NetworkInput(process, CLASSES + 1, values, known, new int[CLASSES + 1], null, labels, null);
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyLabelAndItsAbsenceChangeTheLogits(MaskingModel model) {
        NetworkInput input = underEachLabel(model.process());
        ItemEngine engine = new ItemEngine(model.network(), model.weights());
        Set<List<Float>> seen = new HashSet<>();
        int dimensions = SPACE.dimensions();
        int[] all = IntStream.range(0, 4 * dimensions).toArray();
        float[] batched = engine.worker().logits(input, all);
        int each = batched.length / 4;
        for (int n = 0; n < 4; n++) {
            float[] alone = engine.worker(2)
                    .logits(input.item(n), IntStream.range(0, dimensions).toArray());
            assertThat(alone).isEqualTo(Arrays.copyOfRange(batched, n * each, (n + 1) * each));
            seen.add(IntStream.range(0, each).mapToObj(i -> alone[i]).toList());
        }
        assertThat(seen).hasSize(4);
        assertThat(input.labels(CLASSES)).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyVerbHeedsTheLabel(MaskingModel model) {
        ArdmModel whole = new ArdmModel(model, 2);
        MaskingPlan plan = whole.plan(model.process().stages() * 4);
        List<int[]> items = TinyModels.items(SPACE, 6, 2);
        Set<Double> bounds = new HashSet<>();
        Set<Double> exact = new HashSet<>();
        Set<List<List<Integer>>> samples = new HashSet<>();
        Set<List<List<Integer>>> filled = new HashSet<>();
        boolean[] half = new boolean[SPACE.dimensions()];
        Arrays.fill(half, 0, half.length / 2, true);
        for (int label = -1; label < CLASSES; label++) {
            ArdmModel given = label < 0 ? whole : whole.given(Condition.label(label));
            Estimate bound =
                    given.estimator(Estimator.BOUND, given.plan(1), 2).measureValues(items, 1, ArdmModel.NO_PROGRESS);
            assertThat(bound.estimator().endsWith(", given labels")).isEqualTo(label >= 0);
            bounds.add(bound.bitsPerDimension());
            exact.add(given.estimator(Estimator.PLAN, plan, 1)
                    .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                    .bitsPerDimension());
            samples.add(lists(given.sample(6, plan, 3, ArdmModel.NO_PROGRESS)));
            List<boolean[]> masks = java.util.Collections.nCopies(6, half);
            filled.add(lists(given.fill(items, masks, plan, 3, ArdmModel.NO_PROGRESS)));
            List<byte[]> streams = given.encode(items, plan, ArdmModel.NO_PROGRESS);
            assertThat(lists(given.decode(streams, plan, ArdmModel.NO_PROGRESS).stream()
                            .map(Optional::orElseThrow)
                            .toList()))
                    .isEqualTo(lists(items));
            ArdmModel other = whole.given(Condition.label((label + 2) % CLASSES));
            assertThat(other.decode(streams, plan, ArdmModel.NO_PROGRESS))
                    .as("with another label, the check bits tell")
                    .anyMatch(Optional::isEmpty);
        }
        assertThat(List.of(bounds.size(), exact.size(), samples.size(), filled.size()))
                .containsOnly(CLASSES + 1);
    }

    private static List<List<Integer>> lists(List<int[]> items) {
        return items.stream().map(i -> Arrays.stream(i).boxed().toList()).toList();
    }

    /** The logits of the first call are kept, but not for another label. */
    @Test
    void theFirstCallIsNotSharedBetweenLabels() {
        ArdmModel whole = new ArdmModel(model(new OrderAgnostic(SPACE, 1, LABELLED), TinyModels.config()), 1);
        MaskingPlan one = whole.plan(1);
        List<int[]> items = TinyModels.items(SPACE, 1, 2);
        double[] forwards = new double[CLASSES];
        for (int label = 0; label < CLASSES; label++) {
            forwards[label] = whole.given(Condition.label(label))
                    .estimator(Estimator.PLAN, one, 1)
                    .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                    .bitsPerDimension();
        }
        for (int label = CLASSES - 1; label >= 0; label--) {
            ArdmModel given = whole.given(Condition.label(label));
            given.given(Condition.label((label + 1) % CLASSES))
                    .estimator(Estimator.PLAN, one, 1)
                    .measureValues(items, 0, ArdmModel.NO_PROGRESS);
            assertThat(given.estimator(Estimator.PLAN, one, 1)
                            .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                            .bitsPerDimension())
                    .isEqualTo(forwards[label]);
        }
        assertThat(forwards).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("models")
    void modelFilesKeepTheClasses(MaskingModel model) throws IOException {
        Path path = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(path)) {
            ModelFile.write(model, SafeTensors.Type.F32, out);
        }
        MaskingModel back = MaskingModel.of(Models.read(path));
        assertThat(back.id()).isEqualTo(model.id());
        assertThat(back.process()).isEqualTo(model.process());
        assertThat(back.process().classes()).isEqualTo(CLASSES);
        assertThat(back.weights().get("label.embedding.weight"))
                .isEqualTo(model.weights().get("label.embedding.weight"));
    }

    /** Ids are computed over this text. */
    @Test
    void definitionsNameTheClassesOnlyWhereThereAreSome() {
        Process process = new OrderAgnostic(SPACE, 1, LABELLED);
        MaskingDefinition definition =
                new MaskingDefinition(process, OutputDistribution.of(process), TinyModels.transformerConfig(), "");
        assertThat(definition.json())
                .startsWith("{\"arithmetic\":1,\"process\":{\"kind\":\"order-agnostic\",\"unit\":1,\"classes\":3},"
                        + "\"space\":");
        Process both = new OrderAgnostic(SPACE, 1, Given.prefix(2).withClasses(3));
        assertThat(new MaskingDefinition(both, OutputDistribution.of(both), definition.network(), "").json())
                .contains("{\"kind\":\"order-agnostic\",\"unit\":1,\"given\":[0,1],\"classes\":3}");
        for (NetworkConfig config : List.of(TinyModels.config(), TinyModels.transformerConfig())) {
            MaskingDefinition plain = MaskingDefinition.of(SPACE, config);
            assertThat(plain.json()).contains("\"process\":\"order-agnostic\"");
            assertThat(plain.buildNetwork().layers()).extracting(Layer::name).doesNotContain("label.embedding");
        }
    }

    @Test
    void whatKnowsNoClassesSaysSo() {
        Space signal = Space.of(new int[] {40}, 16, Space.Scale.ORDERED);
        Process labelled = new OrderAgnostic(signal, 1, LABELLED);
        assertThatThrownBy(() ->
                        Network.of(new DilatedConfig(2, 8, 8, 3, 2, 0, 2), labelled, OutputDistribution.of(labelled)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a dilated network does not see labels, got 3 classes");
        ObjectNode causal = (ObjectNode) DefinitionJson.JSON.readTree(
                MaskingDefinition.of(SPACE, TinyModels.transformerConfig()).json());
        causal.putObject("process").put("kind", "autoregressive").put("classes", 3);
        assertThatThrownBy(() -> MaskingDefinition.read(causal)).hasMessageContaining("no classes, got 3");
        ObjectNode tooMany = causal.deepCopy();
        tooMany.putObject("process").put("kind", "order-agnostic").put("classes", 1 << 30);
        assertThatThrownBy(() -> MaskingDefinition.read(tooMany)).hasMessageContaining("between 0 and 65536");
        assertThatThrownBy(() -> new ArdmModel(TinyModels.random(SPACE, 1), 1).given(Condition.label(0)))
                .hasMessage("this model has no classes and does not accept label 0");
        ArdmModel model = new ArdmModel(models().findFirst().orElseThrow(), 1);
        for (int label : new int[] {-1, CLASSES}) {
            assertThatThrownBy(() -> model.given(Condition.label(label))).hasMessageContaining("3 classes, from 0");
        }
        assertThatThrownBy(() -> new NetworkInput(
                        model.process(), 1, new int[12], new boolean[12], new int[1], null, new int[] {CLASSES}, null))
                .hasMessageContaining("label 3 is outside [0, 3)");
    }

    @Test
    void pooledEstimatesAreThoseOfAllItems() {
        double[] all = {1, 2.5, 0.25, 4, 3, 3, 8};
        Estimate whole = Estimate.of("e", all, 2);
        Estimate pooled = Estimate.pooled(List.of(
                Estimate.of("e", Arrays.copyOfRange(all, 0, 3), 2),
                Estimate.of("e", Arrays.copyOfRange(all, 3, 4), 2),
                Estimate.of("e", Arrays.copyOfRange(all, 4, 7), 2)));
        assertThat(pooled.bitsPerDimension()).isCloseTo(whole.bitsPerDimension(), within(1e-12));
        assertThat(pooled.standardError()).isCloseTo(whole.standardError(), within(1e-12));
        assertThat(pooled.items()).isEqualTo(7);
        assertThat(Estimate.pooled(List.of(Estimate.of("e", new double[] {1}, 2)))
                        .standardError())
                .isNaN();
        assertThatThrownBy(() -> Estimate.pooled(List.of(whole, Estimate.of("f", all, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
