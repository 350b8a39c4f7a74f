package dev.ardm.cli.option;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.ModelSearch;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --model} of {@code compress}, which may be left out where there is no choice. */
public final class CompressModelOption {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "Model file, or folder of a finished run. Default: the only model in the folders of "
                    + ModelSearch.VARIABLE + " and in ./models.")
    private @Nullable Path path;

    private @Nullable Path found;

    /** The model file. */
    public Path file() {
        if (path != null) {
            return ModelOption.fileOf(path);
        }
        if (found != null) {
            return found;
        }
        ModelSearch search = ModelSearch.anywhere();
        Map<String, Path> models = search.all();
        if (models.size() != 1) {
            throw new UserError("no model; give one with -m MODEL (searched: " + search.describe() + ", found "
                    + (models.isEmpty()
                            ? "none"
                            : Text.count(models.size(), "model") + ", and it is unclear which one is meant")
                    + ")");
        }
        Path only = models.values().iterator().next();
        found = only;
        return only;
    }

    public LikelihoodModel open(int threads) throws IOException {
        return Models.open(file(), threads);
    }
}
