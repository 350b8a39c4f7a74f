package dev.ardm.core.masking.engine;

import dev.ardm.core.engine.Kept;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.StepInput;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A session of a network that can be evaluated step by step: each call computes the places that were not computed before. */
final class StepSession implements Session {
    private final Network network;
    private final int[] values;
    private final boolean[] knownAtFirst;
    private final Kept kept;
    private final int[] copies;
    private boolean untouched = true;
    /** Places whose values became known, in this order: those from {@link #told} on since the last call. */
    private final int[] revealed;

    private int count;
    private int told;
    /** Of a sequence: all places before it were computed. */
    private int frontier;

    private final boolean[] computed;

    /** See {@link ItemEngine.Worker#session}. */
    StepSession(Network network, int[] values, boolean[] known, Kept kept) {
        this.network = network;
        this.values = values;
        this.knownAtFirst = known;
        this.kept = kept;
        copies = network.process().infills() ? beyondGap(known) : new int[0];
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
        told = 0;
        count = 0;
        frontier = 0;
        for (int unit = 0; unit < knownAtFirst.length; unit++) {
            if (knownAtFirst[unit]) {
                revealed[count++] = unit;
            }
        }
        untouched = count == 0;
    }

    @Override
    public void reveal(int[] units) {
        for (int unit : units) {
            revealed[count++] = unit;
        }
        untouched &= units.length == 0;
    }

    @Override
    public boolean unconditional() {
        return untouched && values.length == network.space().dimensions();
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
            before = IntStream.range(frontier, Arrays.stream(units).min().orElseThrow())
                    .toArray();
            frontier = 1 + Arrays.stream(units).max().orElseThrow();
        }
        int[] places = new int[before.length + units.length];
        int next = 0;
        for (int place : before) {
            if (!computed[place]) {
                computed[place] = true;
                places[next++] = place;
            }
        }
        int[] wanted = new int[units.length];
        for (int i = 0; i < units.length; i++) {
            if (computed[units[i]]) {
                throw new IllegalStateException("unit " + units[i] + " was computed before");
            }
            computed[units[i]] = true;
            wanted[i] = next;
            places[next++] = units[i];
        }
        return new StepInput.Item(values, since, copies, Arrays.copyOf(places, next), wanted, null);
    }

    /** The units that are known beyond the first gap. */
    private static int[] beyondGap(boolean[] known) {
        int gap = 0;
        while (gap < known.length && known[gap]) {
            gap++;
        }
        return IntStream.range(gap, known.length).filter(unit -> known[unit]).toArray();
    }
}
