package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.app.archive.Restoration;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ArchiveModelOption;
import dev.ardm.cli.option.ReportingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm test}. */
@Command(
        name = "test",
        description = "Decodes and checks every item of archives. Writes nothing.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class TestCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE.ardm", description = "Archives; - is standard input.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(archives, commandLine(), this::test);
    }

    private int test(Place archive) throws IOException {
        Listener listener = reporting.listener(out(), err());
        try (OpenedArchive opened = OpenedArchive.open(archive, model.models(threads()), false, listener)) {
            new Restoration(opened, Attributes.NONE, listener).test();
            if (reporting.normal()) {
                out().println(archive.shown() + ": good, " + Text.count(opened.size(), "item"));
            }
            if (reporting.verbose()) {
                out().println("  with the model " + opened.model().describe());
            }
        }
        return 0;
    }
}
