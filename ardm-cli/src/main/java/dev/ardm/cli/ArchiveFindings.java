package dev.ardm.cli;

import dev.ardm.coding.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What decoding found wrong with an archive. Of damage without end only what a message shows is kept. */
final class ArchiveFindings {
    private static final int SHOWN = 20;

    private final Path file;
    private final int items;
    private final List<DamagedException> shown = new ArrayList<>();
    private final Ranges doubtful = new Ranges();
    private int damaged;

    /**
     * Nothing wrong yet.
     *
     * @param items how many items are looked at
     */
    ArchiveFindings(Path file, int items) {
        this.file = file;
        this.items = items;
    }

    /** An item cannot be read. */
    void addDamaged(DamagedException e) {
        if (damaged < SHOWN) {
            shown.add(e);
        }
        damaged++;
    }

    /** An item decodes and passes its own check, but lies in a block of the file that has changed. */
    void addDoubtful(int item) {
        doubtful.add(item);
    }

    boolean good() {
        return damaged == 0 && doubtful.size() == 0;
    }

    /** For people, in several lines; the first names the file. */
    String describe(ItemNames names) throws IOException {
        StringBuilder text = new StringBuilder(file + ": damaged");
        if (damaged > 0) {
            text.append(": ")
                    .append(damaged)
                    .append(" of ")
                    .append(Text.count(items, "item"))
                    .append(" cannot be read");
        }
        for (DamagedException e : shown) {
            text.append(String.format(
                    "%n  item %d (%s), byte %d: %s",
                    e.item(), Text.printable(names.name(e.item())), e.offset(), e.reason()));
        }
        if (damaged > SHOWN) {
            text.append(String.format("%n  and %d more", damaged - SHOWN));
        }
        if (doubtful.size() > 0) {
            text.append(String.format(
                    "%n  %s %s: decodes and passes its own check, but its part of the file does not match its checksum",
                    doubtful.size() == 1 ? "item" : "each of the items", doubtful));
        }
        return text.toString();
    }
}
