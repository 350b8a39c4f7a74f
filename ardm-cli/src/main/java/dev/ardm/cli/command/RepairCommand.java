package dev.ardm.cli.command;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Damage;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.app.data.OutputPath;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.core.archive.ItemRanges;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm repair}. */
@Command(
        name = "repair",
        description = "Copies the intact items of a damaged archive to a new one, without decoding. Needs no "
                + "model. Items that cannot be intact are left out, so later items get other numbers. The "
                + "damaged archive is kept.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:all items are there and beyond doubt",
            "1:failed, or some items are lost or in doubt",
            ExitCodes.USAGE
        })
public final class RepairCommand extends BaseCommand {
    private static final int MOST_NUMBERS = 120;

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "Damaged archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(names = "-o", required = true, paramLabel = "OUT.ardm", description = "Archive to write.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrite OUT.ardm if it exists.")
    private boolean force;

    @Override
    int run() throws IOException {
        if (StandardStreams.isDash(archive)
                || StandardStreams.isDash(out)
                || out.toString().isEmpty()) {
            throw usage("repair needs files, not standard input or output");
        }
        OutputPath.requireOther(out, archive);
        OutputPath.requireFile(out, force);
        try (ArchiveReader reader = OpenedArchive.read(archive)) {
            reader.refusal().ifPresent(refusal -> reporting
                    .listener(out(), err())
                    .warn(Damage.refusal(new Place(archive, archive, archive.toString()), reader, refusal)));
            return repair(reader);
        }
    }

    private int repair(ArchiveReader reader) throws IOException {
        LeftOut leftOut = new LeftOut();
        ArchiveCopy.Report report = ArchiveCopy.write(reader, FileModes.of(archive), out, force, leftOut);
        long lost = leftOut.count + reader.damageReport().lostItems();
        if (leftOut.count > 0) {
            listener()
                    .warn(archive + ": " + Text.count(leftOut.count, "item")
                            + " left out, because they cannot be intact: "
                            + leftOut.items.build().toString(MOST_NUMBERS) + "; the first: " + leftOut.first);
        }
        if (report.doubtful() > 0) {
            listener()
                    .warn(archive + ": " + Text.count(report.doubtful(), "item")
                            + " copied from parts of the file that fail their checksum ("
                            + leftOut.doubtful.build().toString(MOST_NUMBERS)
                            + "); ardm test " + out
                            + " decodes them and finds nearly all that are damaged");
        }
        if (report.lostModels() > 0) {
            listener().warn(archive + ": its model is damaged and left out");
        }
        if (report.copied() == 0 && lost > 0) {
            throw new UserError(out + ": is empty, because no item could be recovered");
        }
        boolean more = reader.damageReport().moreMayBeLost();
        if (reporting.normal()) {
            out().println(archive + " => " + out + ": " + Text.count(report.copied(), "item") + ", " + lost + " lost"
                    + (more ? ", and perhaps more in the missing part" : ""));
        }
        return lost > 0 || more || report.doubtful() > 0 || report.lostModels() > 0 ? 1 : 0;
    }

    /** Items that are not beyond doubt. */
    private static final class LeftOut implements ArchiveCopy.Listener {
        private final ItemRanges.Builder items = new ItemRanges.Builder();
        private final ItemRanges.Builder doubtful = new ItemRanges.Builder();
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
