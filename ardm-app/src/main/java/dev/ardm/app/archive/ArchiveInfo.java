package dev.ardm.app.archive;

import dev.ardm.app.Text;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an archive is, without its items one by one.
 *
 * @param listing what its listing says
 * @param named items that have names
 * @param permitted items that have permissions
 * @param oldest when the first of the items that have times was modified; null if none has
 * @param newest the same of the last
 */
public record ArchiveInfo(
        ArchiveListing listing,
        int named,
        int permitted,
        @Nullable Instant oldest,
        @Nullable Instant newest) {
    /**
     * Reads it.
     *
     * @param place where it is; its models are looked for around it
     */
    public static ArchiveInfo of(OpenedArchive.Place place, ArchiveReader reader) throws IOException {
        int named = 0;
        int permitted = 0;
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(k + 1)) {
            named += reader.name(k).isPresent() ? 1 : 0;
            permitted += reader.label(k).mode().isPresent() ? 1 : 0;
            OptionalLong time = reader.time(k);
            if (time.isPresent()) {
                oldest = Math.min(oldest, time.getAsLong());
                newest = Math.max(newest, time.getAsLong());
            }
        }
        boolean timed = oldest <= newest;
        return new ArchiveInfo(
                ArchiveListing.of(place, reader, true, null),
                named,
                permitted,
                timed ? Instant.ofEpochMilli(oldest) : null,
                timed ? Instant.ofEpochMilli(newest) : null);
    }

    /** Prints it for people. */
    public void print(PrintWriter out) throws IOException {
        listing.print(out, false, () -> false);
        int items = listing.sums().items();
        if (items > 0) {
            out.println("names  " + share(named, items));
            out.println("modes  " + share(permitted, items));
            out.println("times  "
                    + (oldest == null || newest == null ? "none" : seconds(oldest) + " to " + seconds(newest)));
        }
        ArchiveReader reader = listing.reader();
        out.println("file   " + Text.count(reader.parts(), "part") + ", " + Text.count(reader.tables(), "table")
                + "; " + Text.count(listing.bytes() - listing.sums().bytes() - listing.insideBytes(), "byte")
                + " besides the items"
                + (reader.tables() > reader.parts() ? "; ardm compact makes it smaller" : ""));
    }

    private static String share(int some, int all) {
        return some == all ? "all" : some == 0 ? "none" : Text.count(some, "item");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
