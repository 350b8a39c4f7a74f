package dev.ardm.cli.command;

import dev.ardm.app.archive.ArchiveInfo;
import dev.ardm.app.archive.Damage;
import dev.ardm.app.archive.ModelSearch;
import dev.ardm.app.archive.OpenedArchive;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.app.report.ModelInfo;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.option.ArchiveArguments;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.family.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm info}. */
@Command(
        name = "info",
        description =
                "Says what archives are: models, items, sizes, parts, plan, times. Needs no model. The items one by one "
                        + "are in ardm list. Of a model file or run folder: its parts, what its schedules cost, where it is from.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class InfoCommand extends BaseCommand {
    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE.ardm",
            description = "Archives, - is standard input; or model files (NAME.safetensors) and run folders.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Override
    int run() throws IOException {
        return ArchiveArguments.each(archives, commandLine(), this::info);
    }

    private int info(Place archive) throws IOException {
        if (Files.isDirectory(archive.file()) || archive.shown().endsWith(ModelSearch.EXTENSION)) {
            Path model = ModelOption.fileOf(archive.file());
            new ModelInfo(model, Models.read(model)).print(out());
            return 0;
        }
        try (ArchiveReader reader = OpenedArchive.read(archive.file())) {
            ArchiveInfo.of(archive, reader).print(out());
            if (reader.refusal().isEmpty()) {
                return 0;
            }
            out().flush();
            reporting
                    .listener(out(), err())
                    .warn(Damage.refusal(archive, reader, reader.refusal().get()));
            return 1;
        }
    }
}
