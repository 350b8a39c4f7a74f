package dev.ardm.cli.command;

import dev.ardm.app.Text;
import dev.ardm.app.archive.Rewriting;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ReportingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm compact}. */
@Command(
        name = "compact",
        description =
                "Writes archives anew in one piece, without decoding: many additions take less room then. Needs no "
                        + "model. A damaged archive stays as it is.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class CompactCommand extends BaseCommand {
    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE.ardm", description = "Archives.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Override
    int run() throws IOException {
        if (archives.stream().anyMatch(StandardStreams::isDash)) {
            throw usage("only files can be compacted");
        }
        return ArchiveArguments.each(archives, commandLine(), archive -> {
            Rewriting done = Rewriting.compact(archive.file());
            if (reporting.normal()) {
                out().println(line(archive.file(), done));
            }
            return 0;
        });
    }

    static String line(Path archive, Rewriting done) {
        return archive + ": " + Text.count(done.items(), "item") + ", " + Text.count(done.before(), "byte") + " => "
                + Text.count(done.after(), "byte");
    }
}
