package dev.ardm.bench;

import dev.ardm.core.Space;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.AbsorbingDiffusion;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.source.KnownSource;
import dev.ardm.data.source.Sources;
import dev.ardm.train.MaskingObjective;
import dev.ardm.train.Trainer;
import dev.ardm.train.TrainingListener;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.runtime.TrainingRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains small models on sources whose entropy and loss components are known exactly, and prints how far above them the models
 * stay: the bound minus what the items cost under the source, and the largest difference of the two curves. Usage: [SEED...], default 1 2 3.
 */
public final class KnownSources {
    private static final int FRESH = 2_000;

    private KnownSources() {}

    private record Case(KnownSource source, NetworkConfig network, long steps, boolean exactCurve) {}

    public static void main(String[] arguments) throws Exception {
        TrainingRuntime.setThreads(1);
        List<Long> seeds = new ArrayList<>();
        for (String argument : arguments.length == 0 ? new String[] {"1", "2", "3"} : arguments) {
            seeds.add(Long.parseLong(argument));
        }
        System.out.println(
                "| source | seed | entropy | of the items | bound minus that of the items | largest excess of a loss"
                        + " component | absorbing, 20 steps | 1000 steps |\n|---|---|---|---|---|---|---|---|");
        for (Map.Entry<String, Case> entry : cases().entrySet()) {
            for (long seed : seeds) {
                row(entry.getKey(), entry.getValue(), seed);
            }
        }
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        UNetConfig unet =
                new UNetConfig(List.of(32, 64), List.of(1, 1), List.of(1), List.of(false, true), 2, 4, 8, 16, 32, 0);
        TransformerConfig transformer = new TransformerConfig(3, 64, 4, 128, 0, 0);
        cases.put(
                "Ising field 4x4, coupling 0.45, field 0.05", new Case(Sources.ising4x4(0.45, 0.05), unet, 3000, true));
        cases.put("Markov text, order 2, 24 of 4", new Case(Sources.markov(24, 2, 4, 7), transformer, 4000, false));
        Space words = Space.of(new int[] {8}, 5, Space.Scale.NOMINAL);
        KnownSource[] kinds = new KnownSource[3];
        for (int kind = 0; kind < kinds.length; kind++) {
            double[] telling = {0.05, 0.05, 0.05, 0, 0};
            telling[kind] = 0.9;
            double[][] distributions = new double[8][];
            for (int place = 0; place < 8; place++) {
                distributions[place] = place % 2 == 0 ? telling : new double[] {0, 0, 0, 0.7, 0.3};
            }
            kinds[kind] = Sources.independent(words, distributions);
        }
        cases.put(
                "Mixture of 3 kinds of words, 8 of 5",
                new Case(Sources.mixture(new double[] {0.25, 0.25, 0.5}, kinds), transformer, 2000, true));
        return cases;
    }

    private static void row(String name, Case test, long seed) throws Exception {
        KnownSource source = test.source();
        Splits.Split parts = Splits.holdOut(source.items(20_000, seed), 500, seed);
        TrainingSettings settings = new TrainingSettings(
                test.steps(),
                0,
                64,
                2e-3,
                100,
                0.01,
                0.99,
                1,
                0.995,
                64,
                0,
                seed,
                3600,
                TrainingSettings.Precision.FP32);
        Process process = new OrderAgnostic(source.space());
        OutputDistribution distribution = OutputDistribution.of(process);
        Trainer trainer = new Trainer(
                new MaskingObjective(Network.of(test.network(), process, distribution), settings), parts, settings);
        trainer.train(null, new TrainingListener() {}, () -> false);
        LikelihoodModel model = new MaskingModel(
                        new MaskingDefinition(process, distribution, test.network(), ""),
                        trainer.averagedWeights(),
                        Map.of(),
                        Map.of())
                .open(1);
        ItemSet drawn = source.items(FRESH, seed + 1000);
        List<int[]> fresh = IntStream.range(0, FRESH).mapToObj(drawn::item).toList();
        int dimensions = source.space().dimensions();
        Estimate bound = model.estimator(Estimator.BOUND, model.plan(1), 8)
                .measureValues(fresh, seed, LikelihoodModel.NO_PROGRESS);
        double[] exact = test.exactCurve()
                ? source.lossCurve()
                : source.estimateLossCurve(2_000, seed).bits();
        double[][] measured = CallCosts.of(model)
                .inRandomOrders(fresh, IntStream.range(0, dimensions).toArray(), seed, LikelihoodModel.NO_PROGRESS);
        double[] curve = new double[dimensions];
        double excess = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < dimensions; t++) {
            curve[t] = java.util.Arrays.stream(measured[t]).average().orElse(Double.NaN);
            excess = Math.max(excess, curve[t] - exact[t]);
        }
        // Beside what these very items cost under the source's own distribution, which takes most of the chance out.
        double information = fresh.stream()
                .mapToDouble(item -> -source.logProb(item))
                .average()
                .orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.4f | %.4f | %.4f ± %.4f | %.4f | %.4f | %.4f |%n",
                name,
                seed,
                source.entropyBits() / dimensions,
                information / dimensions,
                bound.bitsPerDimension() - information / dimensions,
                bound.standardError(),
                excess,
                new AbsorbingDiffusion(AbsorbingSchedule.LINEAR, dimensions, 20).boundBits(curve) / dimensions,
                new AbsorbingDiffusion(AbsorbingSchedule.LINEAR, dimensions, 1000).boundBits(curve) / dimensions);
    }
}
