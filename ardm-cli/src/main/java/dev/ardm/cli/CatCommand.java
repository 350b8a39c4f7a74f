package dev.ardm.cli;

import dev.ardm.app.data.TrainingData;
import dev.ardm.cli.ArchiveModelOption.Opened;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm cat}. */
@Command(
        name = "cat",
        description =
                "Writes items of an archive to standard output, one after the other: the bytes of files, images as PNG,"
                        + " other items as NPY. Only these items are decoded.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class CatCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "The archive; - reads it from standard input.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ITEM",
            description = "Names, numbers from 0, or patterns with * and ?.")
    @SuppressWarnings("NullAway.Init")
    private List<String> items;

    @Option(
            names = {"-f", "--force"},
            description = "Write to a terminal what is not text.")
    private boolean force;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(List.of(archive), commandLine(), this::cat);
    }

    private int cat(Path file, Path given) throws IOException {
        Opened opened = model.forArchive(file, given, threads());
        DataFormat format = TrainingData.formatOf(opened.model().model());
        if (!format.kind().equals("text")) {
            StandardStreams.requireNoTerminal(force);
        }
        try (ArchiveDecoder decoder = model.decoder(file, given, opened)) {
            decoder.input().warn(err());
            List<Integer> chosen = ItemSelection.of(file, decoder.reader().size(), decoder::name, items);
            RestoredFiles files = RestoredFiles.of(file, decoder, format);
            return files.rows() ? rows(decoder, chosen, files) : each(decoder, chosen, files);
        }
    }

    private static int each(ArchiveDecoder decoder, List<Integer> chosen, RestoredFiles files) throws IOException {
        RunFindings findings = new RunFindings(decoder);
        ItemSelection.runs(
                chosen,
                (from, to) -> findings.add(decoder.decode(
                        from,
                        to,
                        (k, item) -> {
                            try (RestoreTarget one = files.scratch(true, 1, StandardStreams::write)) {
                                one.begin();
                                one.add(item, decoder.name(k), decoder.reader().time(k));
                                one.commit();
                            }
                        },
                        n -> {})));
        return findings.requireGood();
    }

    private static int rows(ArchiveDecoder decoder, List<Integer> chosen, RestoredFiles files) throws IOException {
        RunFindings findings = new RunFindings(decoder);
        try (RestoreTarget table = files.scratch(false, chosen.size(), StandardStreams::write)) {
            table.begin();
            ItemSelection.runs(
                    chosen,
                    (from, to) -> findings.add(
                            decoder.decode(from, to, (k, item) -> table.add(item, "", OptionalLong.empty()), n -> {})));
            table.commit();
        }
        return findings.requireGood();
    }
}
