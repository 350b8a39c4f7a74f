package dev.ardm.app.pack;

import dev.ardm.app.report.Baselines;
import dev.ardm.core.counts.pixel.LearningCosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Searches how many images a model of counts should learn. One pass tells it for all numbers: what each image cost when those before
 * it were learnt is what it takes in the model; and how much more some cost after a few than after all, tells what the others cost.
 */
final class ImagePrimerSearch {
    private static final int[] PARTS = {32, 16, 8, 4, 2};
    private static final int MEASURED = 64;

    /** Bytes that an image beside others takes in an archive. */
    private static final double BESIDE = 0.9;

    /** Bytes of an image that equals a learnt one, about. */
    private static final double EQUAL = 2;

    private final PrimerLearning learning;
    private final ItemSample sample;
    private final long most;

    /** @param most number of symbols that a model may learn */
    ImagePrimerSearch(PrimerLearning learning, ItemSample sample, long most) {
        this.learning = learning;
        this.sample = sample;
        this.most = most;
    }

    /** All that were considered, the one that learns nothing first. */
    List<Alternative> run() throws IOException {
        List<Integer> different = different();
        List<Integer> order = order(different);
        int[] numbers = numbers(order.size());
        int measured = Math.min(MEASURED, order.size() / 2);
        LearningCosts costs =
                learning.costs(values(order), numbers, values(order.subList(order.size() - measured, order.size())));
        double end = 0;
        for (int k = order.size() - measured; k < order.size(); k++) {
            end += costs.learning()[k];
        }
        long head = PrimerSearch.size(learning.learn(List.of()));
        List<Alternative> tried = new ArrayList<>();
        tried.add(new Alternative("nothing learnt", new BitSet(), 0, head, sample.symbols()));
        for (int k = 0; k < numbers.length; k++) {
            tried.add(alternative(order, different, numbers, k, costs, end, head));
        }
        if (!order.isEmpty()) {
            tried.add(alternative(order, different, numbers, numbers.length, costs, end, head));
        }
        return tried;
    }

    private List<int[]> values(List<Integer> some) {
        return some.stream().map(k -> sample.items().get(k).values()).toList();
    }

    /** Parts of so many items. */
    private static int[] numbers(int items) {
        return IntStream.of(PARTS)
                .map(part -> items / part)
                .filter(n -> n > 0)
                .distinct()
                .toArray();
    }

    /** How many times an image costs what it does when all are learnt, by the k-th number of learnt ones. */
    private static double ratio(LearningCosts costs, int k, double end) {
        return k == costs.others().length || end == 0 ? 1 : Math.max(1, costs.others()[k] / end);
    }

    /** The same of any number, between these; with none learnt as with the first number. */
    private static double ratioAt(int learnt, int[] numbers, int all, LearningCosts costs, double end) {
        int k = 0;
        while (k < numbers.length && numbers[k] <= learnt) {
            k++;
        }
        double upper = ratio(costs, k, end);
        if (k == 0) {
            return upper;
        }
        double lower = ratio(costs, k - 1, end);
        double from = Math.log(numbers[k - 1]);
        double to = Math.log(k < numbers.length ? numbers[k] : Math.max(all, numbers[k - 1] + 1));
        return lower + (upper - lower) * (Math.log(learnt) - from) / (to - from);
    }

    /** What comes of learning the k-th number of images, or all of the order. */
    private Alternative alternative(
            List<Integer> order,
            List<Integer> different,
            int[] numbers,
            int k,
            LearningCosts costs,
            double end,
            long head) {
        int learnt = k < numbers.length ? numbers[k] : order.size();
        double ratio = ratio(costs, k, end);
        double model = 0;
        double all = 0;
        double rest = 0;
        for (int i = 0; i < order.size(); i++) {
            double bytes = costs.learning()[i] / 8;
            double now = bytes * ratio / ratioAt(i, numbers, order.size(), costs, end) + BESIDE;
            all += now;
            model += i < learnt ? bytes : 0;
            rest += i < learnt ? 0 : now;
        }
        double symbols = symbols(order);
        double scale =
                sample.complete() ? 1 : (double) sample.count() / sample.items().size();
        double outside = scale * symbols(different) - symbols;
        double others = rest + all * outside / symbols + scale * equal(different);
        BitSet primer = new BitSet();
        order.subList(0, learnt).forEach(primer::set);
        return new Alternative(
                name(learnt), primer, symbols(order.subList(0, learnt)), head + Math.round(model), Math.round(others));
    }

    private double equal(List<Integer> different) {
        return EQUAL * (sample.items().size() - different.size());
    }

    private String name(int learnt) {
        return learnt == sample.count()
                ? "all items learnt"
                : String.format(Locale.ROOT, "%,d of %,d items learnt", learnt, sample.count());
    }

    private long symbols(List<Integer> some) {
        return some.stream()
                .mapToLong(k -> sample.items().get(k).values().length + 1L)
                .sum();
    }

    /** The first of all items that are equal. */
    private List<Integer> different() {
        Set<String> seen = new HashSet<>();
        List<Integer> different = new ArrayList<>();
        for (int k = 0; k < sample.items().size(); k++) {
            byte[] raw = Baselines.raw(
                    learning.format().space(), sample.items().get(k).values());
            if (seen.add(new String(raw, StandardCharsets.ISO_8859_1))) {
                different.add(k);
            }
        }
        return different;
    }

    /** As many as a model may learn, so that the first ones, however many, are from all over. */
    private List<Integer> order(List<Integer> different) {
        int step = Math.max(1, (int) (0.618034 * different.size()));
        while (gcd(step, different.size()) > 1) {
            step++;
        }
        List<Integer> order = new ArrayList<>();
        long left = most;
        for (int k = 0; k < different.size(); k++) {
            int item = different.get((int) ((long) step * k % different.size()));
            long length = sample.items().get(item).values().length + 1L;
            if (length <= left) {
                order.add(item);
                left -= length;
            }
        }
        return order;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
