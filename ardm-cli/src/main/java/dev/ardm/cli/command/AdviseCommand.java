package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.UserError;
import dev.ardm.app.advise.Advice;
import dev.ardm.app.advise.Drift;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.ItemsOption;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.core.family.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm advise}. */
@Command(
        name = "advise",
        description =
                "Says within about a minute whether there are enough items to learn from, what it would bring, and which "
                        + "command to run; with -m, whether items still look like what a model was trained on. Writes nothing.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class AdviseCommand extends BaseCommand {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "Model file, or folder of a finished run, to compare new items with.")
    private @Nullable Path model;

    @Mixin
    private ItemsOption items = new ItemsOption();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(paramLabel = "PATH", description = "File or folder of items.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    @Override
    int run() throws IOException {
        if (model != null && items.given().isPresent()) {
            throw usage("--items and -m exclude each other: the model knows what its items are");
        }
        if (StandardStreams.isDash(path)) {
            throw usage("advise reads its input several times; - is not possible");
        }
        if (!Files.exists(path)) {
            throw new UserError(path + ": no such file or folder");
        }
        Listener listener = reporting.listener(out(), err());
        if (model == null) {
            new Advice(threads(), listener).give(path, items.given(), advised());
        } else {
            new Drift(threads(), listener).look(Models.open(ModelOption.fileOf(model), threads()), path);
        }
        return 0;
    }
}
