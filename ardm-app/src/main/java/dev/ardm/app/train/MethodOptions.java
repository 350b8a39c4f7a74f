package dev.ardm.app.train;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.CategoryTree;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.data.ItemSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How items are generated and which distributions the network's outputs make, as given on the command line.
 *
 * @param process {@code order-agnostic}, {@code upscale:B}, {@code autoregressive}, {@code infilling} or {@code permuted}; {@code
 *     upscale:B:tree} or {@code upscale:B:numbers} says whose digits: without it those of a tree, if values have no order and one can be
 *     learnt
 * @param distribution {@code categorical}, {@code digits} (upscaling's direct parametrisation), {@code logistic[:M]},
 *     {@code pixel-logistic[:M]} (all channels of a pixel together), or {@code auto}: pixel-logistic for colour images, else categorical
 * @param given units that are always given, e.g. {@code 0-15,20}; empty for none
 * @param network the name of a {@link dev.ardm.core.masking.network.NetworkKind}, followed by {@link #COUNTS} if counts tell it how likely
 *     each value is; or {@link Presets#AUTO}
 */
public record MethodOptions(String process, String distribution, String given, String network) {
    public static final MethodOptions DEFAULT = new MethodOptions("order-agnostic", "categorical", "", Presets.AUTO);

    private static final String AUTOREGRESSIVE = "autoregressive";
    private static final String INFILLING = "infilling";

    /** Follows the name of a network that works with counts. */
    static final String COUNTS = "+counts";

    private static final int COMPONENTS = 10;

    /** A tree is learnt from about so many values, of items spread evenly over all. */
    private static final int TREE_VALUES = 1 << 23;

    private static final String CAUSAL = "causal";
    private static final String PIXELS = "pixel-logistic";

    /** Kinds of files that are learnt by {@link #TEXT} unless something else is asked for. */
    public static final Set<String> TEXT_KINDS = Set.of("text", "bytes");

    /** For text: from left to right, given whatever is known, by a network and counts together. */
    public static final MethodOptions TEXT =
            new MethodOptions("infilling", Presets.AUTO, "", "causal-transformer" + COUNTS);

    /** For items that end by themselves: a network that keeps what it computed, so that a record is decoded in about one pass. */
    public static final MethodOptions RECORDS =
            new MethodOptions(AUTOREGRESSIVE, Presets.AUTO, "", "causal-transformer" + COUNTS);

    /**
     * Fills in the options that the user did not give.
     *
     * @param process null if it is not said
     * @param network null if it is not said
     */
    public static MethodOptions suiting(@Nullable String process, @Nullable String network) {
        String meant = process != null
                ? process
                : network != null && network.toLowerCase(Locale.ROOT).startsWith(CAUSAL)
                        ? AUTOREGRESSIVE
                        : DEFAULT.process;
        return new MethodOptions(
                meant,
                meant.equalsIgnoreCase(AUTOREGRESSIVE) ? Presets.AUTO : DEFAULT.distribution,
                DEFAULT.given,
                network != null ? network : DEFAULT.network);
    }

    /** The names in lower case; checked by {@link #process(ItemSet, int)} and {@link #distribution(Process)}. */
    public MethodOptions {
        process = process.toLowerCase(Locale.ROOT);
        distribution = distribution.toLowerCase(Locale.ROOT);
        network = network.toLowerCase(Locale.ROOT);
        Presets.knownNetwork(kind(network));
    }

    private static String kind(String network) {
        return network.endsWith(COUNTS) ? network.substring(0, network.length() - COUNTS.length()) : network;
    }

    /** The kind of the network, or {@link Presets#AUTO}. */
    String kind() {
        return kind(network);
    }

    /** Whether counts tell the network how likely each value is. */
    public boolean counts() {
        return network.endsWith(COUNTS);
    }

    /** Whether items are generated from the first value to the last, so that those which end by themselves can contain their end. */
    public boolean continues() {
        return process.equals(AUTOREGRESSIVE);
    }

    /**
     * The process of items.
     *
     * @param items to learn a tree of values from, if the process has one
     * @param classes number of classes; 0 if there are no labels
     * @throws IllegalArgumentException if there is none of that name, or it does not fit the space, or knows no classes
     */
    Process process(ItemSet items, int classes) {
        Space space = items.space();
        String[] parts = process.split(":", 2);
        Given units = givenUnits().withClasses(classes);
        return switch (parts[0]) {
            case "order-agnostic" -> new OrderAgnostic(space, unitSize(space), units);
            case "upscale" -> upscale(items, units);
            case AUTOREGRESSIVE, "permuted" -> {
                if (units.count() > 0) {
                    throw new IllegalArgumentException("process '" + process + "' cannot be conditional");
                }
                if (classes > 0) {
                    throw new IllegalArgumentException("process '" + process + "' does not accept labels");
                }
                yield new Autoregressive(space, parts[0].equals("permuted"), unitSize(space));
            }
            case INFILLING -> {
                if (units.count() > 0 || classes > 0) {
                    throw new IllegalArgumentException("process '" + process + "' takes no labels and nothing given");
                }
                yield Autoregressive.infilling(space);
            }
            default ->
                throw new IllegalArgumentException("unknown process '" + process
                        + "'; known: order-agnostic, upscale:BRANCHING[:tree|:numbers], autoregressive, infilling,"
                        + " permuted");
        };
    }

    private Upscale upscale(ItemSet items, Given units) {
        String[] parts = process.split(":", 3);
        Upscale numbers = new Upscale(items.space(), number(process, parts, 4), units);
        boolean tree =
                switch (parts.length < 3 ? Presets.AUTO : parts[2]) {
                    case Presets.AUTO -> CategoryTree.fits(items.space());
                    case "tree" -> true;
                    case "numbers" -> false;
                    default ->
                        throw new IllegalArgumentException(
                                "'" + parts[2] + "' in '" + process + "' is not known; known: tree, numbers");
                };
        if (!tree) {
            return numbers;
        }
        int some = (int)
                Math.max(1, Math.min(items.size(), TREE_VALUES / items.space().dimensions()));
        return CategoryTree.learn(
                numbers, IntStream.range(0, some).mapToObj(i -> items.present((int) ((long) i * items.size() / some))));
    }

    private int unitSize(Space space) {
        return distribution(space).startsWith(PIXELS) ? space.extent(space.rank() - 1) : 1;
    }

    /** The distribution by name. */
    private String distribution(Space space) {
        boolean colour = space.rank() == 3 && space.extent(2) > 1 && space.scale() == Space.Scale.ORDERED;
        return !distribution.equals(Presets.AUTO) ? distribution : colour ? PIXELS : "categorical";
    }

    /** Process and distribution, for people. */
    String describe(Space space) {
        return process + ", " + distribution(space);
    }

    /** The distribution of a process. */
    OutputDistribution distribution(Process of) {
        String[] parts = distribution(of.space()).split(":", 2);
        return switch (parts[0]) {
            case "categorical" -> OutputDistribution.of(of);
            case "digits" -> {
                if (!(of instanceof Upscale upscale)) {
                    throw new IllegalArgumentException("distribution 'digits' needs the process upscale");
                }
                yield new Digits(upscale.stages(), upscale.branching());
            }
            case "logistic" -> new LogisticMixture(number(distribution, parts, COMPONENTS), 1);
            case PIXELS -> new LogisticMixture(number(distribution, parts, COMPONENTS), of.unitSize());
            default ->
                throw new IllegalArgumentException("unknown distribution '" + distribution
                        + "'; known: categorical, digits, logistic[:COMPONENTS], pixel-logistic[:COMPONENTS]");
        };
    }

    private Given givenUnits() {
        List<Integer> units = new ArrayList<>();
        for (String range : given.isEmpty() ? new String[0] : given.split(",")) {
            String[] ends = range.split("-", 2);
            int from = number(given, new String[] {"", ends[0]}, 0);
            int to = number(given, new String[] {"", ends[ends.length - 1]}, 0);
            if (to < from || to >= Space.MAX_DIMENSIONS) {
                throw new IllegalArgumentException("'" + range + "' in '" + given + "' is not a range of variables");
            }
            for (int unit = from; unit <= to; unit++) {
                units.add(unit);
            }
        }
        return new Given(units);
    }

    private static int number(String text, String[] parts, int otherwise) {
        if (parts.length < 2) {
            return otherwise;
        }
        try {
            return Integer.parseInt(parts[1].strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + parts[1] + "' in '" + text + "' is not a number", e);
        }
    }
}
