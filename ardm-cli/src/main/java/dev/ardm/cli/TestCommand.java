package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm test}. */
@Command(name = "test", description = "Decodes and checks every item of an archive; writes nothing.")
final class TestCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Override
    int run() throws IOException {
        DecompressCommand.requireArchive(archive);
        ArdmModel likelihood = model.open(threads());
        try (ArchiveDecoder decoder =
                ArchiveDecoder.open(archive, likelihood, likelihood.model().id())) {
            int size = decoder.reader().size();
            ArchiveFindings findings;
            try (Progress progress = new Progress("test", decoder.work(0, size))) {
                findings = decoder.decode(0, size, (k, values, extra) -> {}, progress);
            }
            if (!findings.good()) {
                throw new UserError(findings.describe(decoder::name));
            }
            out().println(archive + ": good, " + Text.count(size, "item"));
        }
        return 0;
    }
}
