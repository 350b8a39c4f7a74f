package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.coding.ArchiveException;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DamageReport;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.NewerVersionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An archive open for reading. Of one that is damaged, what can be recovered. */
final class ArchiveInput implements Closeable {
    private static final int SHOWN = 10;

    private final Path file;
    private final ArchiveReader reader;
    private final @Nullable ArchiveException refusal;

    private ArchiveInput(Path file, ArchiveReader reader, @Nullable ArchiveException refusal) {
        this.file = file;
        this.reader = reader;
        this.refusal = refusal;
    }

    /**
     * Opens an archive.
     *
     * @throws ArchiveException if it is none, needs a newer program, or nothing of it can be read
     */
    static ArchiveInput open(Path file) throws IOException {
        try {
            return new ArchiveInput(file, ArchiveReader.open(file), null);
        } catch (NewerVersionException e) {
            throw e; // What a newer program wrote is not damaged.
        } catch (ArchiveException e) {
            return new ArchiveInput(file, recovered(file, e), e);
        }
    }

    private static ArchiveReader recovered(Path file, ArchiveException refusal) throws IOException {
        ArchiveReader reader;
        try {
            reader = ArchiveReader.recover(file);
        } catch (ArchiveException e) {
            throw refusal;
        }
        if (reader.size() == 0) {
            reader.close();
            throw refusal;
        }
        return reader;
    }

    ArchiveReader reader() {
        return reader;
    }

    /** Whether it is damaged, so that only some of what was in it may be read. */
    boolean recovered() {
        return refusal != null;
    }

    /** What is wrong, the reason why it cannot be opened as it is first; nothing if all is well. */
    List<String> findings() {
        return refusal == null ? List.of() : reader.damageReport().findings();
    }

    /** Says what is wrong, if something is. */
    void warn(PrintWriter warnings) {
        if (refusal == null) {
            return;
        }
        warnings.println("ardm: " + described(file, refusal));
        List<String> findings = findings();
        for (String finding : findings.subList(0, Math.min(SHOWN, findings.size()))) {
            warnings.println("  " + finding);
        }
        if (findings.size() > SHOWN) {
            warnings.println("  and " + (findings.size() - SHOWN) + " more");
        }
        warnings.println("  going on with what can be recovered; ardm repair makes a whole archive of it");
        warnings.flush();
    }

    private static String described(Path file, ArchiveException refusal) {
        return refusal instanceof DamagedException e
                ? String.valueOf(
                        new DamagedException(ArchiveArguments.shown(file), e.item(), e.offset(), e.reason(), "")
                                .getMessage())
                : String.valueOf(refusal.getMessage());
    }

    /**
     * What came of a damaged archive.
     *
     * @param whole items that are beyond doubt
     * @param doubtful items that pass their own check, in a part of the file that does not match its checksum
     * @param damaged items that are there and cannot be read
     */
    String summary(long whole, long doubtful, long damaged) {
        DamageReport report = reader.damageReport();
        return ArchiveArguments.shown(file) + ": " + Text.count(whole, "item") + " whole, "
                + (doubtful == 0 ? "" : doubtful + " in doubt, ")
                + (damaged + report.lostItems()) + " lost"
                + (report.moreMayBeLost() ? ", and perhaps more in what is missing" : "");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
