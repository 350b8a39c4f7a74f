package dev.ardm.cli;

import dev.ardm.app.UserError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What was found wrong with some runs of items of one archive; the first is told, in the words of {@link ArchiveFindings}. */
final class RunFindings {
    private final ArchiveDecoder decoder;
    private @Nullable String first;
    private long whole;
    private long doubtful;
    private long damaged;

    RunFindings(ArchiveDecoder decoder) {
        this.decoder = decoder;
    }

    void add(ArchiveFindings findings) throws IOException {
        whole += findings.whole();
        doubtful += findings.doubtful();
        damaged += findings.damaged();
        if (!findings.good() && first == null) {
            first = findings.describe(decoder::name);
        }
    }

    boolean good() {
        return first == null;
    }

    int requireGood() {
        ArchiveInput input = decoder.input();
        if (first != null) {
            throw new UserError(first
                    + (input.recovered() ? System.lineSeparator() + input.summary(whole, doubtful, damaged) : ""));
        }
        if (input.recovered()) {
            throw new UserError(input.summary(whole, doubtful, damaged));
        }
        return 0;
    }
}
