package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Destination;
import dev.ardm.app.archive.ItemSelection;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.app.archive.Restoration;
import dev.ardm.app.archive.RestoredNames;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ArchiveModelOption;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.cli.option.RestoredModes;
import dev.ardm.core.archive.ItemRanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm decompress}. */
@Command(
        name = "decompress",
        description = "Restores all items of archives, or one. The archives are kept.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class DecompressCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private RestoredModes modes = new RestoredModes();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE.ardm",
            description = "Archives; - reads standard input and writes standard output.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Option(
            names = "-o",
            paramLabel = "PATH",
            description = "Output: NAME.npy or NAME.idx for one array of all items, NAME.png for a single image, or "
                    + "a folder of images. For other files: a name with an extension for a single file, or a "
                    + "folder. Default: the archive's name without .ardm. - is standard output.")
    private @Nullable String out;

    @Option(
            names = {"-c", "--stdout"},
            description = "Write to standard output: a single file, or an array as NPY.")
    private boolean stdout;

    @Option(names = "--item", paramLabel = "K", description = "Restore only item K, counted from 0.")
    private @Nullable Integer item;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrite an existing output file.")
    private boolean force;

    @Option(
            names = {"-k", "--keep"},
            description = "Keep the archives (the default).")
    private boolean keep;

    @Option(names = "--keep-going", description = "Write the items that can be read, even if others cannot.")
    private boolean keepGoing;

    @Override
    int run() throws IOException {
        if (item != null) {
            requireRange("--item", item, 0, Integer.MAX_VALUE);
        }
        if (out != null && out.isEmpty()) {
            throw usage("-o must not be empty");
        }
        if (stdout && out != null && !out.equals("-")) {
            throw usage("-c and -o exclude each other");
        }
        boolean toOutput = stdout || "-".equals(out);
        if (archives.size() > 1 && out != null && !toOutput) {
            throw usage("-o needs a single archive; several archives are restored next to themselves");
        }
        if (archives.stream().filter(StandardStreams::isDash).count() > 1) {
            throw usage("standard input can be read once");
        }
        return ArchiveArguments.each(archives, commandLine(), archive -> {
            boolean piped = out == null && StandardStreams.isDash(archive.named());
            return decompress(archive, toOutput || piped);
        });
    }

    private int decompress(Place archive, boolean toOutput) throws IOException {
        if (!toOutput && out == null) {
            requireNamed(archive.file());
        }
        Listener listener = reporting.listener(out(), err());
        try (OpenedArchive opened = OpenedArchive.open(archive, model.models(threads()), true, listener)) {
            ItemRanges items = ItemSelection.of(opened, item);
            Restoration restoration = new Restoration(opened, modes.kept(), listener);
            return toOutput ? toStandardOutput(restoration, items) : toFiles(restoration, items);
        }
    }

    private void requireNamed(Path archive) {
        if (!RestoredNames.isArchiveName(archive)) {
            throw new UserError(archive + ": the name does not end in " + RestoredNames.EXTENSION
                    + (archives.size() > 1 ? "; skipped" : "; give a name for its contents with -o"));
        }
        if (item != null) {
            throw usage("--item needs -o, or -c for standard output");
        }
    }

    private int toFiles(Restoration restoration, ItemRanges items) throws IOException {
        OpenedArchive archive = restoration.archive();
        if (reporting.verbose()) {
            out().println(archive.file() + ": with the model " + archive.model().describe());
        }
        Destination destination;
        try {
            destination = Destination.of(archive, items, out, force);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        Restoration.Result result = restoration.restore(items, destination.folder(), keepGoing, destination);
        if (reporting.normal()) {
            out().println(archive.file() + " => " + destination.path() + ": " + Text.count(result.items(), "item")
                    + (result.exact() ? ", all exact" : ""));
        }
        return result.exact() ? 0 : 1;
    }

    private int toStandardOutput(Restoration restoration, ItemRanges items) throws IOException {
        OpenedArchive archive = restoration.archive();
        Restoration.Target target = Destination.through(archive, items, item != null, StandardStreams::write);
        if (!archive.isText()) {
            StandardStreams.requireNoTerminal(force);
        }
        return restoration.restore(items, null, keepGoing, target).exact() ? 0 : 1;
    }
}
