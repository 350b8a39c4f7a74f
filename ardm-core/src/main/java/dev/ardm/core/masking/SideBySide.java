package dev.ardm.core.masking;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.masking.call.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decoding that goes on next to others of one generation, network call by network call. What is damaged drops out; the others go on.
 *
 * @param <R> what comes of it
 */
abstract class SideBySide<R> {
    private boolean damaged;

    /** Opens the stream and begins; whether there is anything to decode. */
    abstract boolean open() throws DamagedException;

    /** The item that is being decoded. */
    abstract Walk walk();

    /** Decodes what a call decides; whether more is left. */
    abstract boolean decode(Call call) throws DamagedException;

    /** What was decoded. */
    abstract R decoded();

    /** A part of a decoding, which is the last if it returns false. */
    private interface Part {
        boolean run() throws DamagedException;
    }

    private boolean attempt(Part part) {
        try {
            return part.run();
        } catch (DamagedException e) {
            damaged = true; // The caller names the item and the place.
            return false;
        }
    }

    private Optional<R> result() {
        return damaged ? Optional.empty() : Optional.of(decoded());
    }

    /** Decodes all; a damaged one gives an empty result. */
    static <R> List<Optional<R>> all(List<? extends SideBySide<R>> all) {
        List<SideBySide<R>> active = new ArrayList<>(all);
        active.removeIf(decoding -> !decoding.attempt(decoding::open));
        while (!active.isEmpty()) {
            List<Call> calls = Walk.calls(active.stream().map(SideBySide::walk).toList());
            List<SideBySide<R>> left = new ArrayList<>();
            for (int n = 0; n < calls.size(); n++) {
                SideBySide<R> decoding = active.get(n);
                Call call = calls.get(n);
                if (decoding.attempt(() -> decoding.decode(call))) {
                    left.add(decoding);
                }
            }
            active = left;
        }
        return all.stream().map(SideBySide::result).toList();
    }
}
