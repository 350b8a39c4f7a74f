package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.cli.ArchiveModelOption.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm test}. */
@Command(
        name = "test",
        description = "Decodes and checks every item of archives; writes nothing.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class TestCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE.ardm", description = "Archives; - reads one from standard input.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(archives, commandLine(), this::test);
    }

    private int test(Path archive, Path given) throws IOException {
        ArchiveModelOption.requireArchive(archive);
        Opened opened = model.forArchive(archive, given, threads());
        try (ArchiveDecoder decoder = model.anyDecoder(archive, given, opened)) {
            decoder.input().warn(err());
            int size = decoder.reader().size();
            ArchiveFindings findings;
            try (Progress progress = reporting.progress("test", decoder.work(0, size))) {
                findings = decoder.decode(0, size, (k, item) -> {}, progress);
            }
            RunFindings all = new RunFindings(decoder);
            all.add(findings);
            all.requireGood();
            if (reporting.normal()) {
                String name = StandardStreams.isDash(given) ? StandardStreams.INPUT : given.toString();
                out().println(name + ": good, " + Text.count(size, "item"));
            }
            if (reporting.verbose()) {
                out().println("  with the model " + opened.describe());
            }
        }
        return 0;
    }
}
