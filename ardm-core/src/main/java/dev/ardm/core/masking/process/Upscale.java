package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Depth upscaling (Hoogeboom et al. 2022, section 4): a value is generated digit by digit in a base, the most significant
 * first; each digit of all variables is a stage, a whole order-agnostic pass. After s of S stages a value x is known as
 * {@code floor(x / b^(S-s)) * b^(S-s)}. Digits that would lead to values that do not exist are not feasible.
 *
 * <p>Digits of the number of a value without order mean nothing. For these there may be a tree: each value has a leaf, which is a number
 * of as many digits, and its digits are the path to it, so that all values of a branch are near each other in some sense. x above is the
 * leaf then. {@link CategoryTree} learns one.
 */
public final class Upscale implements Process {
    private final Space space;
    private final int branching;
    private final Given given;
    private final int[] widths;
    /** The leaf of each value, and the value of each leaf; empty if values are their own leaves. */
    private final int[] leaves;

    private final int[] values;

    /**
     * Digits of the value itself.
     *
     * @param branching b, at least 2: values of a digit
     * @throws IllegalArgumentException if the variables have different numbers of categories
     */
    public Upscale(Space space, int branching, Given given) {
        this(space, branching, given, new int[0]);
    }

    /**
     * Digits of leaves.
     *
     * @param leaves the leaf of each value: a permutation of all; empty if values are their own leaves, which is the same as if all
     *     were the values themselves
     * @throws IllegalArgumentException if the variables have different numbers of categories, or leaves are no permutation or of
     *     ordered values
     */
    public Upscale(Space space, int branching, Given given, int[] leaves) {
        if (space.categories().length != 1) {
            throw new IllegalArgumentException(
                    "depth upscaling needs one number of categories for all variables, got " + space);
        }
        if (branching < 2) {
            throw new IllegalArgumentException("the branching factor must be at least 2, got " + branching);
        }
        given.check(space.dimensions());
        this.space = space;
        this.branching = branching;
        this.given = given;
        int stages = stages(space.maxCategories(), branching);
        widths = new int[stages + 1];
        widths[stages] = 1;
        for (int stage = stages - 1; stage >= 0; stage--) {
            // The first of them may pass all categories by far; nothing is larger than twice 2^16 times itself.
            widths[stage] = (int) Math.min((long) widths[stage + 1] * branching, 1 << 30);
        }
        int[] natural = IntStream.range(0, space.maxCategories()).toArray();
        this.leaves = Arrays.equals(leaves, natural) ? new int[0] : leaves.clone();
        values = inverse(this.leaves, space);
    }

    /** The value of each leaf. */
    private static int[] inverse(int[] leaves, Space space) {
        if (leaves.length == 0) {
            return leaves;
        }
        int categories = space.maxCategories();
        if (space.scale() == Space.Scale.ORDERED) {
            throw new IllegalArgumentException(
                    "a tree is for values without order; ordered ones are upscaled by their digits, got " + space);
        }
        if (leaves.length != categories) {
            throw new IllegalArgumentException("a tree of " + leaves.length + " leaves for " + categories + " values");
        }
        int[] values = new int[categories];
        Arrays.fill(values, -1);
        for (int value = 0; value < categories; value++) {
            int leaf = leaves[value];
            if (leaf < 0 || leaf >= categories || values[leaf] >= 0) {
                throw new IllegalArgumentException(
                        "leaf " + leaf + " of value " + value + " does not exist or is that of another value");
            }
            values[leaf] = value;
        }
        return values;
    }

    /** S = ceil(log_b K), in integers: the least S with b^S at least K. */
    public static int stages(int categories, int branching) {
        int stages = 1;
        for (long reach = branching; reach < categories; reach *= branching) {
            stages++;
        }
        return stages;
    }

    static Upscale read(JsonNode json, Space space, Given given) {
        int[] leaves =
                json.path("tree").valueStream().mapToInt(leaf -> leaf.asInt(-1)).toArray();
        return new Upscale(space, json.path("branching").asInt(0), given, leaves);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("kind", "upscale");
        json.put("branching", branching);
        if (hasTree()) {
            ArrayNode tree = json.putArray("tree");
            for (int leaf : leaves) {
                tree.add(leaf);
            }
        }
    }

    /** The same with leaves of values, see the constructor. */
    Upscale withTree(int[] of) {
        return new Upscale(space, branching, given, of);
    }

    /** Whether digits are those of leaves, not of values. */
    public boolean hasTree() {
        return leaves.length > 0;
    }

    @Override
    public int leaf(int value) {
        return leaves.length == 0 ? value : leaves[value];
    }

    @Override
    public int valueOf(int leaf) {
        return values.length == 0 ? leaf : values[leaf];
    }

    @Override
    public Space space() {
        return space;
    }

    /** Values of a digit. */
    public int branching() {
        return branching;
    }

    @Override
    public int unitSize() {
        return 1;
    }

    @Override
    public Given given() {
        return given;
    }

    @Override
    public int stages() {
        return widths.length - 1;
    }

    @Override
    public int width(int stagesDone) {
        return widths[stagesDone];
    }

    @Override
    public Upscale on(Space other) {
        return new Upscale(other, branching, given, leaves);
    }

    @Override
    public Corruption corrupt(double place, RandomStream random) {
        RandomKnown.checkPlace(place);
        int step = (int) (place * steps());
        return RandomKnown.corruption(this, step / generatedUnits(), step % generatedUnits(), random);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Upscale that
                && space.equals(that.space)
                && branching == that.branching
                && given.equals(that.given)
                && Arrays.equals(leaves, that.leaves);
    }

    @Override
    public int hashCode() {
        return Objects.hash(space, branching, given, Arrays.hashCode(leaves));
    }
}
