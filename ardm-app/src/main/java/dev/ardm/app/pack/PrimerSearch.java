package dev.ardm.app.pack;

import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.app.report.Baselines;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Searches which items a model of counts should learn, so that the model and the items that it does not hold are smallest
 * together. What is learnt costs what it takes in the model, and nothing more; everything else is coded alone. Learning all is most
 * often the smallest; but a model is learnt again whenever it is opened, so a larger one opens more slowly.
 */
public final class PrimerSearch {
    /** Symbols that a model reads in a millisecond when it is opened, about. */
    public static final int SYMBOLS_PER_MILLISECOND = 1_000;

    /** What a model learns at most, unless more is asked for: about a second to open it. */
    public static final int MOST_SYMBOLS = 1 << 20;

    /** Time to open it, where that costs little. */
    public static final int USUAL_MILLISECONDS = 100;

    /** How many bytes more are accepted, for all, to open faster. */
    private static final double TOLERATED = 1.05;

    private static final double TOLERATED_OF_IMAGES = 1.015;

    /** What an archive takes beside the information of an item, in bytes. */
    private static final double BESIDE_A_RECORD = 0.45;

    private static final double BESIDE_AN_ITEM = 9;

    private static final int MEASURED_SYMBOLS = 1 << 16;
    private static final double[] FRACTIONS = {0.125, 0.25, 0.5, 0.75};
    private static final int CHOICE_AT = 1; // The fraction at which ways to choose are compared.

    private final DataFormat format;
    private final PrimerLearning learning;
    private final ItemSample sample;
    private final long most;
    private final int threads;
    private final IntConsumer progress;
    private final double beside;
    private final List<Alternative> tried = new ArrayList<>();

    /**
     * A search.
     *
     * @param most number of symbols that a model may learn
     * @param progress receives the number of models tried, at most {@link #STEPS}
     */
    public PrimerSearch(DataFormat format, ItemSample sample, long most, int threads, IntConsumer progress) {
        this.format = format;
        this.learning = new PrimerLearning(format);
        this.sample = sample;
        this.most = most;
        this.threads = threads;
        this.progress = progress;
        this.beside = format.linesOfFiles() ? BESIDE_A_RECORD : BESIDE_AN_ITEM;
    }

    /** Models that are tried at most. */
    public static final int STEPS = 10;

    /** All that were tried, the one that learns nothing first. */
    public List<Alternative> run() throws IOException {
        if (learning.images()) {
            tried.addAll(new ImagePrimerSearch(learning, sample, most).run());
            progress.accept(STEPS);
            return tried;
        }
        int count = sample.items().size();
        tryOne("nothing learnt", new BitSet());
        if (count == 0) {
            return tried;
        }
        BitSet once = once();
        if (once.cardinality() <= count * 3L / 4 && symbols(once) <= most) {
            tryOne(once.cardinality() == 1 ? "one item learnt" : "each different item learnt once", once);
        }
        if (sample.complete() && symbols(all()) <= most) {
            tryOne("all items learnt", all());
        }
        if (sample.equal()) {
            return tried; // There is nothing to choose.
        }
        double whole = Math.min(1, (double) most / symbols(all()));
        Way best = Way.EVERY;
        double[] costs = {};
        for (int k = 0; k < FRACTIONS.length && count > 1; k++) {
            double fraction = whole * FRACTIONS[k];
            Alternative every =
                    k <= CHOICE_AT || best == Way.EVERY ? tryOne(name("", fraction), every(fraction)) : null;
            if (k == CHOICE_AT && every != null) {
                costs = costs(every(whole * FRACTIONS[0]));
                Alternative first = tryOne(name(" of the beginning", fraction), first(fraction));
                Alternative dear =
                        tryOne(name(", those that cost most without it,", fraction), dearest(fraction, costs));
                best = dear.bytes() < Math.min(every.bytes(), first.bytes())
                        ? Way.DEAREST
                        : first.bytes() < every.bytes() ? Way.FIRST : Way.EVERY;
            } else if (k > CHOICE_AT && best == Way.FIRST) {
                tryOne(name(" of the beginning", fraction), first(fraction));
            } else if (k > CHOICE_AT && best == Way.DEAREST) {
                tryOne(name(", those that cost most without it,", fraction), dearest(fraction, costs));
            }
        }
        return tried;
    }

    private enum Way {
        EVERY,
        FIRST,
        DEAREST
    }

    /**
     * The alternative to take: the smallest, or one that opens faster and is at most a twentieth larger.
     *
     * @param strict whether {@code symbols} must be kept whatever the others are
     */
    public static Alternative chosen(List<Alternative> tried, long symbols, boolean strict) {
        return chosen(tried, symbols, strict, TOLERATED);
    }

    /** The same with another part than a twentieth. */
    static Alternative chosen(List<Alternative> tried, long symbols, boolean strict, double tolerated) {
        Comparator<Alternative> smallest =
                Comparator.comparingLong(Alternative::bytes).thenComparingLong(Alternative::symbols);
        Alternative fast = tried.stream()
                .filter(one -> one.symbols() <= symbols)
                .min(smallest)
                .orElseThrow();
        Alternative best = tried.stream().min(smallest).orElseThrow();
        if (strict || fast.bytes() <= best.bytes() * tolerated) {
            return fast;
        }
        return tried.stream()
                .filter(one -> one.bytes() <= best.bytes() * tolerated)
                .min(Comparator.comparingLong(Alternative::symbols).thenComparingLong(Alternative::bytes))
                .orElseThrow();
    }

