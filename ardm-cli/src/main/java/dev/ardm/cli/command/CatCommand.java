package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.Destination;
import dev.ardm.app.archive.ItemSelection;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.app.archive.Restoration;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ArchiveModelOption;
import dev.ardm.cli.option.ChosenItems;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.data.ItemWriter;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm cat}. */
@Command(
        name = "cat",
        description = "Writes items of an archive to standard output: files as they were, images as PNG, other "
                + "items as NPY. Decodes only these items.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class CatCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private ChosenItems chosen = new ChosenItems();

    @Option(
            names = {"-f", "--force"},
            description = "Write to a terminal even if the output is not text.")
    private boolean force;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(chosen.archives(), commandLine(), this::cat);
    }

    private int cat(Place archive) throws IOException {
        Listener listener = listener();
        try (OpenedArchive opened = OpenedArchive.open(archive, model.models(threads()), true, listener)) {
            return write(opened, chosen, force, listener);
        }
    }

    /** Writes items to standard output and returns the exit code. */
    static int write(OpenedArchive opened, ChosenItems chosen, boolean force, Listener listener) throws IOException {
        if (!opened.isText()) {
            StandardStreams.requireNoTerminal(force);
        }
        ItemRanges items = ItemSelection.of(opened, chosen.items());
        Restoration restoration = new Restoration(opened, Attributes.NONE, listener);
        if (opened.itemsShareFiles()) {
            int most = Math.toIntExact(items.count());
            return restoration
                            .restore(
                                    items,
                                    null,
                                    true,
                                    () -> Destination.through(opened, most, false, StandardStreams::write))
                            .exact()
                    ? 0
                    : 1;
        }
        restoration.each(items, (number, item) -> {
            try (ItemWriter writer = Destination.through(opened, 1, false, StandardStreams::write)) {
                writer.add(item);
                writer.commit();
            }
        });
        return 0;
    }
}
