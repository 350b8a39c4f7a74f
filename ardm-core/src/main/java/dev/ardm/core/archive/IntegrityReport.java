package dev.ardm.core.archive;

import dev.ardm.coding.DamageReport;

/**
 * What of an archive is whole, after every item was decoded; see {@link ItemArchive#verify}. Each item of the archive is in one
 * of the four.
 *
 * @param whole items that are beyond doubt: they decode and pass their own check, and their part of the file matches its checksum
 *     (or they are stored without the model, and match a checksum of their own)
 * @param doubtful items that decode and pass their own check, whose few bits alone do not vouch for them, in a part of the file that
 *     does not match its checksum
 * @param damaged items that are there and do not decode to anything that passes their check
 * @param lost items that are gone: others behind them tell that they were there
 * @param file what recovery found wrong with the file; its lost items include those here, and those whose numbers nobody knows
 */
public record IntegrityReport(
        ItemRanges whole, ItemRanges doubtful, ItemRanges damaged, ItemRanges lost, DamageReport file) {
    /** Whether every item is whole, and nothing may have been in what is missing. */
    public boolean good() {
        return doubtful.count() == 0 && damaged.count() == 0 && lost.count() == 0 && file.good();
    }

    /** How many items cannot be had any more, for sure: those damaged, and those lost. */
    public long unreadable() {
        return damaged.count() + Math.max(lost.count(), file.lostItems());
    }

    /** For people: {@code 36 items whole, 2 in doubt, 1 damaged, 1 lost}. */
    @Override
    public String toString() {
        return whole.count() + " items whole, " + doubtful.count() + " in doubt, " + damaged.count() + " damaged, "
                + (unreadable() - damaged.count()) + " lost"
                + (file.moreMayBeLost() ? ", and perhaps more in what is missing" : "");
    }
}
