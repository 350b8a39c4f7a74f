package dev.ardm.app.archive;

import dev.ardm.app.Listener;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalInt;

/** An archive, or what can be recovered of it, open with the models that its parts need. */
public final class OpenedArchive implements Closeable {
    private final Place place;
    private final ItemArchive items;
    private final ArchiveModels.Found model;
    private final DataFormat format;

    /**
     * Where an archive is.
     *
     * @param file that is read
     * @param named what the user called it, around which models are searched
     * @param shown what messages call it
     */
    public record Place(Path file, Path named, String shown) {}

    private OpenedArchive(Place place, ItemArchive items, ArchiveModels.Found model) throws IOException {
        this.place = place;
        this.items = items;
        this.model = model;
        this.format = TrainingData.formatOf(model.model().model());
    }

    /**
     * Opens an archive for reading.
     *
     * @param oneKind whether parts are refused whose items are of another kind than those of the first model that was found, so
     *     that they could not be restored together
     * @param listener receives what is wrong, if the archive is damaged
     * @throws UserError if a model is not found, or does not fit
     * @throws dev.ardm.coding.error.ArchiveException if it is not an archive, or nothing of it can be read
     */
    public static OpenedArchive open(Place place, ArchiveModels models, boolean oneKind, Listener listener)
            throws IOException {
        ArchiveReader reader = read(place.file());
        ArchiveModels.Found first;
        try {
            first = models.first(place.file(), place.named(), reader);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
        try {
            ItemArchive items =
                    ItemArchive.of(place.file(), reader, part -> part(place, models, reader, part, first, oneKind));
            reader.refusal().ifPresent(refusal -> listener.warn(Damage.refusal(place, reader, refusal)));
            return new OpenedArchive(place, items, first);
        } catch (WrongModelException e) {
            throw new UserError(e.getMessage()
                    + ModelSearch.around(place.named())
                            .find(e.wanted())
                            .found()
                            .map(right -> "; the right one is " + right)
                            .orElse("; in full it needs " + e.wanted()));
        }
    }

    /**
     * The container alone, which needs no model; of a damaged archive what can be recovered.
     *
     * @throws dev.ardm.coding.error.ArchiveException if it is not an archive, needs a newer program, or nothing of it can be read
     */
    public static ArchiveReader read(Path file) throws IOException {
        requireFile(file);
        ArchiveReader reader = ArchiveReader.recover(file);
        ArchiveException refusal = reader.refusal().orElse(null);
        // What a newer program wrote is not damaged.
        if (refusal != null && (refusal instanceof NewerVersionException || reader.size() == 0)) {
            reader.close();
            throw refusal;
        }
        return reader;
    }

    /** Refuses what is not a file. */
    static void requireFile(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            throw new NoSuchFileException(archive.toString());
        }
        if (Files.isDirectory(archive)) {
            throw new UserError(archive + ": is a folder, not an archive");
        }
    }

    private static LikelihoodModel part(
            Place place,
            ArchiveModels models,
            ArchiveReader reader,
            ArchiveHeader part,
            ArchiveModels.Found first,
            boolean oneKind)
            throws IOException {
        String id = HexFormat.of().formatHex(part.modelId());
        if (first.has(id) || reader.modelIds().size() == 1) {
            return first.model(); // If it is the wrong one, that is the user's choice, and refused.
        }
        ArchiveModels.Found own = models.find(place.file(), place.named(), reader, id);
        if (own == null) {
            throw new WrongModelException(
                    place.file().toString(),
                    part.modelId(),
                    "the model was not found; it needs " + id + ", searched: "
                            + ModelSearch.around(place.named()).describe());
        }
        if (oneKind && !isOneKind(own.model().model(), first.model().model(), part, reader.header())) {
            throw new WrongModelException(
                    place.file().toString(),
                    part.modelId(),
                    "its kind differs from other items of the archive, with the model " + own.describe());
        }
        return own.model();
    }

    private static boolean isOneKind(Model model, Model first, ArchiveHeader part, ArchiveHeader firstPart) {
        return model.space().equals(first.space())
                && model.data().equals(first.data())
                && part.layout().hasSide() == firstPart.layout().hasSide();
    }

    public Place place() {
        return place;
    }

    /** Its file, for messages. */
    public Path file() {
        return place.file();
    }

    /** Its items. */
    public ItemArchive items() {
        return items;
    }

    /** The model of the first part whose model was found. */
    public ArchiveModels.Found model() {
        return model;
    }

    /** How the items of the first part are laid out. */
    public ItemLayout layout() {
        return items.reader().header().layout();
    }

    /** Permissions of restored files of which none are stored: those of the archive, without executing. */
    OptionalInt mode() throws IOException {
        OptionalInt mode = FileModes.of(place.file());
        return mode.isPresent() ? OptionalInt.of(mode.getAsInt() & FileModes.NOT_EXECUTABLE) : mode;
    }

    /** The format of the files that the items come from. */
    public DataFormat format() {
        return format;
    }

    /** Whether several items become one file: rows, lines. */
    public boolean itemsShareFiles() {
        return !format.filePerItem();
    }

    /** Whether what comes out is for people to read: text, lines, tables. */
    public boolean isText() {
        return format.linesOfFiles()
                || format.layout().equals(ItemLayout.ROWS)
                || format.kind().equals("text");
    }

    /** The number of items, lost ones included if others after them are there. */
    public int size() {
        return items.size();
    }

    /** Whether it is damaged, so that only some of its items may be readable. */
    public boolean isRecovered() {
        return items.refusal().isPresent();
    }

    /** The name of an item: the one it was stored with, or else its number. */
    public String name(int item) throws IOException {
        return name(items.reader(), item);
    }

    /** The same without models. */
    static String name(ArchiveReader reader, int item) throws IOException {
        String number = RestoredNames.numbered(item, reader.size());
        return reader.lost(item) ? number : reader.name(item).orElse(number);
    }

    @Override
    public void close() throws IOException {
        items.close();
    }
}
