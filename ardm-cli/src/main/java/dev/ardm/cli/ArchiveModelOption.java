package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.WrongModelException;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The option {@code --model} of commands that read archives, which may be left out: the id in the archive tells which model it
 * needs. A model that several archives need one after the other is read once.
 */
final class ArchiveModelOption {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description =
                    "A model file, or the folder of a finished run. Default: the archive says which it needs, and it is"
                            + " looked for in the folders of " + ModelSearch.VARIABLE
                            + ", beside the archive, in models/ there, and"
                            + " in models/ here.")
    private @Nullable Path path;

    private @Nullable Opened last;

    /** A model, and the file it is from. */
    record Opened(Path file, ArdmModel model) {}

    /**
     * The model for an archive: the one given, or the one it needs. Looks at the archive only if none is given.
     *
     * @param named what the archive was called, beside which models are looked for
     */
    Opened forArchive(Path archive, Path named, int threads) throws IOException {
        if (path != null) {
            return last != null ? last : open(ModelOption.fileOf(path), threads);
        }
        requireArchive(archive);
        String id;
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            reader.header().requireArithmetic(Model.ARITHMETIC_VERSION);
            id = HexFormat.of().formatHex(reader.header().modelId());
        }
        if (last != null && last.model().model().idText().equals(id)) {
            return last;
        }
        ModelSearch search = ModelSearch.around(named);
        ModelSearch.Result result = search.find(id);
        return open(result.found().orElseThrow(() -> missing(archive, id, search, result.others())), threads);
    }

    private Opened open(Path file, int threads) throws IOException {
        Opened opened = new Opened(file, new ArdmModel(ModelFile.read(file), threads));
        last = opened;
        return opened;
    }

    private static UserError missing(Path archive, String id, ModelSearch search, int others) {
        String newLine = System.lineSeparator();
        return new UserError(archive + ": its model was not found; give it with -m MODEL"
                + newLine + "  it needs " + id.substring(0, 12) + ", in full " + id
                + newLine + "  looked in " + search.describe()
                + (others == 0 ? "" : newLine + "  " + Text.count(others, "other model") + " found there"));
    }

    /** Opens an archive with a model that was opened for it. */
    ArchiveDecoder decoder(Path archive, Path named, Opened opened) throws IOException {
        requireArchive(archive);
        try {
            return ArchiveDecoder.open(
                    archive, opened.model(), opened.model().model().id());
        } catch (WrongModelException e) {
            throw new UserError(e.getMessage()
                    + ModelSearch.around(named)
                            .find(e.wanted())
                            .found()
                            .map(right -> "; the right one is " + right)
                            .orElse("; in full it needs " + e.wanted()));
        }
    }

    /** Refuses what is no file. */
    static void requireArchive(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            throw new NoSuchFileException(archive.toString());
        }
        if (Files.isDirectory(archive)) {
            throw new UserError(archive + ": is a folder, not an archive");
        }
    }
}
