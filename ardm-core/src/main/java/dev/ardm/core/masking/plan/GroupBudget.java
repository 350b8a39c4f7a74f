package dev.ardm.core.masking.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cheapest groups of a given number, over all ways to share them among stages. They are the groups at a price for which this
 * number is cheapest. Such a price exists because the least cost is convex in the number of groups (see {@link
 * PricedGroups#between}). The search follows chords of that curve and takes O(steps) time for each price.
 */
final class GroupBudget {
    private static final int BISECT_EVERY = 4;

    private final List<PricedGroups> stages;

    GroupBudget(List<PricedGroups> stages) {
        this.stages = stages;
    }

    /** The cheapest groups at some price; in half units, odd. */
    private record Priced(long price, List<int[]> starts, long groups, long cost) {}

    /**
     * The starts of the groups of each stage.
     *
     * @param groups of all stages, from one for each to one for each step
     */
    List<int[]> cheapest(int groups) {
        Priced few = few();
        Priced many = many();
        for (int trial = 1; few.groups < groups && many.groups > groups && few.price - many.price > 2; trial++) {
            Priced next = priced(trial % BISECT_EVERY == 0 ? middle(many, few) : chord(many, few));
            if (next.groups <= groups) {
                few = next;
            } else {
                many = next;
            }
        }
        if (many.groups == groups) {
            return many.starts;
        }
        // Either the few are as many as asked for, or both are cheapest at the price between.
        List<int[]> starts = new ArrayList<>();
        long more = groups - few.groups;
        for (int stage = 0; stage < stages.size(); stage++) {
            int[] fewer = few.starts.get(stage);
            int[] most = many.starts.get(stage);
            int added = (int) Math.min(more, most.length - fewer.length);
            more -= added;
            starts.add(added == 0 ? fewer : PricedGroups.between(fewer, most, fewer.length + added));
        }
        return starts;
    }

    private static long middle(Priced many, Priced few) {
        return (many.price + few.price) / 2 | 1;
    }

    /** An odd price between, next to what a group saves on average from the one to the other. */
    private static long chord(Priced many, Priced few) {
        long saved = (few.cost - many.cost) / (many.groups - few.groups);
        return Math.max(many.price + 2, Math.min(few.price - 2, 2 * saved + 1));
    }

    private Priced priced(long price) {
        return of(price, stages.stream().map(stage -> stage.cheapest(price)).toList());
    }

    private Priced of(long price, List<int[]> starts) {
        long groups = 0;
        long cost = 0;
        for (int stage = 0; stage < stages.size(); stage++) {
            groups += starts.get(stage).length;
            cost += stages.get(stage).cost(starts.get(stage));
        }
        return new Priced(price, starts, groups, cost);
    }

    /** One group for each stage. */
    private Priced few() {
        long highest =
                stages.stream().mapToLong(PricedGroups::highestPrice).max().orElseThrow();
        return of(highest, stages.stream().map(stage -> new int[1]).toList());
    }

    /** One group for each step: cheapest if groups are for less than nothing. */
    private Priced many() {
        return of(
                -1,
                stages.stream()
                        .map(stage -> IntStream.range(0, stage.steps()).toArray())
                        .toList());
    }
}
