package dev.ardm.app.archive;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.items.ItemInput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** An archive that items are added to, to its last part. Until something is added, it is open for reading only. */
public final class Appending implements Closeable {
    private final Path file;
    private final ItemArchive before;
    private final ArchiveHeader part;
    private final ArchiveModels.Found model;

    private Appending(Path file, ItemArchive before, ArchiveHeader part, ArchiveModels.Found model) {
        this.file = file;
        this.before = before;
        this.part = part;
        this.model = model;
    }

    /**
     * Opens an archive as far as it was committed.
     *
     * @throws UserError if it is damaged, or the model of its last part is not found
     */
    public static Appending open(Path file, ArchiveModels models) throws IOException {
        OpenedArchive.requireFile(file);
        ArchiveReader reader;
        try {
            reader = ArchiveReader.openCommitted(file);
        } catch (DamagedException e) {
            throw damaged(file, e);
        }
        try {
            ArchiveHeader part = reader.lastHeader();
            ArchiveModels.Found model = models.last(file, file, reader);
            return new Appending(file, ItemArchive.of(file, reader, header -> model.model()), part, model);
        } catch (DamagedException e) {
            reader.close();
            throw damaged(file, e);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static UserError damaged(Path file, DamagedException e) {
        return new UserError(new DamagedException(e.file(), e.item(), e.offset(), e.reason(), "").getMessage()
                + "; nothing is added to a damaged archive. What can be recovered makes a whole one:"
                + System.lineSeparator() + "  ardm repair " + file + " -o WHOLE.ardm");
    }

    /** The model that items are coded with. */
    public ArchiveModels.Found model() {
        return model;
    }

    /** The layout that items must have. */
    public ItemLayout layout() {
        return part.layout();
    }

    /**
     * What was added.
     *
     * @param size the number of items in the archive now
     */
    public record Added(Compression.Result result, int size) {}

    /**
     * Adds items, all or none.
     *
     * @param kept what is kept of files
     * @param mode the permissions that the files share; others than they name may not read the archive any more
     * @param listener receives also names that were in the archive
     * @throws UserError if the archive was changed in the meantime
     */
    public Added add(ItemInput input, Attributes kept, OptionalInt mode, Listener listener) throws IOException {
        LikelihoodModel coder = model.model();
        try (ItemArchiveWriter writer = ItemArchiveWriter.append(file, coder)) {
            if (!writer.layout().equals(layout())) {
                throw new UserError(file + ": was changed in the meantime; nothing was added");
            }
            if (writer.cutOff() > 0) {
                listener.warn(file + ": an append that was not finished was cut off, "
                        + Text.count(writer.cutOff(), "byte") + "; what had been committed is all there");
            }
            FirstNames same = new FirstNames();
            Compression compression = new Compression(input, kept, listener);
            restrict(mode, listener);
            FolderNames folders = new FolderNames();
            for (int k = 0; k < before.size(); k++) {
                before.name(k).ifPresent(folders::add);
            }
            Compression.Result result = compression.into(writer, "add", folders, name -> {
                FolderNames own = new FolderNames();
                own.add(name);
                own.requireNoneOf(before);
                if (before.indexOf(name).isPresent()) {
                    same.add(name);
                }
            });
            if (same.count() > 0) {
                listener.notice(
                        file + ": " + Text.count(same.count(), "name") + " there already, and kept twice: " + same);
            }
            return new Added(result, writer.size());
        } catch (DamagedException e) {
            throw damaged(file, e);
        }
    }

    /** What is added must not become readable to more people than it was. */
    private void restrict(OptionalInt most, Listener listener) throws IOException {
        OptionalInt now = FileModes.of(file);
        if (most.isPresent() && now.isPresent()) {
            int allowed = FileModes.unreadable(now.getAsInt(), most.getAsInt());
            if (allowed != now.getAsInt()) {
                FileModes.set(file, allowed);
                listener.notice(file + ": not everybody who could read it may read what is added; now only they may");
            }
        }
    }

    @Override
    public void close() throws IOException {
        before.close();
    }
}
