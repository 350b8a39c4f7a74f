package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.archive.ArchiveListing;
import dev.ardm.app.archive.Damage;
import dev.ardm.app.archive.ItemSelection;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** {@code ardm list}. */
@Command(
        name = "list",
        description = "Lists the contents of archives and the model they need. Needs no model.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class ListCommand extends BaseCommand {
    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE.ardm", description = "Archives; - is standard input.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Option(names = "--json", description = "Print one JSON object per archive and line. Fields: docs/commands.md.")
    private boolean json;

    @Option(
            names = "--names",
            paramLabel = "PATTERN",
            description =
                    "Show only items whose names match. * is any characters, ? is one. Totals still count all items.")
    private @Nullable String names;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(archives, commandLine(), this::list);
    }

    private int list(Place archive) throws IOException {
        Pattern pattern = names == null ? null : ItemSelection.glob(names);
        try (ArchiveReader reader = OpenedArchive.read(archive.file())) {
            ArchiveListing listing = ArchiveListing.of(archive, reader, json, pattern);
            if (json) {
                JsonFactory factory = JsonFactory.builder()
                        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                        .build();
                try (JsonGenerator to = factory.createGenerator(ObjectWriteContext.empty(), out())) {
                    listing.write(to);
                }
                out().println();
            } else {
                listing.print(out(), reporting.normal(), StandardStreams::isReaderGone);
            }
            if (reader.refusal().isEmpty()) {
                return 0;
            }
            out().flush();
            Listener listener = reporting.listener(out(), err());
            listener.warn(Damage.refusal(archive, reader, reader.refusal().get()));
            listener.warn(Damage.summary(
                    archive, reader.damageReport(), listing.sums().items(), 0, 0));
            return 1;
        }
    }
}
