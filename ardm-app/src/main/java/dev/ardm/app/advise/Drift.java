package dev.ardm.app.advise;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.pack.ItemSample;
import dev.ardm.app.pack.PrimerSearch;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether new items still look like what a model was trained on: what they cost by the model, beside what held-out items cost when it
 * was trained.
 *
 * @param listener receives it as results
 */
public record Drift(int threads, Listener listener) {
    private static final Pattern FIGURE = Pattern.compile("([0-9.]+) \\+- ([0-9.]+|NaN)");
    private static final List<String> FIGURES = List.of("held_out", "validation_bits_per_dimension");
    private static final long MOST_SYMBOLS = 1 << 18;
    private static final int MOST_ITEMS = 2_000;
    /** A network takes seconds for some items. */
    private static final int MOST_FOR_NETWORKS = 32;

    private static final int DRAWS = 4; // Of the bound, as training reports it.
    private static final double SURE = 3; // Standard errors.
    private static final double LITTLE = 0.1;
    private static final double MUCH = 0.5;

    /** Bits for a value, with the standard error. */
    record Figure(double bits, double error) {}

    /** Looks at new items. */
    public void look(LikelihoodModel whole, Path path) throws IOException {
        LikelihoodModel model = whole.part(Verb.SCORE, ItemLayout.VALUES);
        DataFormat format = TrainingData.formatOf(model.model());
        boolean counts = model.model() instanceof CountsModel;
        List<Item> items = counts ? sample(format, path) : windows(format, path);
        if (items.isEmpty()) {
            throw new UserError(path + ": no items");
        }
        Estimate now;
        try (Listener.Task progress = listener.begin("measure", items.size())) {
            now = counts
                    ? LearningCurve.measure(model, format, items)
                    : model.estimator(cheapest(model), model.plan(1), DRAWS).measure(items, 0, progress);
        }
        listener.result(String.format(
                Locale.ROOT,
                "%s: %.4f +- %.4f bits a value on %s",
                path,
                now.bitsPerDimension(),
                now.standardError(),
                Text.count(items.size(), "item")));
        Optional<Figure> before = trained(model.model());
        if (before.isEmpty()) {
            listener.result(
                    "the model file does not say what held-out items cost, so there is nothing to compare with");
        } else {
            listener.result(String.format(
                    Locale.ROOT,
                    "held-out items cost %.4f +- %.4f when the model was trained: %s",
                    before.get().bits(),
                    before.get().error(),
                    words(before.get(), new Figure(now.bitsPerDimension(), now.standardError()))));
        }
        if (counts) {
            again(format, items, now.bitsPerDimension());
        } else {
            listener.result(
                    "whether a network that is trained again would be better shows only when one is: train it on "
                            + "the new items too, and compare both with ardm eval");
        }
    }

    /** The method that training reports: the bound by a network, or the exact cost where it takes no more calls. */
    private static String cheapest(LikelihoodModel model) {
        return model.estimators(model.plan(1), ItemLayout.VALUES, DRAWS).stream()
                        .anyMatch(one -> one.kind().equals(Estimator.BOUND))
                ? Estimator.BOUND
                : Estimator.PLAN;
    }

    private static List<Item> sample(DataFormat format, Path path) throws IOException {
        List<Item> items;
        try (ItemCursor cursor = format.wholeItems(List.of(path))) {
            items = ItemSample.of(cursor, MOST_SYMBOLS).items();
        }
        int every = 1 + items.size() / MOST_ITEMS;
        List<Item> some = new ArrayList<>();
        for (int k = 0; k < items.size(); k += every) {
            if (items.get(k).values().length > 0) {
                some.add(items.get(k));
            }
        }
        return some;
    }

    private static List<Item> windows(DataFormat format, Path path) throws IOException {
        return format.evaluationItems(List.of(path)).limit(MOST_FOR_NETWORKS).all().stream()
                .map(Item::of)
                .toList();
    }

    /** The cost of the items that training held out. The model file may have it. */
    static Optional<Figure> trained(Model model) {
        for (String name : FIGURES) {
            Matcher figure = FIGURE.matcher(model.provenance().getOrDefault(name, ""));
            if (figure.find()) {
                double error = figure.group(2).equals("NaN") ? 0 : Double.parseDouble(figure.group(2));
                return Optional.of(new Figure(Double.parseDouble(figure.group(1)), error));
            }
        }
        return Optional.empty();
    }

    /** What a change of the cost means. */
    static String words(Figure before, Figure now) {
        double change = before.bits() == 0 ? 0 : now.bits() / before.bits() - 1;
        double errors = Math.hypot(before.error(), Double.isNaN(now.error()) ? 0 : now.error());
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * Math.abs(change));
        if (Math.abs(now.bits() - before.bits()) <= SURE * errors) {
            return "the new items look like what it was trained on";
        }
        if (change < 0) {
            return "the new items cost " + percent
                    + " less: they are simpler than what it was trained on, or it has learnt them";
        }
        if (change < LITTLE) {
            return "the new items cost " + percent + " more: a slight drift, the model still fits";
        }
        return change < MUCH
                ? "the new items cost " + percent + " more: they have drifted"
                : "the new items cost " + percent + " more: they are not what it was trained on";
    }

    /** When it is worth learning the new items: half of them tell what the others would cost. */
    private void again(DataFormat format, List<Item> items, double present) throws IOException {
        List<int[]> learnt = new ArrayList<>();
        List<Item> others = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            if (k % 2 == 0) {
                learnt.add(items.get(k).values());
            } else {
                others.add(items.get(k));
            }
        }
        if (others.isEmpty()) {
            listener.result("one item is too few to say whether training again is worth it");
            return;
        }
        CountsModel model = CountsModel.learn(format.space(), format.definition(), learnt);
        double again =
                LearningCurve.measure(model.open(threads), format, others).bitsPerDimension();
        long size = PrimerSearch.size(model);
        double length =
                others.stream().mapToInt(item -> item.values().length).average().orElse(0);
        double saved = (present - again) * length / 8;
        String figures = String.format(
                Locale.ROOT,
                "a model of %,d of the new items alone: %.4f bits a value of the others, %,d bytes",
                learnt.size(),
                again,
                size);
        listener.result(
                saved > 0
                        ? figures + "; training again is worth it from "
                                + Text.count((long) Math.ceil(size / saved), "new item") + " on"
                        : figures + "; training again on these alone is not worth it");
    }
}
