package dev.ardm.app.advise;

import dev.ardm.app.Text;
import dev.ardm.app.pack.PrimerLearning;
import dev.ardm.app.pack.PrimerSearch;
import dev.ardm.core.Item;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * What items cost by models of counts that have learnt ever more of such items, each measured on the same held-out ones.
 *
 * @param points with twice as many items each
 * @param modelBytes of the model that has learnt most
 */
public record LearningCurve(List<Point> points, long modelBytes) {
    private static final int HELD = 8; // Every one of so many items is held out.
    private static final int[] PARTS = {8, 4, 2, 1};
    /** Where the last doubling of the items saved a smaller part of their cost, more items would help little. */
    private static final double LITTLE = 0.05;

    /**
     * A model.
     *
     * @param items that it has learnt
     * @param bits for a value of held-out items
     * @param error its standard error
     */
    public record Point(int items, double bits, double error) {}

    /**
     * Learns and measures.
     *
     * @param items at least 16
     * @param progress receives the number of models so far, 4 at last
     */
    public static LearningCurve of(DataFormat format, List<Item> items, int threads, IntConsumer progress)
            throws IOException {
        List<Item> held = new ArrayList<>();
        List<int[]> others = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            if (k % HELD == HELD - 1) {
                held.add(items.get(k));
            } else {
                others.add(items.get(k).values());
            }
        }
        List<Point> points = new ArrayList<>();
        long modelBytes = 0;
        for (int part : PARTS) {
            List<int[]> learnt = new ArrayList<>();
            for (int k = 0; k < others.size(); k += part) {
                learnt.add(others.get(k));
            }
            Model model = new PrimerLearning(format).learn(learnt);
            Estimate estimate = measure(model.open(threads), format, held);
            points.add(new Point(learnt.size(), estimate.bitsPerDimension(), estimate.standardError()));
            modelBytes = PrimerSearch.size(model);
            progress.accept(points.size());
        }
        return new LearningCurve(points, modelBytes);
    }

    /** The exact cost of items by a model of counts. */
    static Estimate measure(LikelihoodModel model, DataFormat format, List<Item> items) {
        return model.estimators(model.plan(1), format.layout(), 1).stream()
                .filter(one -> one.kind().equals(Estimator.PLAN))
                .findAny()
                .orElseThrow()
                .measure(items, 0, LikelihoodModel.NO_PROGRESS);
    }

    /** The most items that were learnt. */
    int learnt() {
        return last().items();
    }

    private Point last() {
        return points.get(points.size() - 1);
    }

    /** What part of the cost the last doubling saved; negative if it cost more. */
    double saved() {
        double before = points.get(points.size() - 2).bits();
        return before == 0 ? 0 : 1 - last().bits() / before;
    }

    /** Bits for a value once so many items are learnt, if each doubling saves as much as the last one did. */
    double extrapolated(double items) {
        double doublings = Math.log(items / last().items()) / Math.log(2);
        return last().bits() * Math.pow(1 - Math.max(0, saved()), doublings);
    }

    /** For the user. */
    public List<String> sentences() {
        List<String> lines = new ArrayList<>();
        for (Point point : points) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s learnt: %.4f +- %.4f bits a value of others",
                    Text.count(point.items(), "item"),
                    point.bits(),
                    point.error()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %s learnt: about %.4f, extrapolated",
                Text.count(2L * last().items(), "item"),
                extrapolated(2.0 * last().items())));
        lines.add(
                saved() <= LITTLE
                        ? "there is enough: twice as many items would save less than a twentieth more"
                        : String.format(
                                Locale.ROOT,
                                "more would help: the last doubling saved %.0f %% of what items cost",
                                100 * saved()));
        return lines;
    }
}
