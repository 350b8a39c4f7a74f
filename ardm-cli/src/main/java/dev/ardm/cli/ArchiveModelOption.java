package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.EmbeddedModel;
import dev.ardm.coding.WrongModelException;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
                            + " taken from there if it is inside, or looked for in the folders of "
                            + ModelSearch.VARIABLE
                            + ", beside the archive, in models/ there, and"
                            + " in models/ here.")
    private @Nullable Path path;

    private @Nullable Opened last;
    private int threads = 1;

    /**
     * A model, and the file it is from.
     *
     * @param inside whether that is an archive
     */
    record Opened(Path file, ArdmModel model, boolean inside) {
        /** Where it is from, for people. */
        String describe() {
            return inside ? "inside " + file : file.toString();
        }
    }

    /**
     * The model for an archive: the one given, or the one it needs. Looks at the archive only if none is given.
     *
     * @param named what the archive was called, beside which models are looked for
     */
    Opened forArchive(Path archive, Path named, int threads) throws IOException {
        this.threads = threads;
        if (path != null) {
            return last != null ? last : remembered(open(ModelOption.fileOf(path)));
        }
        requireArchive(archive);
        try (ArchiveInput input = ArchiveInput.open(archive)) {
            ArchiveReader reader = input.reader();
            reader.header().requireArithmetic(ArithmeticVersions.NEWEST);
            return forIds(archive, named, reader, reader.modelIds());
        }
    }

    /** The same for what is added to an archive: the model of its last part. */
    Opened forAdding(Path archive, Path named, ArchiveReader reader, int threads) throws IOException {
        this.threads = threads;
        if (path != null) {
            return open(ModelOption.fileOf(path));
        }
        reader.lastHeader().requireArithmetic(ArithmeticVersions.NEWEST);
        return forIds(
                archive,
                named,
                reader,
                List.of(HexFormat.of().formatHex(reader.lastHeader().modelId())));
    }

    /** The first model of some that is there. */
    private Opened forIds(Path archive, Path named, ArchiveReader reader, Collection<String> ids) throws IOException {
        for (String id : ids) {
            Opened opened = find(archive, named, reader, id);
            if (opened != null) {
                return remembered(opened);
            }
        }
        String first = ids.iterator().next();
        ModelSearch search = ModelSearch.around(named);
        throw missing(archive, first, search, search.find(first).others());
    }

    /** The model of an id; null if it is neither in the archive nor found. */
    private @Nullable Opened find(Path archive, Path named, ArchiveReader reader, String id) throws IOException {
        if (last != null && last.model().model().idText().equals(id)) {
            return last;
        }
        Optional<EmbeddedModel> inside = reader.embeddedModels().stream()
                .filter(model -> model.modelId().equals(id))
                .findFirst();
        if (inside.isPresent()) {
            Model model = inside(reader, inside.get());
            if (model != null) {
                return new Opened(archive, new ArdmModel(model, threads), true);
            }
        }
        Path found = ModelSearch.around(named).find(id).found().orElse(null);
        return found == null ? null : open(found);
    }

    /** A model that is in an archive; null if it is damaged, or not the one it is said to be. */
    private static @Nullable Model inside(ArchiveReader reader, EmbeddedModel embedded) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.create()) {
            Path file = scratch.file("model.safetensors");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                reader.copyEmbeddedModel(embedded, out);
            } catch (DamagedException e) {
                return null;
            }
            try {
                Model model = ModelFile.read(file);
                return model.idText().equals(embedded.modelId()) ? model : null;
            } catch (ModelFileException e) {
                return null;
            }
        }
    }

    private Opened open(Path file) throws IOException {
        return new Opened(file, new ArdmModel(ModelFile.read(file), threads), false);
    }

    private Opened remembered(Opened opened) {
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

    /** Opens an archive with a model that was opened for it; parts of another model must have items of the same kind. */
    ArchiveDecoder decoder(Path archive, Path named, Opened opened) throws IOException {
        return decoder(archive, named, opened, true);
    }

    /** The same where nothing is restored, so that parts may have items of any kinds. */
    ArchiveDecoder anyDecoder(Path archive, Path named, Opened opened) throws IOException {
        return decoder(archive, named, opened, false);
    }

    private ArchiveDecoder decoder(Path archive, Path named, Opened opened, boolean oneKind) throws IOException {
        requireArchive(archive);
        try {
            return ArchiveDecoder.open(
                    archive, opened.model(), reader -> header -> part(archive, named, opened, reader, header, oneKind));
        } catch (WrongModelException e) {
            throw new UserError(e.getMessage()
                    + ModelSearch.around(named)
                            .find(e.wanted())
                            .found()
                            .map(right -> "; the right one is " + right)
                            .orElse("; in full it needs " + e.wanted()));
        }
    }

    private PartModels.Found part(
            Path archive, Path named, Opened opened, ArchiveReader reader, ArchiveHeader header, boolean oneKind)
            throws IOException {
        String id = HexFormat.of().formatHex(header.modelId());
        boolean same = opened.model().model().idText().equals(id);
        Opened own = same ? opened : find(archive, named, reader, id);
        if (own == null) {
            return new PartModels.Found(
                    null,
                    "the model was not found; it needs " + id + ", looked in "
                            + ModelSearch.around(named).describe());
        }
        Model model = own.model().model();
        Model first = opened.model().model();
        boolean fits = model.space().equals(first.space())
                && model.definition().data().equals(first.definition().data())
                && (!header.layout().hasSide()) == (!reader.header().layout().hasSide());
        return !oneKind || fits
                ? new PartModels.Found(own.model(), "")
                : new PartModels.Found(
                        null, "it is of another kind than others in the archive, with the model " + own.describe());
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
