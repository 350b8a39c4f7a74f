package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Appending;
import dev.ardm.app.archive.Sources;
import dev.ardm.app.data.OutputPath;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ArchiveModelOption;
import dev.ardm.cli.option.FormatOption;
import dev.ardm.cli.option.ImageFileOptions;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.cli.option.StoredAttributes;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.data.file.FileList;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm add}. */
@Command(
        name = "add",
        description = "Appends items to an archive, with its model and plan. Every item is decoded and compared "
                + "before the archive changes; after a failure it is as it was.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class AddCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private StoredAttributes attributes = new StoredAttributes();

    @Mixin
    private ImageFileOptions imageFiles = new ImageFileOptions();

    @Mixin
    private FormatOption reading = new FormatOption();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "Archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "What to add, as for compress. Names that exist already are stored twice, with a warning.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        if (StandardStreams.isDash(archive)) {
            throw usage("only a file can grow");
        }
        imageFiles.check();
        if (paths.stream().anyMatch(StandardStreams::isDash)) {
            throw usage("only files and folders can be added; write standard input to a file first");
        }
        OutputPath.requireOther(archive, paths.toArray(Path[]::new));
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserError(path + ": no such file or folder");
            }
        }
        try (Appending appending = Appending.open(archive, model.models(threads()))) {
            if (!Files.isWritable(archive)) {
                throw new UserError(archive + ": cannot be written");
            }
            add(appending, reporting.listener(out(), err()));
        }
        return 0;
    }

    private void add(Appending appending, Listener listener) throws IOException {
        ItemLayout layout = appending.layout();
        if (!layout.images() && !imageFiles.given().isEmpty()) {
            throw new UserError(archive + ": " + imageFiles.given()
                    + " is for archives of images of any size, and this one holds "
                    + (layout.hasSide()
                            ? "files that are restored byte for byte anyway"
                            : "items of the model's size"));
        }
        if (reporting.verbose()) {
            out().println(archive + ": with the model " + appending.model().describe());
        }
        Sources.check(paths, listener);
        boolean anyFile = layout.hasSide() && !layout.images();
        OutputPath.requireNoInput(archive, anyFile, paths);
        InputOptions options =
                imageFiles.input(archive, appending.model().model()).with(layout);
        long before = Files.size(archive);
        try (ItemInput input = reading.of(appending.model().model().model()).input(paths, options)) {
            Appending.Added added = appending.add(input, attributes.kept(), FileList.sharedModes(paths), listener);
            if (reporting.normal()) {
                out().println("added " + Text.count(added.result().items(), "item") + ", "
                        + Text.count(added.result().rawBytes(), "byte") + " => " + archive + ": "
                        + Text.count(Files.size(archive) - before, "byte") + " more, "
                        + Text.count(added.size(), "item") + " in all");
            }
        }
    }
}
