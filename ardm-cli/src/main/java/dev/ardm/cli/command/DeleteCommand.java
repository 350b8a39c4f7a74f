package dev.ardm.cli.command;

import dev.ardm.app.Text;
import dev.ardm.app.archive.Rewriting;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ChosenItems;
import dev.ardm.cli.option.ReportingOptions;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ardm delete}. */
@Command(
        name = "delete",
        description =
                "Removes items from an archive for good, and compacts it. Needs no model, except that of records, "
                        + "to leave nothing of these in their groups. Items after them get other "
                        + "numbers. A damaged archive stays as it is.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class DeleteCommand extends BaseCommand {
    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Mixin
    private ChosenItems chosen = new ChosenItems();

    @Override
    int run() throws IOException {
        Path archive = chosen.archives().get(0);
        if (StandardStreams.isDash(archive)) {
            throw usage("only items of a file can be removed");
        }
        Rewriting done = Rewriting.delete(archive, chosen.items());
        if (reporting.normal()) {
            out().println(CompactCommand.line(archive, done));
        }
        if (done.remaining() > 0) {
            err().println("ardm: " + Text.count(done.remaining(), "deleted record")
                    + " can still be decoded, because groups of records are made anew only with the model, which was not"
                    + " found; ardm compact does it where the model is");
        }
        return 0;
    }
}
