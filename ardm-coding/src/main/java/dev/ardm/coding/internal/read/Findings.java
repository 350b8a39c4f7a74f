package dev.ardm.coding.internal.read;

import java.util.ArrayList;
import java.util.List;

/** Collects what recovery finds; of damage without end only what people read is kept. */
final class Findings {
    private final List<String> shown = new ArrayList<>();
    private long more;
    private long lost;
    private boolean moreMayBeLost;

    void add(String finding) {
        if (shown.size() < DamageReport.MOST_FINDINGS) {
            shown.add(finding);
        } else {
            more++;
        }
    }

    /** Items that are lost for sure. */
    void lost(long items, String finding) {
        lost += items;
        add(finding);
    }

    void moreMayBeLost() {
        moreMayBeLost = true;
    }

    DamageReport report() {
        List<String> all = new ArrayList<>(shown);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return new DamageReport(all, lost, moreMayBeLost);
    }
}
