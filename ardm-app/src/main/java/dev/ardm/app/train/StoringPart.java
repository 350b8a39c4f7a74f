package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.report.Figure;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.family.CountsModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Learns models of images that could store them while the network of a run fills in, and chooses the one by which held-out images cost the
 * fewest bits: counts of pixels, which take seconds, and where there is enough to learn from a causal network.
 */
final class StoringPart {
    /** Of the time of a run, what the causal network gets. */
    private static final double SHARE = 0.4;

    /** Of fewer images a network learns less than counts, and costs more than it saves. */
    private static final int FEWEST_FOR_NETWORKS = 1_000;

    private static final double FEWEST_MINUTES = 2;
    private static final long FEWEST_STEPS = 1_000;

    /** Bits that a model of one call may cost more than the network that fills in, which takes many. */
    private static final double FOR_SPEED = 1.02;

    private final Path folder;
    private final int threads;
    private final Listener listener;
    private final TrainingData data;
    private final Splits.Split split;
    private final RunOptions options;
    private final List<Contender> contenders = new ArrayList<>();
    private double minutes;

    /**
     * A model that may store.
     *
     * @param name for people
     * @param calls network calls an item
     */
    private record Contender(String name, Model model, int calls) {
        Figure cost(List<int[]> items, int threads) {
            LikelihoodModel open = model.open(threads);
            return Figure.of(open.estimator(Estimator.PLAN, open.plan(calls), 1)
                    .measureValues(items, 0, LikelihoodModel.NO_PROGRESS));
        }
    }

    /**
     * What learns them.
     *
     * @param folder of the causal network
     * @param options of the run
     */
    StoringPart(
            Path folder, int threads, Listener listener, TrainingData data, Splits.Split split, RunOptions options) {
        this.folder = folder;
        this.threads = threads;
        this.listener = listener;
        this.data = data;
        this.split = split;
        this.options = options;
    }

    /** Whether a run is to make a pair: the default of images without labels. */
    static boolean wanted(TrainingData data, RunOptions options) {
        return options.method().network().equals(Presets.PAIR)
                && data.classes() == 0
                && PixelCountsModel.takes(data.items().space());
    }

    /**
     * Learns them.
     *
     * @return false if the user ended it early
     */
    boolean train(TrainingRun.Stop stop) throws IOException {
        long begun = System.nanoTime();
        contenders.add(new Contender("counts of pixels", counts(split.training()), 1));
        minutes = (System.nanoTime() - begun) / 60e9;
        TrainingSettings settings = options.settings();
        boolean enough =
                settings.steps() > 0 ? settings.steps() >= FEWEST_STEPS : settings.minutes() >= FEWEST_MINUTES;
        if (!enough || data.items().size() < FEWEST_FOR_NETWORKS) {
            return true;
        }
        MethodOptions method = MethodOptions.suiting(null, "causal");
        Process process = method.process(data.items().space());
        OutputDistribution distribution = method.distribution(process);
        MaskingDefinition definition = new MaskingDefinition(
                process,
                distribution,
                Presets.of(Presets.measured(options.preset()), method.network(), process, distribution),
                data.format().definition());
        listener.result(String.format(
                Locale.ROOT,
                "first a causal network with %,d parameters, which may store the images",
                definition.buildNetwork().parameterCount()));
        RunOptions own = options.with(Map.of("coding-order", "0")).lasting(SHARE, 0);
        MaskingModel trained =
                new NetworkTraining(folder, threads, listener, stop).train(definition, split, own, data.items());
        if (trained == null) {
            return false;
        }
        contenders.add(new Contender("the causal network", trained, 1));
        return true;
    }

    private Model counts(ItemSet items) throws IOException {
        List<int[]> images = new AbstractList<>() {
            @Override
            public int[] get(int index) {
                return items.item(index);
            }

            @Override
            public int size() {
                return items.size();
            }
        };
        try (Listener.Task progress = listener.begin("count", 1)) {
            Model counts = CountsModels.learn(
                    items.space(),
                    data.format().layout(),
                    data.format().definition(),
                    images,
                    new CountsOptions(Optional.empty(), 0));
            progress.accept(1);
            return counts;
        }
    }

    /** The options of the network that fills in: it gets the time that is left. */
    RunOptions rest() {
        return options.lasting(contenders.size() > 1 ? 1 - SHARE : 1, minutes);
    }

    /**
     * The model of the run: a pair, or the network alone if nothing else stores as well.
     *
     * @param filling the network that fills in
     * @param items held-out images
     */
    Model joined(MaskingModel filling, List<int[]> items) throws IOException {
        int calls = filling.scheduleCosts()
                .map(CallCurve::usualCalls)
                .filter(usual -> usual.isPresent())
                .map(usual -> usual.getAsInt())
                .orElse(CallCurve.MOST_USUAL);
        Contender alone = new Contender("the network that fills in", filling, calls);
        Contender chosen = alone;
        Figure lowest = alone.cost(items, threads);
        double limit = FOR_SPEED * lowest.bitsPerDimension();
        List<String> costs = new ArrayList<>();
        costs.add(String.format(Locale.ROOT, "%s %s by %d calls (%,d bytes)", alone.name(), lowest, calls, bytes(filling)));
        for (Contender one : contenders) {
            Figure cost = one.cost(items, threads);
            costs.add(String.format(Locale.ROOT, "%s %s (%,d bytes)", one.name(), cost, bytes(one.model())));
            if (cost.bitsPerDimension() <= limit) {
                chosen = one;
                lowest = cost;
                limit = cost.bitsPerDimension();
            }
        }
        String why = String.format(
                Locale.ROOT,
                "%s stores: bits/dim on the same %d held-out images: %s",
                chosen.name(),
                items.size(),
                String.join(", ", costs));
        listener.result(why);
        if (chosen == alone) {
            return filling;
        }
        Map<String, String> provenance = new LinkedHashMap<>(filling.provenance());
        provenance.put("storing", why);
        Map<String, String> own = new LinkedHashMap<>(filling.provenance());
        own.keySet().retainAll(List.of("command", "data", "seed", "program"));
        own.put(
                "held_out",
                lowest + " bits a value on " + items.size() + " items that a model of the others had not learnt");
        Model storing = chosen.model() instanceof MaskingModel ? chosen.model() : all(chosen.model());
        return Models.pair(storing.withProvenance(own), filling, provenance);
    }

    /** Counts of all images, if those of the ones that were not held out are still few. */
    private Model all(Model counts) throws IOException {
        int some = split.training().size();
        return CountsModels.learnt(counts, some) < some ? counts : counts(data.items());
    }

    private long bytes(Model model) throws IOException {
        long[] count = new long[1];
        ModelFile.write(model, options.stored(), new OutputStream() {
            @Override
            public void write(int b) {
                count[0]++;
            }

            @Override
            public void write(byte[] b, int from, int length) {
                count[0] += length;
            }
        });
        return count[0];
    }
}
