package dev.ardm.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.network.TransformerConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transformers with ends, as docs/arithmetic.md describes them: sequences that are shorter than a window, and whole windows. */
@Tag("slow")
class ReferenceEndsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theyAgreeOnShortSequences(int seed) throws Exception {
        Random random = new Random(300 + seed);
        int window = 2 + random.nextInt(20);
        Space space = Space.of(new int[] {window}, 2 + random.nextInt(30), Space.Scale.ORDERED);
        Process process = seed % 2 == 0 ? new OrderAgnostic(space) : new Upscale(space, 3, Given.NOTHING);
        TransformerConfig config = new TransformerConfig(2, 12, 3, 20, seed % 3 * 2, 0).withEnds(true);
        MaskingModel model =
                TinyModels.random(new MaskingDefinition(process, OutputDistribution.of(process), config, ""), seed);
        LikelihoodModel production = model.open(1);
        Schedule schedule = Schedule.even(
                process.stages(), window, process.stages() + random.nextInt(process.stages() * (window - 1) + 1));
        MaskingPlan plan =
                seed % 3 == 0 ? MaskingPlan.random(random.nextLong(), schedule) : MaskingPlan.spread(schedule);
        List<int[]> whole = TinyModels.items(space, 4, seed);
        ReferenceModel referenceModel = ReferenceModel.read(Production.modelFile(model, SafeTensors.Type.F32));
        assertThat(referenceModel.id()).isEqualTo(model.id());
        ReferenceDecoder reference = ReferenceDecoder.of(
                Production.archive(folder.resolve("items.ardm"), production, plan, whole, true), referenceModel);
        for (int k = 0; k < whole.size(); k++) {
            assertThat(reference.item(k)).isEqualTo(whole.get(k));
        }
        ItemEngine engine = new ItemEngine(model.network(), model.weights());
        for (int length = 1; length < window; length++) {
            int[] item = Arrays.copyOf(whole.get(length % 4), length);
            byte[] stream = production
                    .coder(plan, ItemLayout.sequences(0, 0))
                    .encode(List.of(Item.of(item)), LikelihoodModel.NO_PROGRESS)
                    .get(0);
            assertThat(reference.sequence(stream, length)).isEqualTo(item);
            boolean[] known = new boolean[length];
            for (int i = 0; i < length; i++) {
                known[i] = random.nextBoolean();
            }
            int[] all = IntStream.range(0, length).toArray();
            assertThat(bits(reference.outputs(item, known, 0)))
                    .isEqualTo(bits(engine.worker().logits(item, known, all)));
        }
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }
}
