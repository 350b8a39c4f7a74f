package dev.ardm.app.train;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.report.Figure;
import dev.ardm.app.weights.StoredWeights;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.prediction.PredictionModel;
import dev.ardm.core.prediction.PredictionNetwork;
import dev.ardm.core.prediction.PredictionRows;
import dev.ardm.data.Splits;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.sequence.WindowSet;
import dev.ardm.train.PredictionObjective;
import dev.ardm.train.Trainer;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns a model of signals: linear predictors run through the signals, and a network learns from random samples what their predictions
 * are worth. Signals are held out to say what the model makes of others.
 */
public final class SignalTraining {
    /** The name by which a user asks for it, where others are those of networks. */
    public static final String NAME = "prediction";

    /** Width of the network by preset. */
    private static final Map<String, Integer> WIDTHS = Map.of("tiny", 32, "small", 64, "medium", 128, "base", 256);

    private static final int USUAL_WIDTH = 64;

    /** Most samples that a network learns from. */
    private static final int ROWS = 1_000_000;

    /** Part of the memory that they may take. */
    private static final int MEMORY = 4;

    /** Most samples that are gone through for these, about. */
    private static final long SAMPLES = 6_000_000;

    /** Part of the signals that are held out. */
    private static final int HELD_OUT = 20;

    private static final int MOST_HELD_OUT = 200;

    /** Samples in a step, for each item in a step of other networks. */
    private static final int BATCH = 16;

    /** Judged where weights are rounded. */
    private static final int JUDGED = 16_384;

    private final int threads;
    private final Listener listener;
    private final TrainingRun.Stop stop;

    /** Training on threads, which a user may end early. */
    public SignalTraining(int threads, Listener listener, TrainingRun.Stop stop) {
        this.threads = threads;
        this.listener = listener;
        this.stop = stop;
    }

    /** Whether files of a format are signals of which whole ones are learnt. */
    static boolean takes(DataFormat format) {
        return format.layout().sequences()
                && PredictionModel.takes(format.space())
                && format.framesPerSecond().isPresent();
    }

    /**
     * Learns the signals of files, and writes the model to {@link TrainingRun#MODEL} in the folder.
     *
     * @return false if the user ended it early
     * @throws UserError if the folder has a model, or the data are no signals
     */
    public boolean train(Path data, Path folder, RunOptions options, TrainingRun.Origin origin) throws IOException {
        Path file = folder.resolve(TrainingRun.MODEL);
        if (Files.exists(file)) {
            throw new UserError(folder + ": already contains a run; give another --out");
        }
        TrainingData opened = TrainingData.open(data, options.data());
        if (!takes(opened.format())) {
            throw new UserError(data + ": " + NAME + " is for sound, not for files of kind "
                    + opened.format().kind());
        }
        FirstNames.tellRemarks(opened.items().remarks(), listener);
        stop.training();
        PredictionModel model = learn(opened, options);
        if (model == null) {
            return false;
        }
        stop.trained();
        Map<String, String> provenance = new TreeMap<>(model.provenance());
        provenance.put("command", origin.command());
        provenance.put("data", data.toString());
        provenance.put("seed", Long.toString(options.settings().seed()));
        provenance.put("program", origin.program());
        PredictionModel finished = model.withProvenance(provenance);
        Files.createDirectories(folder);
        AtomicFile.write(file, true, stream -> options.stored().write(finished, stream));
        listener.result(
                String.format(Locale.ROOT, "%s: %,d bytes; %s", file, Files.size(file), provenance.get("held_out")));
        return true;
    }

