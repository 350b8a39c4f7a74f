package dev.ardm.core.masking.engine;

import dev.ardm.core.counts.NextValue;
import dev.ardm.core.engine.Kept;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.StepInput;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session of a network that can be evaluated step by step: each call computes the places that were not computed before. */
final class StepSession implements Session {
    private final Network network;
    private final int[] values;
    private final boolean[] knownAtFirst;
    private final Kept kept;
    private final int[] copies;
    private final @Nullable CountLogs counts;
    private @Nullable NextValue next;
    private int asked;
    private boolean untouched = true;
    /** Places whose values became known, in this order: those from {@link #told} on since the last call. */
    private final int[] revealed;

    private int count;
    private int told;
    /** Of a sequence: all places before it were computed. */
    private int frontier;

    private final boolean[] computed;
    /** The units in the order of generation, and for each unit its number in it; null if they are in the natural one. */
    private final int @Nullable [] order;

    private final int @Nullable [] ranks;

    /**
     * See {@link ItemEngine.Worker#session}.
     *
     * @param order of a network that is given orders: the units, those that are known first; null for others
     */
    StepSession(
            Network network,
            int[] values,
            boolean[] known,
            int @Nullable [] order,
            Kept kept,
            @Nullable CountLogs counts) {
        this.network = network;
        this.values = values;
        this.knownAtFirst = known;
        this.kept = kept;
        this.counts = counts;
        copies = network.process().infills() ? beyondGap(known) : new int[0];
        this.order = order;
        ranks = order == null ? null : new int[order.length];
        for (int i = 0; order != null && ranks != null && i < order.length; i++) {
            ranks[order[i]] = i;
        }
        revealed = new int[known.length];
        computed = new boolean[known.length];
        begin(0);
    }

    Kept kept() {
        return kept;
    }

    @Override
    public void begin(int stage) {
        kept.begin();
        Arrays.fill(computed, false);
        next = counts == null ? null : counts.begin();
        asked = -1;
        told = 0;
        count = 0;
        frontier = 0;
        for (int place = 0; place < knownAtFirst.length; place++) {
            if (knownAtFirst[order == null ? place : order[place]]) {
                revealed[count++] = place;
            }
        }
        untouched = count == 0;
    }

    @Override
    public void reveal(int[] units) {
        for (int unit : units) {
            revealed[count++] = place(unit);
        }
        untouched &= units.length == 0;
    }

    @Override
    public boolean unconditional() {
        return untouched && values.length == network.space().dimensions();
    }

    private int place(int unit) {
        return ranks == null ? unit : ranks[unit];
    }

    /**
     * What the next call computes: of a sequence all places up to the last wanted one, of an image those of units that are known and were
     * not computed, and those of wanted units.
     */
    StepInput.Item next(int[] units) {
        int[] since = Arrays.copyOfRange(revealed, told, count);
        told = count;
        int[] before = since;
        if (network.slope() == 0 && units.length > 0) {
            int[] ahead = Arrays.stream(units).map(this::place).toArray();
            before = IntStream.range(frontier, Arrays.stream(ahead).min().orElseThrow())
                    .toArray();
            frontier = 1 + Arrays.stream(ahead).max().orElseThrow();
        }
        int[] places = new int[before.length + units.length];
        int row = 0;
        for (int place : before) {
            if (!computed[place]) {
                computed[place] = true;
                places[row++] = place;
            }
        }
        int[] wanted = new int[units.length];
        for (int i = 0; i < units.length; i++) {
            int place = place(units[i]);
            if (computed[place]) {
                throw new IllegalStateException("unit " + units[i] + " was computed before");
            }
            computed[place] = true;
            wanted[i] = row;
            places[row++] = place;
        }
        int[] now = Arrays.copyOf(places, row);
        return new StepInput.Item(values, since, copies, now, wanted, countLogs(now), order);
    }

    /** The units that are known beyond the first gap. */
    private static int[] beyondGap(boolean[] known) {
        int gap = 0;
        while (gap < known.length && known[gap]) {
            gap++;
        }
        return IntStream.range(gap, known.length).filter(unit -> known[unit]).toArray();
    }

    /** What the counts say of places, each the one after those before. */
    private float @Nullable [] countLogs(int[] places) {
        NextValue predictor = next;
        if (predictor == null) {
            return null;
        }
        int categories = predictor.outcomes();
        float[] logs = new float[places.length * categories];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != asked + 1) {
                throw new IllegalStateException("place " + places[i] + " does not follow " + asked);
            }
            if (asked >= 0) {
                predictor.append(values[asked]);
            }
            predictor.logs(logs, i * categories);
            asked = places[i];
        }
        return logs;
    }
}
