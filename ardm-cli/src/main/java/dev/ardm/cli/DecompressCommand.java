package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.data.DataException;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.TakenNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm decompress}. */
@Command(name = "decompress", description = "Restores the items of an archive, all or one, exactly.")
final class DecompressCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "PATH",
            description =
                    "NAME.npy or NAME.idx for all items in one array, NAME.png for one item, else a folder with an"
                            + " image NAME.png for each item.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Option(names = "--item", paramLabel = "K", description = "Only this item; the first is 0.")
    private @Nullable Integer item;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the output if it is a file.")
    private boolean force;

    @Option(names = "--keep-going", description = "Write the items that can be read, though others cannot.")
    private boolean keepGoing;

    @Override
    int run() throws IOException {
        if (item != null) {
            requireRange("--item", item, 0, Integer.MAX_VALUE);
        }
        ItemOutput output;
        try {
            output = ItemOutput.of(out, true, force);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        requireArchive(archive);
        ArdmModel likelihood = model.open(threads());
        output.check(archive, model.file());
        try (ArchiveDecoder decoder =
                ArchiveDecoder.open(archive, likelihood, likelihood.model().id())) {
            output.check(likelihood.space());
            requireItems(decoder, output);
            return restore(decoder, likelihood.space(), output);
        }
    }

    /** Refuses what is no file. */
    static void requireArchive(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            throw new NoSuchFileException(archive.toString());
        }
        if (Files.isDirectory(archive)) {
            throw new UserError(archive + ": is a folder, not an archive");
        }
    }

    private void requireItems(ArchiveDecoder decoder, ItemOutput output) {
        int size = decoder.reader().size();
        if (item != null && item >= size) {
            throw new UserError(archive + ": there is no item " + item + "; "
                    + (size == 0 ? "the archive is empty" : "it has the items 0.." + (size - 1)));
        }
        if (item == null && output.kind() == ItemOutput.Kind.PNG && size != 1) {
            throw new UserError(output.path() + ": an image holds one item, " + archive + " has " + size
                    + "; choose one with --item, or give a folder (NAME/) or NAME.npy");
        }
    }

    private int restore(ArchiveDecoder decoder, Space space, ItemOutput output) throws IOException {
        int from = item == null ? 0 : item;
        int to = item == null ? decoder.reader().size() : item + 1;
        if (output.kind() != ItemOutput.Kind.FOLDER) {
            return restore(decoder, space, from, to, output, k -> "");
        }
        try (TakenNames taken = TakenNames.beside(output.path(), to - from)) {
            FolderNames names = new FolderNames(decoder::name, from, to, taken::add);
            if (!names.reserve((k, name) -> requireName(output, k, name))) {
                throw new UserError(archive + ": two items have one name; write them to a file NAME.npy");
            }
            return restore(decoder, space, from, to, output, names::name);
        }
    }

    /** Finds out before the work whether a name leads out of the folder. */
    private static void requireName(ItemOutput output, int item, String name) throws DataException {
        try {
            ImageFolder.requireName(item, name);
        } catch (DataException e) {
            throw new DataException(output.path() + ": " + e.getMessage(), e);
        }
    }

    /** Writes the items as they come; only what is found to be whole gets its name. */
    private int restore(ArchiveDecoder decoder, Space space, int from, int to, ItemOutput output, ItemNames names)
            throws IOException {
        Renamed renamed = new Renamed();
        ArchiveFindings findings;
        int written;
        try (ItemWriter writer = output.begin(space, to - from, Map.of())) {
            try (Progress progress = new Progress("decompress", to - from)) {
                findings = decoder.decode(
                        from,
                        to,
                        (k, values) -> {
                            String name = names.name(k);
                            writer.add(values, name);
                            if (!name.isEmpty() && !name.equals(decoder.name(k))) {
                                renamed.add(name);
                            }
                        },
                        progress);
            }
            written = writer.size();
            if (!findings.good() && (!keepGoing || written == 0)) {
                throw new UserError(findings.describe(decoder::name)
                        + (keepGoing
                                ? ""
                                : System.lineSeparator()
                                        + "nothing was written; --keep-going writes what can be read"));
            }
            writer.commit();
        }
        if (renamed.count > 0) {
            err().println("ardm: characters that not every file system takes were replaced in "
                    + Text.count(renamed.count, "name") + ", such as " + Text.printable(renamed.example));
        }
        if (!findings.good()) {
            err().println("ardm: " + findings.describe(decoder::name));
        }
        err().flush();
        out().println(archive + " => " + output.path() + ": " + Text.count(written, "item")
                + (findings.good() ? ", all exact" : ""));
        return findings.good() ? 0 : 1;
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
