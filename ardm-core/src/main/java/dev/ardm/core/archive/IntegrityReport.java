package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.read.DamageReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of items of an archive after each was decoded; see {@link ItemArchive#verify} and {@link ItemArchive#read}. Each of
 * these items is in one of five ranges.
 */
public final class IntegrityReport {
    /** The most problems that are described one by one, so that a report stays small. */
    static final int MOST_PROBLEMS = 20;

    private final ItemRanges whole;
    private final ItemRanges doubtful;
    private final ItemRanges damaged;
    private final ItemRanges refused;
    private final ItemRanges lost;
    private final List<Problem> problems;
    private final DamageReport file;

    private IntegrityReport(Builder from, DamageReport file) {
        this.whole = from.whole.build();
        this.doubtful = from.doubtful.build();
        this.damaged = from.damaged.build();
        this.refused = from.refused.build();
        this.lost = from.lost.build();
        List<Problem> all = new ArrayList<>(from.damages);
        all.addAll(from.others);
        this.problems = List.copyOf(all);
        this.file = file;
    }

    /**
     * Why items cannot be read.
     *
     * @param from the first of them
     * @param to the end of the range, exclusive
     * @param offset the byte in the file where it shows; negative if none
     * @param reason description, without item and place
     */
    public record Problem(int from, int to, long offset, String reason) {}

    /**
     * Items that are beyond doubt: they decode and pass their own check, and their part of the file matches its checksum (or they
     * are stored without the model, and match a checksum of their own).
     */
    public ItemRanges whole() {
        return whole;
    }

    /**
     * Items that decode and pass their own short check, but whose part of the file does not match its checksum.
     * They may be wrong.
     */
    public ItemRanges doubtful() {
        return doubtful;
    }

    /** Items that exist but do not decode, or fail their check. */
    public ItemRanges damaged() {
        return damaged;
    }

    /** Items that were not decoded because the model of their part is missing. */
    public ItemRanges refused() {
        return refused;
    }

    /** Missing items; later items show that they existed. */
    public ItemRanges lost() {
        return lost;
    }

    /** Why items are damaged (the first {@value #MOST_PROBLEMS}), and then why others are refused or lost, as many ranges. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Damage of the file that recovery found. Its lost items include those of {@link #lost} and those of unknown
     * number.
     */
    public DamageReport file() {
        return file;
    }

    /** Whether all of these items were read and are whole; the file may be damaged elsewhere. */
    public boolean allWhole() {
        return doubtful.count() == 0 && damaged.count() == 0 && refused.count() == 0 && lost.count() == 0;
    }

    /** Whether all of these items are whole, and nothing of the file may be missing. */
    public boolean good() {
        return allWhole() && file.good();
    }

    /** How many items are certainly unreadable: those damaged, refused or lost. */
    public long unreadable() {
        return damaged.count() + refused.count() + Math.max(lost.count(), file.lostItems());
    }

    /** For people: {@code 36 items whole, 2 in doubt, 1 damaged, 1 lost}. */
    @Override
    public String toString() {
        return whole.count() + " items whole, " + doubtful.count() + " in doubt, " + damaged.count() + " damaged, "
                + (refused.count() == 0 ? "" : refused.count() + " of a missing model, ")
                + Math.max(lost.count(), file.lostItems()) + " lost"
                + (file.moreMayBeLost() ? ", and perhaps more in the missing part" : "");
    }

    /** Takes items in ascending order. */
    static final class Builder {
        private final ItemRanges.Builder whole = new ItemRanges.Builder();
        private final ItemRanges.Builder doubtful = new ItemRanges.Builder();
        private final ItemRanges.Builder damaged = new ItemRanges.Builder();
        private final ItemRanges.Builder refused = new ItemRanges.Builder();
        private final ItemRanges.Builder lost = new ItemRanges.Builder();
        private final List<Problem> damages = new ArrayList<>();
        private final List<Problem> others = new ArrayList<>();

        void whole(int item) {
            whole.add(item);
        }

        void doubtful(int item) {
            doubtful.add(item);
        }

        void damaged(int item, DamagedException why) {
            damaged.add(item);
            if (damages.size() < MOST_PROBLEMS) {
                damages.add(new Problem(item, item + 1, why.offset(), why.reason()));
            }
        }

        void refused(int item, String why) {
            refused.add(item);
            add(item, item + 1, why);
        }

        void lost(int from, int to, String why) {
            lost.add(from, to);
            add(from, to, why);
        }

        private void add(int from, int to, String why) {
            int last = others.size() - 1;
            if (last >= 0
                    && others.get(last).to == from
                    && others.get(last).reason.equals(why)) {
                others.set(last, new Problem(others.get(last).from, to, -1, why));
            } else if (others.size() < MOST_PROBLEMS) {
                others.add(new Problem(from, to, -1, why));
            }
        }

        IntegrityReport build(DamageReport file) {
            return new IntegrityReport(this, file);
        }
    }
}