    /**
     * Learns signals.
     *
     * @param data of a format that is {@linkplain #takes taken}
     * @return the model, which says in its provenance what it makes of signals that it has not learnt; null if the user ended it early
     */
    @Nullable
    PredictionModel learn(TrainingData data, RunOptions options) throws IOException {
        List<int[]> signals = signals((WindowSet) data.items());
        if (signals.size() < 2) {
            throw new UserError(Text.count(signals.size(), "recording") + "; at least 2 are needed to learn from");
        }
        TrainingRuntime.setThreads(threads);
        TrainingSettings settings = options.settings();
        int[] order = RandomStream.of(settings.seed(), Purpose.SPLIT, 0).permutation(signals.size());
        int held = Math.max(1, Math.min(MOST_HELD_OUT, signals.size() / HELD_OUT));
        List<int[]> others = chosen(signals, order, 0, held);
        List<int[]> learnt = chosen(signals, order, held, signals.size());
        int channels = data.format().symbolsPerFrame();
        PredictionNetwork network = new PredictionNetwork(WIDTHS.getOrDefault(options.preset(), USUAL_WIDTH));
        PredictionObjective objective = new PredictionObjective(network, settings.seed());
        Splits.Split split = new Splits.Split(
                samples(data, channels, limited(learnt), settings.seed()),
                samples(data, channels, limited(others), settings.seed()));
        RunOptions larger = options.with(Map.of("batch", Integer.toString(BATCH * settings.batch())));
        Lengths lengths = Lengths.of(larger);
        Trainer trainer = new Trainer(objective, split, lengths.first());
        try (Listener.Task progress = listener.begin("train", 1000)) {
            trainer.train(null, new TrainingProgress(progress), stop::requested);
        }
        TrainingSettings rest = lengths.rounded();
        StoredWeights.Tuning tuning = (rounding, rounded) -> {
            try (Listener.Task progress = listener.begin("train rounded", 1000)) {
                return rounding.tune(
                        rounded, rest == null ? settings : rest, new TrainingProgress(progress), stop::requested);
            }
        };
        if (stop.requested()) {
            return null;
        }
        StoredWeights stored = StoredWeights.of(
                options.stored(),
                0,
                objective,
                JUDGED,
                trainer.bestWeights().weights(),
                split,
                rest == null ? null : tuning);
        if (stop.requested()) {
            return null;
        }
        if (!stored.sentence().isEmpty()) {
            listener.result(stored.sentence());
        }
        PredictionModel model = new PredictionModel(
                data.format().space(),
                channels,
                network,
                stored.weights(),
                PredictionModel.unusedBits(data.format().space(), learnt),
                data.format().definition(),
                Map.of());
        return model.withProvenance(Map.of("held_out", worth(model, data.format(), others)));
    }

    private static List<int[]> signals(WindowSet windows) {
        return new AbstractList<>() {
            @Override
            public int[] get(int index) {
                return windows.wholeSequence(index);
            }

            @Override
            public int size() {
                return windows.sequences();
            }
        };
    }

    private static List<int[]> chosen(List<int[]> signals, int[] order, int from, int to) {
        return new AbstractList<>() {
            @Override
            public int[] get(int index) {
                return signals.get(order[from + index]);
            }

            @Override
            public int size() {
                return to - from;
            }
        };
    }

    /** The first signals, as far as they do not have too many samples; at least one. */
    private static List<int[]> limited(List<int[]> signals) {
        List<int[]> limited = new ArrayList<>();
        long samples = 0;
        for (int k = 0; k < signals.size() && samples < SAMPLES; k++) {
            limited.add(signals.get(k));
            samples += limited.get(k).length;
        }
        return limited;
    }

    private PredictionObjective.Samples samples(TrainingData data, int channels, List<int[]> signals, long seed) {
        long fitting = Runtime.getRuntime().maxMemory() / MEMORY / PredictionRows.BYTES;
        int most = (int) Math.max(1, Math.min(ROWS, fitting));
        try (Listener.Task progress = listener.begin("predict", signals.size())) {
            return new PredictionObjective.Samples(
                    PredictionRows.of(data.format().space(), channels, signals, most, seed, progress::accept));
        }
    }

    private String worth(PredictionModel model, DataFormat format, List<int[]> others) {
        try (Listener.Task progress = listener.begin("measure", others.size())) {
            LikelihoodModel open = model.open(threads);
            Estimate estimate = open.estimators(open.plan(1), format.layout(), 1).stream()
                    .filter(one -> one.kind().equals(Estimator.PLAN))
                    .findAny()
                    .orElseThrow()
                    .measure(others.stream().map(Item::of).toList(), 0, progress);
            return Figure.of(estimate) + " bits a sample on " + Text.count(estimate.items(), "recording")
                    + " that it had not learnt";
        }
    }
}
