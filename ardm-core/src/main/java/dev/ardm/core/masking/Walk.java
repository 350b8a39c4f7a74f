package dev.ardm.core.masking;

import dev.ardm.core.masking.arithmetic.UnitDistributions.SymbolCoder;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.engine.Session;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item, or a window of one, on its way through its generation, network call by network call. What a call does with the
 * distributions (pop or draw) is the caller's business. {@link Generation#walk} begins one. For one thread.
 */
final class Walk {
    private final Generation generation;
    private final int[] item;
    private final Iterator<Policy.Step> steps;
    private final Session session;
    /** What the next call decides; null if none is left. */
    private Policy.@Nullable Step step;

    /**
     * @param item values; those of units that are not known are set to 0
     * @param session of the item, at its beginning
     */
    Walk(Generation generation, int[] item, Policy policy, Session session) {
        this.generation = generation;
        this.item = item;
        this.session = session;
        boolean[] known = policy.known();
        int size = item.length / known.length;
        for (int unit = 0; unit < known.length; unit++) {
            if (!known[unit]) {
                Arrays.fill(item, unit * size, (unit + 1) * size, 0);
            }
        }
        this.steps = policy.steps(item);
        this.step = steps.next();
    }

    /** The values: final for units whose last stage is done. */
    int[] item() {
        return item;
    }

    /** Whether calls are left. */
    boolean more() {
        return step != null;
    }

    /**
     * Makes the next call.
     *
     * @return the units that it decided
     */
    <E extends Exception> int[] advance(SymbolCoder<E> coder) throws E {
        return decide(generation.call(session, next()), coder);
    }

    /**
     * Makes the next call of each of several walks of one generation, each of which has one left. The network is evaluated side by
     * side, the symbols are coded walk by walk.
     */
    static <E extends Exception> void advance(List<Walk> walks, SymbolCoder<E> coder) throws E {
        List<Call> calls = calls(walks);
        for (int n = 0; n < calls.size(); n++) {
            walks.get(n).decide(calls.get(n), coder);
        }
    }

    /** Evaluates the next call of each of several walks of one generation, side by side; {@link #decide} codes each. */
    static List<Call> calls(List<Walk> walks) {
        if (walks.size() == 1) {
            Walk one = walks.get(0);
            return List.of(one.generation.call(one.session, one.next()));
        }
        return walks.get(0)
                .generation
                .calls(
                        walks.stream().map(walk -> walk.session).toList(),
                        walks.stream().map(Walk::next).toList());
    }

    private Policy.Step next() {
        return Objects.requireNonNull(step, "no call is left");
    }

    /**
     * Codes, decodes or draws the units of a call.
     *
     * @return the units
     */
    <E extends Exception> int[] decide(Call evaluated, SymbolCoder<E> coder) throws E {
        evaluated.code(item, coder);
        session.reveal(evaluated.units());
        step = steps.hasNext() ? steps.next() : null;
        if (step == null) {
            generation.end(session);
        }
        if (step != null && step.stage() > evaluated.stage()) {
            session.begin(step.stage());
        }
        return evaluated.units();
    }
}
