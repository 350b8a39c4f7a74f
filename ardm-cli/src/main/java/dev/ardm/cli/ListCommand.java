package dev.ardm.cli;

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
        description = "Shows what archives hold and which model they need; needs no model.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class ListCommand extends BaseCommand {
    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE.ardm", description = "Archives; - reads one from standard input.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Option(
            names = "--json",
            description = "Print one JSON object for each archive, on a line of its own. The fields are stable; see"
                    + " docs/commands.md.")
    private boolean json;

    @Option(
            names = "--names",
            paramLabel = "PATTERN",
            description =
                    "Show only items whose names match: * is any characters, ? is one. The sums stay those of all.")
    private @Nullable String names;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(archives, commandLine(), this::list);
    }

    private int list(Path archive, Path given) throws IOException {
        ArchiveModelOption.requireArchive(archive);
        Pattern pattern = names == null ? null : ItemSelection.glob(names);
        try (ArchiveInput input = ArchiveInput.open(archive)) {
            String name = StandardStreams.isDash(given) ? StandardStreams.INPUT : given.toString();
            ArchiveListing listing = ArchiveListing.of(archive, name, input, pattern);
            if (json) {
                JsonFactory factory = JsonFactory.builder()
                        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                        .build();
                try (JsonGenerator to = factory.createGenerator(ObjectWriteContext.empty(), out())) {
                    listing.write(to);
                }
                out().println();
            } else {
                listing.print(out(), reporting.normal());
            }
            if (!input.recovered()) {
                return 0;
            }
            out().flush();
            input.warn(err());
            err().println("ardm: " + input.summary(listing.sums().items(), 0, 0));
            err().flush();
            return 1;
        }
    }
}
