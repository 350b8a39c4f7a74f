package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes an archive item by item. The file appears under its name at {@link #commit}, complete and read back, or not at all
 * (see {@link AtomicFile}). The bytes depend on the header, the items, their names and times only. Takes the same memory for
 * any number of items. For use by one thread.
 */
public final class ArchiveWriter extends ItemOutput {
    private final AtomicFile file;
    private final PartWriter part;
    private final SegmentWriter segment;
    private boolean finished;

    private ArchiveWriter(AtomicFile file, ArchiveHeader header) throws IOException {
        super(header);
        this.file = file;
        this.part = new PartWriter(file.target(), file.stream(), header);
        this.segment = part.segment();
    }

    /**
     * Begins an archive.
     *
     * @param target where it appears
     * @param overwrite whether an existing file may be replaced
     * @throws java.nio.file.FileAlreadyExistsException if the target exists and may not be replaced
     * @throws IOException if the archive cannot be written
     */
    public static ArchiveWriter create(Path target, ArchiveHeader header, boolean overwrite) throws IOException {
        return begin(AtomicFile.create(target, overwrite), header);
    }

    static ArchiveWriter begin(AtomicFile file, ArchiveHeader header) throws IOException {
        try {
            return new ArchiveWriter(file, header);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** See {@link AtomicFile#permit}. */
    public void permit(int exactly) {
        file.permit(exactly);
    }

    /** See {@link AtomicFile#restrict}. */
    public void restrict(int most) {
        file.restrict(most);
    }

    @Override
    public int size() {
        return segment.items();
    }

    /**
     * Puts the file of the model that the items need into the archive. Before all items.
     *
     * @throws IllegalStateException if there are items or a model already
     * @throws IOException if the model cannot be read or the archive cannot be written
     */
    public void embedModel(Path model) throws IOException {
        requireUnfinished();
        segment.addModel(model);
    }

    /**
     * Puts a model into the archive that is in another one; else as {@link #embedModel(Path)}.
     *
     * @param from open until this returns
     */
    public void embedModel(ArchiveReader from, EmbeddedModel model) throws IOException {
        requireUnfinished();
        segment.addModel(model.length(), model.checksum(), out -> from.copyEmbeddedModel(model, out));
    }

    @Override
    void put(IOConsumer<SegmentWriter> items) throws IOException {
        requireUnfinished();
        items.accept(segment);
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the archive is finished");
        }
    }

    /**
     * Finishes the archive, forces it to the disk, reads it back and gives it its name.
     *
     * @throws IOException if any of that fails; {@link #close} then leaves nothing
     */
    @Override
    public void commit() throws IOException {
        requireUnfinished();
        finished = true;
        part.end();
        file.commit(this::readBack);
    }

    private void readBack(Path temporary) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(temporary, file.target().toString())) {
            if (reader.size() != segment.items() || reader.verify(k -> {}) > 0) {
                throw new IOException(file.target() + ": reads back differently than it was written");
            }
        }
    }

    /** Deletes the file unless it was committed. */
    @Override
    public void close() throws IOException {
        finished = true;
        try (part) {
            file.close();
        }
    }
}
