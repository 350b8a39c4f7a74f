package dev.ardm.cli;

import dev.ardm.coding.DamagedException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What decoding found wrong with an archive.
 *
 * @param items how many items were looked at
 * @param damaged one exception for each item that cannot be read
 * @param doubtful items that decode and pass their own check, but lie in a block of the file that has changed
 */
record ArchiveFindings(Path file, int items, List<DamagedException> damaged, List<Integer> doubtful) {
    private static final int SHOWN = 20;

    boolean good() {
        return damaged.isEmpty() && doubtful.isEmpty();
    }

    /** For people, in several lines; the first names the file. */
    String describe(IntFunction<String> name) {
        StringBuilder text = new StringBuilder(file + ": damaged");
        if (!damaged.isEmpty()) {
            text.append(": ")
                    .append(damaged.size())
                    .append(" of ")
                    .append(Text.count(items, "item"))
                    .append(" cannot be read");
        }
        for (DamagedException e : damaged.subList(0, Math.min(SHOWN, damaged.size()))) {
            text.append(String.format(
                    "%n  item %d (%s), byte %d: %s",
                    e.item(), Text.printable(name.apply(e.item())), e.offset(), e.reason()));
        }
        if (damaged.size() > SHOWN) {
            text.append(String.format("%n  and %d more", damaged.size() - SHOWN));
        }
        if (!doubtful.isEmpty()) {
            text.append(String.format(
                    "%n  %s %s: decodes and passes its own check, but its part of the file does not match its checksum",
                    doubtful.size() == 1 ? "item" : "each of the items", Text.ranges(doubtful)));
        }
        return text.toString();
    }
}