    private static String name(String which, double fraction) {
        return String.format(Locale.ROOT, "%.3g %%%s learnt", 100 * fraction, which);
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, sample.items().size());
        return all;
    }

    /** The first of all items that are equal. */
    private BitSet once() {
        Set<String> seen = new HashSet<>();
        BitSet once = new BitSet();
        for (int k = 0; k < sample.items().size(); k++) {
            if (seen.add(new String(Baselines.raw(format.space(), values(k)), StandardCharsets.ISO_8859_1))) {
                once.set(k);
            }
        }
        return once;
    }

    /** Items from all over the sample. */
    private BitSet every(double fraction) {
        BitSet chosen = new BitSet();
        for (int k = 0; k < sample.items().size(); k++) {
            if ((long) ((k + 1) * fraction) > (long) (k * fraction)) {
                chosen.set(k);
            }
        }
        return chosen;
    }

    private BitSet first(double fraction) {
        BitSet chosen = new BitSet();
        long left = (long) (symbols(all()) * fraction);
        for (int k = 0; k < sample.items().size() && left >= length(k); k++) {
            chosen.set(k);
            left -= length(k);
        }
        return chosen;
    }

    /** Half of them from all over the sample, the other half those that cost most by what was learnt from an eighth. */
    private BitSet dearest(double fraction, double[] costs) {
        BitSet chosen = every(fraction / 2);
        long left = (long) (symbols(all()) * fraction) - symbols(chosen);
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < sample.items().size(); k++) {
            if (!chosen.get(k)) {
                order.add(k);
            }
        }
        order.sort(
                Comparator.<Integer>comparingDouble(k -> -costs[k] / length(k)).thenComparing(k -> k));
        for (int k : order) {
            if (length(k) <= left) {
                chosen.set(k);
                left -= length(k);
            }
        }
        return chosen;
    }

    private int[] values(int item) {
        return sample.items().get(item).values();
    }

    private long length(int item) {
        return values(item).length + 1L;
    }

    private long symbols(BitSet items) {
        return items.stream().mapToLong(this::length).sum();
    }

    /** The model that learns some items. */
    Model model(BitSet primer) {
        return learning.learn(primer.stream().mapToObj(this::values).toList());
    }

    /** How many bytes more are accepted to open faster. Where items are images, most of what is learnt is worth its time. */
    double tolerated() {
        return learning.images() ? TOLERATED_OF_IMAGES : TOLERATED;
    }

    /** Values, with one more for each item, that its models read in a millisecond, about. */
    int symbolsPerMillisecond() {
        return learning.symbolsPerMillisecond();
    }

    private Alternative tryOne(String name, BitSet primer) throws IOException {
        for (Alternative before : tried) {
            if (before.primer().equals(primer)) {
                return before;
            }
        }
        Model model = model(primer);
        List<Item> others = others(primer);
        long measured = 0;
        double bytes = 0;
        double[] bits = bits(model, others);
        for (int k = 0; k < others.size(); k++) {
            int length = others.get(k).values().length;
            measured += length + 1L;
            bytes += Math.min(bits[k] / 8, length) + beside;
        }
        long left = sample.symbols() - symbols(primer);
        long itemBytes = measured == 0 ? 0 : Math.round(bytes * left / measured);
        Alternative one = new Alternative(name, primer, symbols(primer), size(model), itemBytes);
        tried.add(one);
        progress.accept(Math.min(tried.size(), STEPS));
        return one;
    }

    /** Information of each item. */
    private double[] bits(Model model, List<Item> items) {
        LikelihoodModel opened = model.open(threads);
        List<double[]> bits =
                opened.scorer(opened.plan(1), layout(opened)).unitBits(items, LikelihoodModel.NO_PROGRESS);
        return bits.stream().mapToDouble(each -> Arrays.stream(each).sum()).toArray();
    }

    private ItemLayout layout(LikelihoodModel model) {
        return ItemArchiveWriter.layout(format.layout(), format.filePerItem(), model);
    }

    /** Some of the items that are not learnt, from all over the sample. */
    private List<Item> others(BitSet primer) {
        long left = symbols(all()) - symbols(primer);
        long every = Math.max(1, left / MEASURED_SYMBOLS);
        List<Item> some = new ArrayList<>();
        long seen = 0;
        for (int k = primer.nextClearBit(0); k < sample.items().size(); k = primer.nextClearBit(k + 1)) {
            if (seen++ % every == 0) {
                some.add(sample.items().get(k));
            }
        }
        return some;
    }

    /** Bits of every item of the sample by a model of some. */
    private double[] costs(BitSet primer) {
        return bits(model(primer), sample.items());
    }

    /** Bytes of a model's file. */
    public static long size(Model model) throws IOException {
        return ModelFile.size(out -> ModelFile.write(model, Type.F32, out));
    }
}
