package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import java.util.List;

/**
 * What recovering an archive found.
 *
 * @param findings descriptions of the damage with places; at most {@value #MOST_FINDINGS} and one with the number of others
 * @param lostItems number of items that are certainly lost
 * @param moreMayBeLost whether an unknown number of items may have been in missing or unreadable parts
 */
public record DamageReport(List<String> findings, long lostItems, boolean moreMayBeLost) {
    static final int MOST_FINDINGS = 100;

    /** Nothing is wrong. */
    static final DamageReport NONE = new DamageReport(List.of(), 0, false);

    /** Copies the list. */
    public DamageReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong. */
    public boolean good() {
        return findings.isEmpty() && lostItems == 0 && !moreMayBeLost;
    }

    /** The same, but if it finds nothing wrong, with the reason why the archive does not open. */
    DamageReport of(ArchiveException refusal) {
        if (!good()) {
            return this;
        }
        String reason = refusal instanceof DamagedException damage ? damage.reason() : refusal.getMessage();
        return new DamageReport(List.of(String.valueOf(reason)), 0, false);
    }
}
