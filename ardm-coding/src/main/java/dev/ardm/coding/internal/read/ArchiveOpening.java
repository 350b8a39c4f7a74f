package dev.ardm.coding.internal.read;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ways to open an archive: as a whole, up to its last commit, or whatever can be read of it. */
enum ArchiveOpening {
    /** Refuses a damaged archive and reports what can still be read. */
    WHOLE {
        @Override
        Opened read(PositionalFile file) throws IOException {
            try {
                return new Opened(file, TableIndex.read(file), DamageReport.NONE, null);
            } catch (DamagedException e) {
                throw e.readable().isEmpty() ? e.withReadable(readable(file)) : e;
            }
        }
    },

    /** Passes over what an append has not finished; else as {@link #WHOLE}. */
    COMMITTED {
        @Override
        Opened read(PositionalFile file) throws IOException {
            long end = FooterChain.committedEnd(file);
            if (end > 0) {
                file.endAt(end);
            }
            return WHOLE.read(file);
        }
    },

    /** Looks in all of the file for what {@link #WHOLE} refuses. */
    RECOVERING {
        @Override
        Opened read(PositionalFile file) throws IOException {
            try {
                return WHOLE.read(file);
            } catch (ArchiveException e) {
                Recovery.Result result = Recovery.scan(file);
                RecoveredIndex index = result.index();
                if (index == null) {
                    throw e;
                }
                return new Opened(file, index, result.report().of(e), e);
            }
        }
    };

    /** Advice for damage that {@link #RECOVERING} can skip. */
    static final String RECOVERABLE = "its items can still be read: open it for recovery";

    /**
     * An open file, the places of its items, and its errors.
     *
     * @param refusal why it does not open as a whole; null if it does
     */
    record Opened(
            PositionalFile file,
            ArchiveIndex index,
            DamageReport report,
            @Nullable ArchiveException refusal) {}

    abstract Opened read(PositionalFile file) throws IOException;

    /**
     * Opens a file.
     *
     * @param name what messages call it
     * @throws IOException if that fails; nothing stays open then
     */
    Opened open(Path path, String name) throws IOException {
        return open(new PositionalFile(path, name));
    }

    /** The same of a file that is open. It is closed if this fails. */
    Opened open(PositionalFile file) throws IOException {
        try {
            return read(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static String readable(PositionalFile file) throws IOException {
        long end = FooterChain.lastEnd(file);
        return end > 0 && end < file.size()
                ? "an append was not finished: " + FooterChain.items(file, end) + " items before it are whole"
                : RECOVERABLE;
    }
}
