package dev.ardm.core.masking;

import dev.ardm.core.masking.arithmetic.UnitDistributions.SymbolCoder;
import dev.ardm.core.masking.engine.Session;
import java.util.Arrays;
import java.util.List;

/**
 * An item, or a window of one, on its way through its generation, network call by network call. What a call does with the
 * distributions (pop or draw) is the caller's business. {@link Generation#walk} begins one. For one thread.
 */
final class Walk {
    private final Generation generation;
    private final int[] item;
    private final Policy policy;
    private final Session session;
    private Policy.Step step;
    private int call;

    /**
     * @param item values; those of units that are not known are set to 0
     * @param session of the item, at its beginning
     */
    Walk(Generation generation, int[] item, Policy policy, Session session) {
        this.generation = generation;
        this.item = item;
        this.policy = policy;
        this.session = session;
        this.step = policy.step(0);
        boolean[] known = policy.known();
        int size = item.length / known.length;
        for (int unit = 0; unit < known.length; unit++) {
            if (!known[unit]) {
                Arrays.fill(item, unit * size, (unit + 1) * size, 0);
            }
        }
    }

    /** The values: final for units whose last stage is done. */
    int[] item() {
        return item;
    }

    /** Whether calls are left. */
    boolean more() {
        return call < policy.calls();
    }

    /**
     * Makes the next call.
     *
     * @return the units that it decided
     */
    <E extends Exception> int[] advance(SymbolCoder<E> coder) throws E {
        return decide(generation.call(session, step), coder);
    }

    /**
     * Makes the next call of each of several walks of one generation, each of which has one left. The network is evaluated side by
     * side, the symbols are coded walk by walk.
     */
    static <E extends Exception> void advance(List<Walk> walks, SymbolCoder<E> coder) throws E {
        if (walks.size() == 1) {
            walks.get(0).advance(coder);
            return;
        }
        List<Call> calls = walks.get(0)
                .generation
                .calls(
                        walks.stream().map(walk -> walk.session).toList(),
                        walks.stream().map(walk -> walk.step).toList());
        for (int n = 0; n < calls.size(); n++) {
            walks.get(n).decide(calls.get(n), coder);
        }
    }

    private <E extends Exception> int[] decide(Call evaluated, SymbolCoder<E> coder) throws E {
        evaluated.code(item, coder);
        session.reveal(evaluated.units());
        call++;
        if (more()) {
            step = policy.step(call);
            if (step.stage() > evaluated.stage()) {
                session.begin(step.stage());
            }
        }
        return evaluated.units();
    }
}
