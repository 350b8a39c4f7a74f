package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.weights.StoredWeights;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Verb;
import dev.ardm.core.network.Weights;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageGrid;
import dev.ardm.train.BestWeights;
import dev.ardm.train.MaskingObjective;
import dev.ardm.train.RoundedWeights;
import dev.ardm.train.Trainer;
import dev.ardm.train.TrainingListener;
import dev.ardm.train.TrainingReport;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.WeightRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network in a folder: {@code metrics.jsonl}, {@code samples/} and {@code checkpoints/}, from the newest of which it goes on.
 *
 * @param stop ends it early, with a checkpoint
 */
record NetworkTraining(Path folder, int threads, Listener listener, TrainingRun.Stop stop) {
    private static final int SAMPLE_COUNT = 25;
    private static final int SAMPLE_CALLS = 32;

    /** Of the lengths of items. */
    private static final int QUANTILES = 64;

    /** Where checkpoints are in a folder. */
    static Path checkpoints(Path folder) {
        return folder.resolve("checkpoints");
    }

    /**
     * Trains, from the newest checkpoint if there is one.
     *
     * @param items of which the split is
     * @return with rounded weights; null if the user ended it early
     */
    @Nullable
    MaskingModel train(MaskingDefinition definition, Splits.Split split, RunOptions options, ItemSet items)
            throws IOException {
        Files.createDirectories(folder.resolve("samples"));
        Network network = definition.buildNetwork();
        Lengths lengths = Lengths.of(options);
        MaskingObjective objective = new MaskingObjective(network, lengths.first());
        Trainer trainer = Trainer.canResume(checkpoints(folder))
                ? resumed(objective, split, lengths.first())
                : new Trainer(objective, split, lengths.first());
        MetricsLog metrics = new MetricsLog(folder, trainer.step());
        try (Listener.Task progress = listener.begin("train", 1000)) {
            trainer.train(checkpoints(folder), watcher(definition, options, metrics, progress), stop::requested);
        }
        if (stop.requested()) {
            return null;
        }
        BestWeights best = trainer.bestWeights();
        if (best.step() < trainer.step()) {
            listener.result(String.format(
                    Locale.ROOT,
                    "step %,d of %,d was best on held-out items, %.4f bits/dim; its weights go on",
                    best.step(),
                    trainer.step(),
                    best.bits()));
        }
        TrainingSettings rest = lengths.rounded();
        StoredWeights stored = StoredWeights.of(
                options.stored(),
                options.forItems(),
                objective,
                StoredWeights.measured(network),
                best.weights(),
                split,
                rest == null ? null : (rounding, rounded) -> tuned(rounding, rounded, rest));
        if (stop.requested()) {
            return null;
        }
        if (!stored.sentence().isEmpty()) {
            listener.result(stored.sentence());
        }
        return new MaskingModel(definition, stored.weights(), Map.of(), Map.of()).withLengths(lengths(network, items));
    }

    /** Trains with rounded weights. No checkpoint has these: going on does it again. */
    private RoundedWeights tuned(WeightRounding rounding, RoundedWeights rounded, TrainingSettings length)
            throws IOException {
        try (Listener.Task progress = listener.begin("train rounded", 1000)) {
            return rounding.tune(rounded, length, new TrainingProgress(progress), stop::requested);
        }
    }

    /** Quantiles of the lengths of items, if some are shorter than the network's and it knows ends. */
    private static int[] lengths(Network network, ItemSet items) {
        int[] all = IntStream.range(0, network.ends() ? items.size() : 0)
                .map(items::length)
                .sorted()
                .toArray();
        if (all.length == 0 || all[0] == network.space().dimensions()) {
            return new int[0];
        }
        return IntStream.range(0, QUANTILES)
                .map(i -> all[(int) ((2L * i + 1) * all.length / (2L * QUANTILES))])
                .toArray();
    }

    private Trainer resumed(MaskingObjective objective, Splits.Split split, TrainingSettings settings)
            throws IOException {
        try {
            return Trainer.resume(objective, split, settings, checkpoints(folder));
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "; if the checkpoint is damaged, delete " + checkpoints(folder)
                            + " to begin the run anew",
                    e);
        }
    }

    private TrainingListener watcher(
            MaskingDefinition definition, RunOptions options, MetricsLog metrics, Listener.Task progress) {
        return new TrainingProgress(progress) {
            private double nextSamples;
            private double fraction;

            @Override
            public void onStep(long step, double done, double bits) {
                fraction = done;
                super.onStep(step, done, bits);
            }

            @Override
            public void onReport(TrainingReport report, Weights averaged) throws IOException {
                metrics.add(report);
                super.onReport(report, averaged);
                if (fraction >= nextSamples) {
                    nextSamples = fraction + 0.1;
                    MaskingModel model = new MaskingModel(definition, averaged, Map.of(), Map.of());
                    writeSamples(model, options.settings().seed(), report.step());
                }
            }
        };
    }

    private void writeSamples(MaskingModel model, long seed, long step) throws IOException {
        LikelihoodModel likelihood = model.open(threads);
        if (!likelihood.verbs().contains(Verb.SAMPLE)) {
            return;
        }
        // A causal network that keeps nothing begins anew for each value.
        int count = model.process().causal() && !model.network().stepwise() ? 4 : SAMPLE_COUNT;
        List<int[]> samples =
                likelihood.sample(count, likelihood.plan(SAMPLE_CALLS), seed, LikelihoodModel.NO_PROGRESS);
        Space space = model.space();
        Path path = folder.resolve("samples");
        if (space.rank() == 3) {
            ImageGrid.write(
                    path.resolve("step-" + step + ".png"), space, samples, 5, Math.max(1, 64 / space.extent(0)));
        } else {
            NpyFile.write(path.resolve("step-" + step + ".npy"), PackedItemSet.of(space, samples, null));
        }
    }
}
