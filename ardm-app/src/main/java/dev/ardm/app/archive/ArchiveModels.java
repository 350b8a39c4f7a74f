package dev.ardm.app.archive;

import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.ModelParts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the models that archives need: the one that is given, else by the ids in the archive, inside it and in folders. A model
 * that several archives need is read once.
 */
public final class ArchiveModels {
    private final @Nullable Path given;
    private final int threads;
    private final Map<String, Found> known = new HashMap<>();
    private @Nullable Found opened;

    /** @param given a model file to use instead of a search; null if there is none */
    public ArchiveModels(@Nullable Path given, int threads) {
        this.given = given;
        this.threads = threads;
    }

    /**
     * A model, and where it was found.
     *
     * @param file of the model, or of the archive that it is in
     */
    public record Found(Path file, LikelihoodModel model, boolean inside) {
        /** Where it is from, for people. */
        public String describe() {
            return inside ? "inside " + file : file.toString();
        }

        /** Whether it, or one of its parts, has an id in hexadecimal. */
        boolean has(String id) {
            return model.parts().stream().anyMatch(part -> part.model().idText().equals(id));
        }
    }

    /**
     * A model for an archive: the one given, or the first one that it needs and that is there.
     *
     * @param named what the archive was called, around which models are searched
     */
    Found first(Path archive, Path named, ArchiveReader reader) throws IOException {
        return first(archive, named, reader, reader.header(), reader.modelIds());
    }

    /** The same for what is added to an archive: the model of its last part. */
    Found last(Path archive, Path named, ArchiveReader reader) throws IOException {
        ArchiveHeader header = reader.lastHeader();
        return first(archive, named, reader, header, List.of(HexFormat.of().formatHex(header.modelId())));
    }

    private Found first(Path archive, Path named, ArchiveReader reader, ArchiveHeader header, Collection<String> ids)
            throws IOException {
        if (given != null) {
            Found before = opened;
            Found found = before != null ? before : open(given);
            opened = found;
            return found;
        }
        header.requireArithmetic(ArithmeticVersions.NEWEST);
        for (String id : ids) {
            Found found = find(archive, named, reader, id);
            if (found != null) {
                return found;
            }
        }
        String first = ids.iterator().next();
        ModelSearch search = ModelSearch.around(named);
        throw missing(archive, first, search, search.find(first).others());
    }

    /** The model of an id; null if it is neither in the archive nor found. */
    @Nullable
    Found find(Path archive, Path named, ArchiveReader reader, String id) throws IOException {
        Found found = opened != null && opened.has(id) ? opened : known.get(id);
        if (found == null) {
            found = inside(archive, reader, id);
        }
        if (found == null) {
            Path file = ModelSearch.around(named).find(id).found().orElse(null);
            found = file == null ? null : open(file);
        }
        if (found != null) {
            known.clear(); // One is in memory for what follows; the archive that is open has its own.
            known.put(id, found);
        }
        return found;
    }

    /** A model that is in an archive; null if there is none, or it is damaged or not the one that it claims to be. */
    private @Nullable Found inside(Path archive, ArchiveReader reader, String id) throws IOException {
        Optional<EmbeddedModel> embedded = reader.embeddedModels().stream()
                .filter(model -> model.modelId().equals(id))
                .findFirst();
        if (embedded.isEmpty()) {
            return null;
        }
        try (ScratchFolder scratch = ScratchFolder.create()) {
            Path file = scratch.file("model.safetensors");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                reader.copyEmbeddedModel(embedded.get(), out);
            }
            Model model = Models.read(file);
            return model.idText().equals(id) ? new Found(archive, model.open(threads), true) : null;
        } catch (DamagedException | ModelFileException e) {
            return null;
        }
    }

    /**
     * Bytes of the models that an archive needs, by their ids: of those inside it, else of the files that are found; no number for
     * the others.
     *
     * @param named what the archive was called, around which models are searched; null to search for none
     */
    static Map<String, OptionalLong> sizes(@Nullable Path named, ArchiveReader reader) throws IOException {
        Map<String, OptionalLong> sizes = new LinkedHashMap<>();
        for (String id : reader.modelIds()) {
            OptionalLong size = reader.embeddedModels().stream()
                    .filter(model -> model.modelId().equals(id))
                    .mapToLong(EmbeddedModel::length)
                    .findFirst();
            if (size.isEmpty() && named != null) {
                Path file = ModelSearch.around(named).find(id).found().orElse(null);
                size = file == null ? size : OptionalLong.of(size(file, id));
            }
            sizes.put(id, size);
        }
        return sizes;
    }

    private static long size(Path file, String id) throws IOException {
        try {
            return ModelParts.size(file, id);
        } catch (ModelFileException e) {
            return Files.size(file); // A damaged file is refused when it is read.
        }
    }

    private Found open(Path file) throws IOException {
        return new Found(file, Models.open(file, threads), false);
    }

    private static UserError missing(Path archive, String id, ModelSearch search, int others) {
        String newLine = System.lineSeparator();
        return new UserError(archive + ": the model was not found; give it with -m MODEL"
                + newLine + "  it needs " + id.substring(0, 12) + ", in full " + id
                + newLine + "  looked in " + search.describe()
                + (others == 0 ? "" : newLine + "  " + Text.count(others, "other model") + " found there"));
    }
}
