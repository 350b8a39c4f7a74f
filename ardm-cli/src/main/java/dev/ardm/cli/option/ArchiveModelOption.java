package dev.ardm.cli.option;

import dev.ardm.app.archive.ArchiveModels;
import dev.ardm.app.archive.ModelSearch;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --model} of commands that use archives, which may be left out: the archive names the models it needs. */
public final class ArchiveModelOption {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "Model file, or folder of a finished run. Default: the model that the archive names, from "
                    + "the archive itself, or from the folders of "
                    + ModelSearch.VARIABLE
                    + ", the archive's folder, its models folder, and ./models.")
    private @Nullable Path path;

    private @Nullable ArchiveModels models;

    /** The models, each of which is read once however many archives need it. */
    public ArchiveModels models(int threads) {
        if (models == null) {
            models = new ArchiveModels(path == null ? null : ModelOption.fileOf(path), threads);
        }
        return models;
    }
}
