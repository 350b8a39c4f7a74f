package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.data.DataException;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.TakenNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Restores items of an archive, one after the other as they are decoded.
 *
 * @param from the first item
 * @param to where to stop, before this item
 * @param keepGoing whether what can be read is kept though something cannot
 * @param warnings hears of changed names and of damage that is passed over
 */
record Restoration(
        Path archive,
        ArchiveDecoder decoder,
        int from,
        int to,
        boolean keepGoing,
        ReportingOptions reporting,
        PrintWriter warnings) {

    /**
     * What was restored.
     *
     * @param exact whether that is all, and beyond doubt
     */
    record Result(int items, boolean exact) {
        int exitCode() {
            return exact ? 0 : 1;
        }
    }

    int items() {
        return to - from;
    }

    /** Restores items under their names into a folder. */
    Result named(Path folder, RestoreTarget target) throws IOException {
        try (TakenNames taken = TakenNames.beside(folder, items())) {
            FolderNames names = new FolderNames(decoder::name, from, to, taken::add);
            if (!names.reserve((k, name) -> requireName(folder, k, name))) {
                throw new UserError(archive + ": two items have one name; "
                        + (!decoder.reader().header().layout().hasSide()
                                ? "write them to a file NAME.npy"
                                : "ardm extract writes items one by one"));
            }
            return into(target, names::name);
        }
    }

    /** Finds out before the work whether a name leads out of the folder. */
    private static void requireName(Path folder, int item, String name) throws DataException {
        try {
            ImageFolder.requireName(item, name);
        } catch (DataException e) {
            throw new DataException(folder + ": " + e.getMessage(), e);
        }
    }

    /** Restores items into one file. */
    Result unnamed(RestoreTarget target) throws IOException {
        return into(target, k -> "");
    }

    /** Writes the items as they come; only what is found to be whole gets its name. */
    private Result into(RestoreTarget target, ItemNames names) throws IOException {
        Renamed renamed = new Renamed();
        ArchiveFindings findings;
        int written;
        try (target) {
            target.begin();
            try (Progress progress = reporting.progress("decompress", decoder.work(from, to))) {
                findings = decoder.decode(
                        from,
                        to,
                        (k, item) -> {
                            String name = names.name(k);
                            target.add(item, name, decoder.reader().time(k));
                            if (!name.isEmpty() && !name.equals(decoder.name(k))) {
                                renamed.add(name);
                            }
                        },
                        progress);
            }
            written = target.size();
            boolean recovered = decoder.input().recovered();
            if (!findings.good() && (!(keepGoing || recovered) || written == 0)) {
                throw new UserError(findings.describe(decoder::name)
                        + (keepGoing || recovered
                                ? ""
                                : System.lineSeparator()
                                        + "nothing was written; --keep-going writes what can be read"));
            }
            target.commit();
        }
        if (renamed.count > 0 && reporting.normal()) {
            warnings.println("ardm: characters that not every file system takes were replaced in "
                    + Text.count(renamed.count, "name") + ", such as " + Text.printable(renamed.example));
        }
        if (!findings.good()) {
            warnings.println("ardm: " + findings.describe(decoder::name));
        }
        if (decoder.input().recovered()) {
            warnings.println(
                    "ardm: " + decoder.input().summary(findings.whole(), findings.doubtful(), findings.damaged()));
        }
        warnings.flush();
        return new Result(written, findings.good() && !decoder.input().recovered());
    }

    /** Names that were changed. */
    private static final class Renamed {
        private int count;
        private String example = "";

        void add(String name) {
            if (count == 0) {
                example = name;
            }
            count++;
        }
    }
}
