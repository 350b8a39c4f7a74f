package dev.ardm.core.masking.engine;

import dev.ardm.core.engine.Kept;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.StepInput;
import java.util.Arrays;

/** A session of a network that can be evaluated step by step: each call computes the places that were not computed before. */
final class StepSession implements Session {
    private final Network network;
    private final int[] values;
    private final boolean[] knownAtFirst;
    private final Kept kept;
    private boolean untouched = true;
    /** Places whose values became known, in this order: those from {@link #told} on since the last call. */
    private final int[] revealed;

    private int count;
    private int told;
    private final boolean[] computed;

    /** See {@link ItemEngine.Worker#session}. */
    StepSession(Network network, int[] values, boolean[] known, Kept kept) {
        this.network = network;
        this.values = values;
        this.knownAtFirst = known;
        this.kept = kept;
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

    /** What the next call computes: the places of units that are known and were not computed, and those of wanted units. */
    StepInput.Item next(int[] units) {
        int[] since = Arrays.copyOfRange(revealed, told, count);
        told = count;
        int[] places = new int[since.length + units.length];
        int next = 0;
        for (int place : since) {
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
        return new StepInput.Item(values, since, Arrays.copyOf(places, next), wanted, null);
    }
}
