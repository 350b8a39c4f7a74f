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
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Learns models that could store items while the network of a run fills in. Of images these are counts of pixels, which take seconds, and
 * where there is enough to learn from a causal network; of sound linear predictors. By what held-out items cost it chooses the one that
 * makes model and all items smallest.
 */
final class StoringPart {
    /** Of the time of a run, what a network that may store gets. */
    private static final double SHARE = 0.4;

    /** Of fewer images a network learns less than counts, and costs more than it saves. */
    private static final int FEWEST_FOR_NETWORKS = 1_000;

    private static final double FEWEST_MINUTES = 1;
    private static final long FEWEST_STEPS = 1_000;

    /** Of steps that train predictors of sound at all. */
    private static final long FEWEST_OF_SOUND = 200;

    /** How much larger all may be by a model of one call than by the network that fills in, which takes many. */
    private static final double FOR_SPEED = 1.02;

    private final Path folder;
    private final int threads;
    private final Listener listener;
    private final TrainingData data;
    private final Splits.Split split;
    private final RunOptions options;
    private final List<Contender> contenders = new ArrayList<>();
    private double minutes;
    private boolean shared;

    /**
     * A model that may store.
     *
     * @param name for people
     * @param calls network calls an item
     */
    private record Contender(String name, Model model, int calls) {}

    /**
     * What it costs.
     *
     * @param bits of a value of held-out items
     * @param modelBytes of the model
     * @param bytes of the model and the items of the run
     */
    private record Priced(Contender one, Figure bits, long modelBytes, double bytes) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s %s%s, %,d bytes of model",
                    one.name,
                    bits,
                    one.calls > 1 ? " by " + one.calls + " calls" : "",
                    modelBytes);
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

    /** Whether a run is to make a pair: the default of images without labels, and of sound. */
    static boolean wanted(TrainingData data, RunOptions options) {
        return options.method().network().equals(Presets.PAIR)
                && data.classes() == 0
                && (PixelCountsModel.takes(data.items().space()) || SignalTraining.takes(data.format()));
    }

    /**
     * Learns them.
     *
     * @return false if the user ended it early
     */
    boolean train(TrainingRun.Stop stop) throws IOException {
        TrainingSettings settings = options.settings();
        if (SignalTraining.takes(data.format())) {
            if (settings.steps() > 0 && settings.steps() < FEWEST_OF_SOUND) {
                return true;
            }
            shared = true;
            Model trained = new SignalTraining(threads, listener, stop).learn(data, options.lasting(SHARE, 0));
            if (trained == null) {
                return false;
            }
            contenders.add(new Contender("linear prediction", trained, 1));
            return true;
        }
        long begun = System.nanoTime();
        contenders.add(new Contender("counts of pixels", counts(split.training()), 1));
        minutes = (System.nanoTime() - begun) / 60e9;
        boolean enough = settings.steps() > 0 ? settings.steps() >= FEWEST_STEPS : settings.minutes() >= FEWEST_MINUTES;
        if (!enough || data.items().size() < FEWEST_FOR_NETWORKS) {
            return true;
        }
        MethodOptions method = MethodOptions.suiting(null, "causal");
        Process process = method.process(split.training(), 0);
        OutputDistribution distribution = method.distribution(process);
        MaskingDefinition definition = new MaskingDefinition(
                process,
                distribution,
                Presets.of(Presets.measured(options.preset()), method.kind(), process, distribution),
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
        shared = true;
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
        return options.lasting(shared ? 1 - SHARE : 1, minutes);
    }

    /**
     * The model of the run: a pair, or the network alone if nothing else stores as well.
     *
     * @param filling the network that fills in
     * @param items held-out ones
     */
    Model joined(MaskingModel filling, List<int[]> items) throws IOException {
        if (contenders.isEmpty()) {
            return filling;
        }
        int calls = filling.scheduleCosts()
                .map(CallCurve::usualCalls)
                .filter(usual -> usual.isPresent())
                .map(usual -> usual.getAsInt())
                .orElse(CallCurve.MOST_USUAL);
        Priced alone = priced(new Contender("the network that fills in", filling, calls), items);
        List<Priced> all = new ArrayList<>();
        for (Contender one : contenders) {
            all.add(priced(one, items));
        }
        Priced best = Collections.min(all, Comparator.comparingDouble(Priced::bytes));
        Priced chosen = best.bytes() <= FOR_SPEED * alone.bytes() ? best : alone;
        all.add(alone);
        String why = String.format(
                Locale.ROOT,
                "%s stores, because it makes model and %,d items smallest; bits/dim on the same %d held-out items: %s",
                chosen.one().name(),
                items(),
                items.size(),
                all.stream().map(Priced::toString).collect(Collectors.joining("; ")));
        listener.result(why);
        if (chosen == alone) {
            return filling;
        }
        Map<String, String> provenance = new LinkedHashMap<>(filling.provenance());
        provenance.put("storing", why);
        Map<String, String> own = new LinkedHashMap<>(filling.provenance());
        own.keySet().retainAll(List.of("command", "data", "seed", "program"));
        own.putAll(chosen.one().model().provenance());
        own.putIfAbsent(
                "held_out",
                chosen.bits() + " bits a value on " + items.size()
                        + " items that a model of the others had not learnt");
        Model model = chosen.one().model();
        Model storing = model instanceof PixelCountsModel ? all(model) : model;
        return Models.pair(storing.withProvenance(own), filling, provenance);
    }

    /** Counts of all images, if those of the ones that were not held out are still few. */
    private Model all(Model counts) throws IOException {
        int some = split.training().size();
        return CountsModels.learnt(counts, some) < some ? counts : counts(data.items());
    }

    private Priced priced(Contender one, List<int[]> items) throws IOException {
        LikelihoodModel open = one.model().open(threads);
        Figure bits = Figure.of(open.estimator(Estimator.PLAN, open.plan(one.calls()), 1)
                .measureValues(items, 0, LikelihoodModel.NO_PROGRESS));
        long modelBytes = options.stored().size(one.model());
        double values = (double) items() * data.items().space().dimensions();
        return new Priced(one, bits, modelBytes, modelBytes + bits.bitsPerDimension() * values / Byte.SIZE);
    }

    /** How many items it is for: those of the run, unless the user says otherwise. */
    private long items() {
        return options.forItems() > 0 ? options.forItems() : data.items().size();
    }
}
