package dev.ardm.core.masking.network;

import dev.ardm.core.masking.process.Autoregressive;

/**
 * The units of a batch lined up in the order of generation, for causal networks: slot t is that of the unit generated at step t, and shows the
 * value of the unit generated before. Slots after the last wanted output are left out; this does not change earlier ones.
 */
final class GenerationOrder {
    private final NetworkInput input;
    private final int[] ids;
    private final ValueIds valueIds;
    private final int units;
    private final int slots;
    private final int[][] orders;
    private final int[] sites;

    /**
     * @param places indices into the batch's units
     */
    GenerationOrder(NetworkInput input, int[] places) {
        this.input = input;
        this.ids = input.absorbedIds();
        this.valueIds = new ValueIds(input.space());
        this.units = input.process().units();
        boolean permuted = input.process() instanceof Autoregressive process && process.permuted();
        orders = new int[input.batch()][];
        int[][] slotOf = new int[input.batch()][units];
        for (int n = 0; n < orders.length; n++) {
            orders[n] = permuted ? input.order(n) : null;
            for (int slot = 0; slot < units; slot++) {
                slotOf[n][unit(n, slot)] = slot;
            }
        }
        sites = new int[places.length];
        int last = 0;
        for (int i = 0; i < places.length; i++) {
            sites[i] = slotOf[places[i] / units][places[i] % units];
            last = Math.max(last, sites[i]);
        }
        slots = Math.min(units, last + 1);
        for (int i = 0; i < places.length; i++) {
            sites[i] += places[i] / units * slots;
        }
    }

    private int unit(int item, int slot) {
        int[] order = orders[item];
        return order == null ? slot : order[slot];
    }

    /** Number of slots of each item. */
    int slots() {
        return slots;
    }

    /** For each of the places its slot, as an index into batch x slots. */
    int[] sites() {
        return sites.clone();
    }

    /** Ids {@code [batch, slots]}: of the value of the unit before; at first the absorbing one of the slot's own unit. */
    int[] shiftedIds() {
        int[] shifted = new int[input.batch() * slots];
        for (int i = 0; i < shifted.length; i++) {
            int n = i / slots;
            int slot = i % slots;
            shifted[i] = slot == 0 ? valueIds.absorbing(unit(n, 0)) : ids[n * units + unit(n, slot - 1)];
        }
        return shifted;
    }

    /** Units {@code [batch, slots]}. */
    int[] targets() {
        int[] targets = new int[input.batch() * slots];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = unit(i / slots, i % slots);
        }
        return targets;
    }

    /** The unit before each {@code [batch, slots]}; at first that is the number of units. */
    int[] inputs() {
        int[] inputs = new int[input.batch() * slots];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i % slots == 0 ? units : unit(i / slots, i % slots - 1);
        }
        return inputs;
    }

    /** Pairs {@code [batch, slots, 2]} of the slot's unit and the one before; at first that is the number of units. */
    int[] targetsAndInputs() {
        int[] targets = targets();
        int[] inputs = inputs();
        int[] pairs = new int[2 * targets.length];
        for (int i = 0; i < targets.length; i++) {
            pairs[2 * i] = targets[i];
            pairs[2 * i + 1] = inputs[i];
        }
        return pairs;
    }
}
