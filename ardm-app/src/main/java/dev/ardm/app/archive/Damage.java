package dev.ardm.app.archive;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.DamageReport;
import dev.ardm.core.archive.IntegrityReport;
import dev.ardm.core.archive.ItemRanges;
import java.io.IOException;
import java.util.List;

/** Says what is wrong with an archive, for people. */
public final class Damage {
    private static final int MOST_FINDINGS = 10;

    /** How long a list of item numbers gets. */
    static final int MOST_NUMBERS = 120;

    private Damage() {}

    /** Why an archive does not open as it is, in several lines. */
    public static String refusal(OpenedArchive.Place place, ArchiveReader reader, ArchiveException refusal) {
        String line = System.lineSeparator();
        StringBuilder text = new StringBuilder(
                refusal instanceof DamagedException e
                        ? String.valueOf(
                                new DamagedException(place.shown(), e.item(), e.offset(), e.reason(), "").getMessage())
                        : String.valueOf(refusal.getMessage()));
        List<String> findings = reader.damageReport().findings();
        for (String finding : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
            text.append(line).append("  ").append(finding);
        }
        if (findings.size() > MOST_FINDINGS) {
            text.append(line)
                    .append("  and ")
                    .append(findings.size() - MOST_FINDINGS)
                    .append(" more");
        }
        return text.append(line)
                .append("  continuing with what can be recovered; ardm repair writes it to a new archive")
                .toString();
    }

    /** What was read of a damaged archive. */
    static String summary(OpenedArchive archive, IntegrityReport report) {
        return summary(
                archive.place(),
                archive.items().damageReport(),
                report.whole().count(),
                report.doubtful().count(),
                report.damaged().count() + report.refused().count());
    }

    /**
     * What became of a damaged archive.
     *
     * @param whole items that are beyond doubt
     * @param doubtful items that pass their own check, in a part of the file that does not match its checksum
     * @param damaged items that are there and cannot be read
     */
    public static String summary(
            OpenedArchive.Place place, DamageReport file, long whole, long doubtful, long damaged) {
        return place.shown() + ": " + Text.count(whole, "item") + " whole, "
                + (doubtful == 0 ? "" : doubtful + " in doubt, ")
                + (damaged + file.lostItems()) + " lost"
                + (file.moreMayBeLost() ? ", and perhaps more in the missing part" : "");
    }

    /** Refuses to call it a success if not all items were read and are whole, or the archive is damaged elsewhere. */
    static void requireGood(OpenedArchive archive, IntegrityReport report) throws IOException {
        String summary = archive.isRecovered() ? summary(archive, report) : "";
        if (!report.allWhole()) {
            throw new UserError(
                    describe(archive, report) + (summary.isEmpty() ? "" : System.lineSeparator() + summary));
        }
        if (!summary.isEmpty()) {
            throw new UserError(summary);
        }
    }

    /** What is wrong with items, in several lines; the first names the file. */
    static String describe(OpenedArchive archive, IntegrityReport report) throws IOException {
        long damaged = report.damaged().count();
        long lost = report.lost().count();
        long refused = report.refused().count();
        ItemRanges doubtful = report.doubtful();
        boolean any = damaged + lost + doubtful.count() > 0;
        StringBuilder text = new StringBuilder(archive.file() + (any ? ": damaged" : ": some items cannot be read"));
        if (damaged + lost + refused > 0) {
            long all = report.whole().count() + doubtful.count() + damaged + lost + refused;
            text.append(": ").append(damaged + lost + refused);
            text.append(" of ").append(Text.count(all, "item")).append(" cannot be read");
        }
        int described = 0;
        for (IntegrityReport.Problem problem : report.problems()) {
            boolean item = report.damaged().contains(problem.from());
            if (!item && described > 0 && damaged > described) {
                text.append(String.format("%n  and %d more", damaged - described));
                described = 0;
            }
            described += item ? 1 : 0;
            text.append(item ? damage(archive, problem) : range(problem));
        }
        if (described > 0 && damaged > described) {
            text.append(String.format("%n  and %d more", damaged - described));
        }
        if (doubtful.count() > 0) {
            text.append(String.format(
                    "%n  %s %s: decodes and passes its own check, but its part of the file fails its checksum",
                    doubtful.count() == 1 ? "item" : "each of the items", doubtful.toString(MOST_NUMBERS)));
        }
        return text.toString();
    }

    private static String damage(OpenedArchive archive, IntegrityReport.Problem problem) throws IOException {
        return String.format(
                "%n  item %d (%s)%s: %s",
                problem.from(),
                Text.printable(archive.name(problem.from())),
                problem.offset() < 0 ? "" : ", byte " + problem.offset(),
                problem.reason());
    }

    private static String range(IntegrityReport.Problem problem) {
        boolean one = problem.to() - problem.from() == 1;
        return String.format(
                "%n  %s %d%s: %s",
                one ? "item" : "items", problem.from(), one ? "" : "-" + (problem.to() - 1), problem.reason());
    }
}
