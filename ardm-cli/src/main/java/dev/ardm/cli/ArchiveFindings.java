package dev.ardm.cli;

import dev.ardm.app.Text;
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
    private final List<Range> ranges = new ArrayList<>();
    private long unreadable;
    private long lost;
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

    /** Items that nobody tries to read, and why. */
    private record Range(int from, int to, String why) {}

    /** Items are no longer in the file. */
    void addLost(int from, int to, String why) {
        lost += to - from;
        addRange(from, to, why);
    }

    /** Items cannot be read for another reason than damage. */
    void addUnreadable(int from, int to, String why) {
        unreadable += to - from;
        addRange(from, to, why);
    }

    private void addRange(int from, int to, String why) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).to == from && ranges.get(last).why.equals(why)) {
            ranges.set(last, new Range(ranges.get(last).from, to, why));
        } else if (ranges.size() < SHOWN) {
            ranges.add(new Range(from, to, why));
        }
    }

    /** Items that are beyond doubt. */
    long whole() {
        return items - lost - unreadable - damaged - doubtful.size();
    }

    /** Items that decode and pass their own check, in a part of the file that has changed. */
    long doubtful() {
        return doubtful.size();
    }

    /** Items that are there and cannot be read. */
    long damaged() {
        return unreadable + damaged;
    }

    /** An item decodes and passes its own check, but lies in a block of the file that has changed. */
    void addDoubtful(int item) {
        doubtful.add(item);
    }

    boolean good() {
        return damaged == 0 && doubtful.size() == 0 && ranges.isEmpty();
    }

    /** For people, in several lines; the first names the file. */
    String describe(ItemNames names) throws IOException {
        boolean any = damaged + lost + doubtful.size() > 0;
        StringBuilder text = new StringBuilder(file + (any ? ": damaged" : ": not all can be read"));
        if (damaged + lost + unreadable > 0) {
            text.append(": ")
                    .append(damaged + lost + unreadable)
                    .append(" of ")
                    .append(Text.count(items, "item"))
                    .append(" cannot be read");
        }
        for (DamagedException e : shown) {
            text.append(String.format(
                    "%n  item %d (%s)%s: %s",
                    e.item(),
                    Text.printable(names.name(e.item())),
                    e.offset() < 0 ? "" : ", byte " + e.offset(),
                    e.reason()));
        }
        if (damaged > SHOWN) {
            text.append(String.format("%n  and %d more", damaged - SHOWN));
        }
        for (Range range : ranges) {
            text.append(String.format(
                    "%n  %s %d%s: %s",
                    range.to - range.from == 1 ? "item" : "items",
                    range.from,
                    range.to - range.from == 1 ? "" : "-" + (range.to - 1),
                    range.why));
        }
        if (doubtful.size() > 0) {
            text.append(String.format(
                    "%n  %s %s: decodes and passes its own check, but its part of the file does not match its checksum",
                    doubtful.size() == 1 ? "item" : "each of the items", doubtful));
        }
        return text.toString();
    }
}
