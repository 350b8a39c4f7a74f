package dev.ardm.core.masking.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places of several items that a causal network computes together, after those of earlier steps. Rows are those of the first item, then of
 * the second, and so on.
 *
 * @param items at least one
 */
public record StepInput(List<Item> items) {
    /**
     * Places of one item. Where an order is given, places are numbers in that order.
     *
     * @param values of the item: those that are known are final
     * @param revealed places whose values became known since the item's last step
     * @param copies places of which copies come before all places, in ascending order: what is known beyond the first gap; they are
     *     computed together with the first place
     * @param places that are computed now: all places before them in the order, as far as they are seen, are known, and computed now
     *     or before
     * @param wanted which of these have outputs that are wanted, as indices
     * @param countLogs {@code places x K}: what a model of counts says of each, as {@link NetworkInput#withCountLogs}; null if the
     *     network is not told
     * @param order the units in the order of generation, for networks that are given one; null for others
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Item(
            int[] values,
            int[] revealed,
            int[] copies,
            int[] places,
            int[] wanted,
            float @Nullable [] countLogs,
            int @Nullable [] order) {
        /** How many copies are computed now. */
        int copiesNow() {
            return places.length > 0 && places[0] == 0 ? copies.length : 0;
        }

        int rows() {
            return copiesNow() + places.length;
        }

        /** Where the rows that are computed now are among all rows of the item, copies first. */
        public int[] rowPlaces() {
            int now = copiesNow();
            int[] rows = new int[rows()];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = row < now ? row : copies.length + places[row - now];
            }
            return rows;
        }

        /** The unit of a place: itself, if no order is given. */
        int unit(int place) {
            return order == null ? place : order[place];
        }
    }

    int rows() {
        int rows = 0;
        for (Item item : items) {
            rows += item.rows();
        }
        return rows;
    }

    int revealed() {
        int count = 0;
        for (Item item : items) {
            count += item.revealed.length;
        }
        return count;
    }

    /** The rows whose outputs are wanted. */
    int[] wanted() {
        int count = 0;
        for (Item item : items) {
            count += item.wanted.length;
        }
        int[] wanted = new int[count];
        int next = 0;
        int row = 0;
        for (Item item : items) {
            for (int index : item.wanted) {
                wanted[next++] = row + item.copiesNow() + index;
            }
            row += item.rows();
        }
        return wanted;
    }
}
