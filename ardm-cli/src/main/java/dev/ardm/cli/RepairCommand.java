package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.ArchiveRepair;
import dev.ardm.coding.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm repair}. */
@Command(
        name = "repair",
        description =
                "Writes a whole archive from what can be recovered of a damaged one; needs no model. Items are copied as"
                        + " they are, and those left out that cannot be whole, so that the ones behind them get other numbers. The"
                        + " damaged archive is kept.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {
            "0:all items are there, and beyond doubt",
            "1:failed, or some items are lost or in doubt",
            Main.EXIT_2
        })
final class RepairCommand extends BaseCommand {
    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "The damaged archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(names = "-o", required = true, paramLabel = "OUT.ardm", description = "The archive to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = {"-f", "--force"},
            description = "Replace OUT.ardm if it exists.")
    private boolean force;

    @Override
    int run() throws IOException {
        if (StandardStreams.isDash(archive)
                || StandardStreams.isDash(out)
                || out.toString().isEmpty()) {
            throw usage("repair reads a file and writes a file");
        }
        ArchiveModelOption.requireArchive(archive);
        ItemOutput.requireOther(out, archive);
        ItemOutput.requireFile(out, force);
        try (ArchiveInput input = ArchiveInput.open(archive)) {
            input.warn(err());
            return repair(input);
        }
    }

    private int repair(ArchiveInput input) throws IOException {
        ArchiveReader reader = input.reader();
        LeftOut leftOut = new LeftOut();
        ArchiveRepair.Report report = ArchiveRepair.write(reader, out, force, leftOut);
        long lost = leftOut.count + reader.damageReport().lostItems();
        if (leftOut.count > 0) {
            err().println("ardm: " + archive + ": " + Text.count(leftOut.count, "item")
                    + " left out, which cannot be whole: " + leftOut.items + "; the first: " + leftOut.first);
        }
        if (report.doubtful() > 0) {
            err().println("ardm: " + archive + ": " + Text.count(report.doubtful(), "item")
                    + " copied whose part of the file does not match its checksum (" + leftOut.doubtful
                    + "); ardm test " + out
                    + " decodes them, and finds nearly all of those that are damaged");
        }
        if (report.lostModels() > 0) {
            err().println("ardm: " + archive + ": the model in it is damaged, and left out");
        }
        if (report.copied() == 0 && lost > 0) {
            throw new UserError(out + ": is empty, because no item could be recovered");
        }
        boolean more = reader.damageReport().moreMayBeLost();
        if (reporting.normal()) {
            out().println(archive + " => " + out + ": " + Text.count(report.copied(), "item") + ", " + lost + " lost"
                    + (more ? ", and perhaps more in what is missing" : ""));
        }
        return lost > 0 || more || report.doubtful() > 0 || report.lostModels() > 0 ? 1 : 0;
    }

    /** Items that are not beyond doubt. */
    private static final class LeftOut implements ArchiveRepair.Listener {
        private final Ranges items = new Ranges();
        private final Ranges doubtful = new Ranges();
        private int count;
        private String first = "";

        @Override
        public void doubtful(int item) {
            doubtful.add(item);
        }

        @Override
        public void leftOut(DamagedException why) {
            if (count == 0) {
                first = why.reason();
            }
            count++;
            items.add(Math.max(0, why.item()));
        }
    }
}
