package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A causal network learns a field of known entropy: what it needs for fresh items approaches it, and never falls below it, as it would if a
 * place saw what it has to predict.
 */
class CausalTrainingTest {
    private static final Space SPACE = Space.image(6, 5, 1, 2);
    private static final double CHANGE = 0.1;

    /** Images in which a value is that above and to the right, or to the left in the last column, but for one in ten. */
    private static List<int[]> items(int count, long first) {
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            RandomStream random = RandomStream.of(8, Purpose.TEST, first + n);
            int[] item = new int[SPACE.dimensions()];
            for (int place = 0; place < item.length; place++) {
                int x = place % 5;
                int from = place >= 5 && x < 4 ? place - 4 : x > 0 ? place - 1 : -1;
                int like = from < 0 ? (random.nextDouble() < 0.5 ? 1 : 0) : item[from];
                item[place] = from >= 0 && random.nextDouble() < CHANGE ? 1 - like : like;
            }
            items.add(item);
        }
        return items;
    }

    /** The first value is a fair coin, all others are drawn given one before them. */
    private static double entropyBits() {
        double each = -(CHANGE * Math.log(CHANGE) + (1 - CHANGE) * Math.log(1 - CHANGE)) / Math.log(2);
        return 1 + (SPACE.dimensions() - 1) * each;
    }

    @Test
    void theEntropyIsApproachedFromAbove() throws IOException {
        TrainingRuntime.setThreads(1);
        Process process = new Autoregressive(SPACE, false);
        MaskingDefinition definition = new MaskingDefinition(
                process,
                OutputDistribution.of(process),
                new CausalConfig(12, 2, 2, 2, false, false, List.of(Block.convolution(1, 1), Block.pointwise())),
                "");
        TrainingSettings settings = new TrainingSettings(
                250, 0, 32, 5e-3, 20, 0.01, 0.99, 1, 0.98, 7, 0, 5, 3600, TrainingSettings.Precision.FP32);
        Splits.Split parts = Splits.holdOut(PackedItemSet.of(SPACE, items(3_000, 0), null), 200, 0);
        Trainer trainer = new Trainer(new MaskingObjective(definition.buildNetwork(), settings), parts, settings);
        trainer.train(null, new TrainingListener() {}, () -> false);
        LikelihoodModel model = new MaskingModel(definition, trainer.averagedWeights(), Map.of(), Map.of()).open(1);
        Estimate estimate = model.estimator(Estimator.PLAN, model.plan(1), 1)
                .measureValues(items(300, 10_000), 0, LikelihoodModel.NO_PROGRESS);
        double entropy = entropyBits() / SPACE.dimensions();
        assertThat(estimate.bitsPerDimension())
                .isGreaterThan(entropy - 4 * estimate.standardError())
                .isLessThan(1.05 * entropy + 4 * estimate.standardError());
        assertThat(model.plan(1).calls()).isEqualTo(5 + 2 * 5);
    }
}
