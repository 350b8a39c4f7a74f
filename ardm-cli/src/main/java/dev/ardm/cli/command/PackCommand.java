package dev.ardm.cli.command;

import dev.ardm.app.archive.RestoredNames;
import dev.ardm.app.pack.PackOptions;
import dev.ardm.app.pack.Packing;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.console.Versions;
import dev.ardm.cli.option.ItemsOption;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.cli.option.StoredAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm pack}. */
@Command(
        name = "pack",
        description =
                "Learns a model from items and packs both into one archive: as small as it gets, and each item can be "
                        + "read alone. Needs nothing else.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class PackCommand extends BaseCommand {
    @Option(
            names = "-o",
            paramLabel = "FILE.ardm",
            description = "Archive to write. Default: the name of the input plus .ardm.")
    private @Nullable Path given;

    @Mixin
    private ItemsOption items = new ItemsOption();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "Train a network that long too, where the items are such that one can pay for itself, and take "
                            + "it if it does. Default: no network; seconds.")
    private double minutes;

    @Option(
            names = "--open-ms",
            paramLabel = "N",
            description = "How long the archive may take to open, about, in milliseconds: more is smaller. Default: "
                    + "100, or as much more as saves a twentieth, up to a second.")
    private @Nullable Integer openMillis;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrite an existing archive.")
    private boolean force;

    @Mixin
    private StoredAttributes attributes = new StoredAttributes();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(paramLabel = "PATH", description = "File or folder to pack. It is not changed.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    @Override
    int run() throws IOException {
        if (minutes < 0 || Double.isNaN(minutes)) {
            throw usage("--minutes must not be negative");
        }
        if (openMillis != null) {
            requireRange("--open-ms", openMillis, 0, 3_600_000);
        }
        if (path.toString().isEmpty() || given != null && given.toString().isEmpty()) {
            throw usage("a path must not be empty");
        }
        if (StandardStreams.isDash(path) || given != null && StandardStreams.isDash(given)) {
            throw usage("pack reads its input several times and writes a file; - is not possible");
        }
        PackOptions options = new PackOptions(
                items.given(),
                minutes,
                openMillis == null ? OptionalInt.empty() : OptionalInt.of(openMillis),
                force,
                attributes.kept(),
                threads());
        TrainingRun.Origin origin = new TrainingRun.Origin(commandText(), Versions.program());
        new Packing(options, origin, reporting.listener(out(), err()))
                .pack(path, given != null ? given : RestoredNames.archiveOf(path));
        return 0;
    }
}
