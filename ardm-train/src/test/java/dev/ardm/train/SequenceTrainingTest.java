package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.source.KnownSource;
import dev.ardm.data.source.Sources;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dilated networks, causal ones and those over tables learn a source of known entropy: what they need for fresh items approaches it, and never falls below it, as it
 * would if a network saw what it has to predict.
 */
@Tag("slow")
class SequenceTrainingTest {
    private static final Space WORDS = Space.of(new int[] {8}, 5, Scale.ORDERED);
    private static final Space TABLE = Space.of(new int[] {6}, new int[] {5, 6, 5, 7, 5, 5}, Scale.NOMINAL);

    private static final Process ANY_ORDER = new Autoregressive(TABLE, true);
    private static final NetworkConfig ROWS = new CausalTransformerConfig(2, 32, 4, 64, 0, false, 0).withPlaces(true);

    @TempDir
    Path folder;

    @BeforeAll
    static void oneThread() {
        TrainingRuntime.setThreads(1);
    }

    /** Words of three kinds: the letters in even places tell the kind, those in odd places are drawn alone. */
    private static KnownSource source(Space space) {
        KnownSource[] kinds = new KnownSource[3];
        for (int kind = 0; kind < 3; kind++) {
            double[][] distributions = new double[space.dimensions()][];
            for (int place = 0; place < space.dimensions(); place++) {
                distributions[place] = new double[space.categories(place)];
                if (place % 2 == 0) {
                    distributions[place][0] = distributions[place][1] = distributions[place][2] = 0.05;
                    distributions[place][kind] = 0.9;
                } else {
                    distributions[place][3] = 0.7;
                    distributions[place][4] = 0.3;
                }
            }
            kinds[kind] = Sources.independent(space, distributions);
        }
        return Sources.mixture(new double[] {0.25, 0.25, 0.5}, kinds);
    }

    private static MaskingDefinition of(Process process, NetworkConfig config) {
        return new MaskingDefinition(process, OutputDistribution.of(process), config, "");
    }

    static Stream<MaskingDefinition> definitions() {
        TransformerConfig transformer = new TransformerConfig(2, 32, 4, 64, 0, 0);
        return Stream.of(
                of(new Autoregressive(WORDS, true), transformer),
                of(new OrderAgnostic(TABLE), transformer),
                of(ANY_ORDER, ROWS),
                of(new OrderAgnostic(WORDS), new DilatedConfig(4, 32, 32, 3, 3, 8, 8)));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theEntropyIsApproachedFromAbove(MaskingDefinition definition) throws IOException {
        KnownSource source = source(definition.space());
        LikelihoodModel model = trained(definition, source);
        ItemSet drawn = source.items(200, 99);
        List<int[]> fresh = IntStream.range(0, 200).mapToObj(drawn::item).toList();
        double entropy = source.entropyBits() / definition.space().dimensions();
        for (Estimate estimate : List.of(
                model.estimator(Estimator.PLAN, model.plan(definition.space().dimensions()), 1)
                        .measureValues(fresh, 0, LikelihoodModel.NO_PROGRESS),
                model.estimator(Estimator.BOUND, model.plan(1), 1)
                        .measureValues(fresh, 1, LikelihoodModel.NO_PROGRESS))) {
            assertThat(estimate.bitsPerDimension())
                    .as(estimate.estimator())
                    .isGreaterThan(entropy - 4 * estimate.standardError())
                    .isLessThan(1.15 * entropy + 4 * estimate.standardError());
        }
    }

    private LikelihoodModel trained(MaskingDefinition definition, KnownSource source) throws IOException {
        Splits.Split parts = Splits.holdOut(source.items(3_000, 1), 500, 0);
        // Without norms, dilated networks take smaller steps.
        double learningRate = definition.network() instanceof DilatedConfig ? 2e-3 : 4e-3;
        TrainingSettings settings = new TrainingSettings(
                400, 0, 32, learningRate, 50, 0.01, 0.99, 1, 0.98, 64, 0, 5, 3600, TrainingSettings.Precision.FP32);
        Trainer trainer = new Trainer(new MaskingObjective(definition.buildNetwork(), settings), parts, settings);
        trainer.train(folder, new TrainingListener() {}, () -> false);
        return new MaskingModel(definition, trainer.averagedWeights(), Map.of(), Map.of()).open(1);
    }

    /** Any column given any others, by one network: what is said of it costs little more than what is true of it. */
    @Test
    void conditionalsOfRowsApproachThoseOfTheSource() throws IOException {
        KnownSource source = source(TABLE);
        LikelihoodModel model = trained(of(ANY_ORDER, ROWS), source);
        ItemSet drawn = source.items(100, 98);
        List<int[]> rows = IntStream.range(0, 100).mapToObj(drawn::item).toList();
        for (int given : new int[] {0b000000, 0b000100, 0b010001, 0b101010, 0b011101, 0b111011}) {
            boolean[] known = new boolean[6];
            int target = -1;
            for (int column = 0; column < 6; column++) {
                known[column] = (given >> column & 1) == 1;
                target = known[column] ? target : column;
            }
            List<double[]> said = model.conditionals(rows, known, target, LikelihoodModel.NO_PROGRESS);
            double excess = 0;
            for (int n = 0; n < rows.size(); n++) {
                double[] truth = source.conditional(rows.get(n), known, target);
                for (int value = 0; value < truth.length; value++) {
                    excess += truth[value] == 0 ? 0 : truth[value] * Math.log(truth[value] / said.get(n)[value]);
                }
            }
            assertThat(excess / rows.size() / Math.log(2))
                    .as("divergence in bits given " + Integer.toBinaryString(given))
                    .isBetween(0.0, 0.12);
        }
    }
}
