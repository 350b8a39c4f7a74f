package dev.ardm.core.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.Plan;
import dev.ardm.core.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictionModelTest extends LikelihoodModelSuite {
    private static final Space SOUND = space(8, 1 << 16);

    private static Space space(int length, int categories) {
        return Space.of(new int[] {length}, categories, Space.Scale.ORDERED);
    }

    /** Weights that are not trained, of which no output is zero. */
    static PredictionModel model(Space space, int channels, int width, long seed) {
        PredictionNetwork network = new PredictionNetwork(width);
        Weights weights = network.initial(seed);
        String head = PredictionNetwork.HEAD + ".weight";
        float[] values = weights.get(head).clone();
        Random random = new Random(seed);
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian() / 20;
        }
        float[] unused = PredictionModel.unusedBits(space, List.of());
        return new PredictionModel(space, channels, network, weights.with(head, values), unused, "", Map.of());
    }

    @Override
    protected Stream<Case> models() {
        return Stream.of(
                new Case("sound", model(SOUND, 1, 8, 1)),
                new Case("stereo", model(SOUND, 2, 5, 2)),
                new Case("eight bits", model(space(6, 256), 1, 16, 3)));
    }

    @Override
    protected Stream<Case> tinyModels() {
        return Stream.of(new Case("two", model(space(2, 5), 1, 4, 4)));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(PredictionLikelihood.PLAN);
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return PredictionLikelihood.PLAN;
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        boolean[] known = new boolean[model.space().dimensions()];
        Arrays.fill(known, 0, 2, true);
        return known;
    }

    /** Two decaying tones and noise, in steps of a power of two. */
    private static int[] tones(int length, int unused, long seed) {
        Random random = new Random(seed);
        int[] values = new int[length];
        for (int k = 0; k < length; k++) {
            double sound = 9000 * Math.sin(0.21 * k) * Math.exp(-k / 900.0)
                    + 4000 * Math.sin(0.83 * k + 1)
                    + 20 * random.nextGaussian();
            values[k] = ((int) sound >> unused << unused) + (1 << 15);
        }
        return values;
    }

    private static double bits(LikelihoodModel model, int[] values) {
        return Arrays.stream(model.scorer(model.plan(1), ItemLayout.sequences(0, 0))
                        .unitBits(List.of(Item.of(values)), LikelihoodModel.NO_PROGRESS)
                        .get(0))
                .sum();
    }

    /** The tones have an entropy of 20 sqrt(2 pi e), which is 6.4 bits. */
    @Test
    void learnsTonesWhileTheyAreCoded() {
        LikelihoodModel model = model(SOUND, 1, 8, 1).open(1);
        assertThat(bits(model, tones(3000, 0, 1)) / 3000).isBetween(6.37, 7.2);
    }

    @Test
    void paysNothingForBitsThatAnItemDoesNotUse() {
        LikelihoodModel model = model(SOUND, 1, 8, 1).open(1);
        int[] coarse = tones(2000, 8, 1);
        assertThat(bits(model, coarse) / 2000).isLessThan(3);
        coarse[1999]++;
        assertThat(bits(model, coarse) / 2000).isGreaterThan(5);
    }
}
