package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.archive.Extraction;
import dev.ardm.app.archive.ItemSelection;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.app.archive.Restoration;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ArchiveModelOption;
import dev.ardm.cli.option.ChosenItems;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.cli.option.RestoredModes;
import dev.ardm.core.archive.ItemRanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm extract}. */
@Command(
        name = "extract",
        description = "Restores some items of an archive as files. Decodes only these items.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class ExtractCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private RestoredModes modes = new RestoredModes();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Mixin
    private ChosenItems chosen = new ChosenItems();

    @Option(
            names = "-o",
            paramLabel = "PATH",
            description =
                    "Folder (NAME/ if new), or a file for a single item, or for lines and rows together. Rows need "
                            + "a file. - is standard output. Default: the current folder.")
    private @Nullable String out;

    @Option(
            names = {"-f", "--force"},
            description = "Replace files; write to a terminal even if the output is not text.")
    private boolean force;

    @Override
    int run() throws IOException {
        if (out != null && out.isEmpty()) {
            throw usage("-o must not be empty");
        }
        return ArchiveArguments.each(chosen.archives(), commandLine(), this::extract);
    }

    private int extract(Place archive) throws IOException {
        Listener listener = reporting.listener(out(), err());
        try (OpenedArchive opened = OpenedArchive.open(archive, model.models(threads()), true, listener)) {
            if (reporting.verbose()) {
                out().println(archive.file() + ": with the model "
                        + opened.model().describe());
            }
            if ("-".equals(out)) {
                return CatCommand.write(opened, chosen, force, listener);
            }
            ItemRanges items = ItemSelection.of(opened, chosen.items());
            Extraction extraction = new Extraction(new Restoration(opened, modes.kept(), listener), items, force);
            Path path = Path.of(out == null ? "." : out);
            boolean folder = out == null || out.endsWith("/") || Files.isDirectory(path);
            boolean lines = opened.format().linesOfFiles();
            if (opened.itemsShareFiles() && !(lines && folder)) {
                return together(extraction, folder ? null : path, lines ? "line" : "row");
            }
            extraction.to(path, folder, (item, file) -> report(Text.printable(item), file));
            return 0;
        }
    }

    private int together(Extraction extraction, @Nullable Path file, String what) throws IOException {
        if (file == null) {
            throw usage("the items are rows of a table; give a file for them with -o");
        }
        Restoration.Result result = extraction.togetherTo(file);
        report(Text.count(result.items(), what), file);
        return result.exact() ? 0 : 1;
    }

    private void report(String what, Path target) {
        if (reporting.normal()) {
            out().println(what + " => " + target);
        }
    }
}
