package dev.ardm.cli;

import dev.ardm.app.UserError;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.data.DataException;
import dev.ardm.data.FilesWriter;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.StagedOutput;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DocumentWriter;
import dev.ardm.data.image.ImageFileCodec;
import dev.ardm.data.image.LayeredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes restored items as the files that they were. */
final class FileTarget<W extends StagedOutput> implements RestoreTarget {
    private final Beginning<W> beginning;
    private final Adding<W> adding;
    private @Nullable W writer;

    /** Begins what is written. */
    interface Beginning<W> {
        W begin() throws IOException;
    }

    private interface Adding<W> {
        void add(W writer, DecodedItem item, String name, OptionalLong modified) throws IOException;
    }

    private FileTarget(Beginning<W> beginning, Adding<W> adding) {
        this.beginning = beginning;
        this.adding = adding;
    }

    /**
     * Takes items that are nothing but their values.
     *
     * @param most how many there will be at most
     */
    static FileTarget<ItemWriter> values(ItemOutput output, Space space, int most) {
        return new FileTarget<>(
                () -> output.begin(space, most, Map.of()),
                (writer, item, name, modified) -> writer.add(item.intact(), name, modified));
    }

    /**
     * Takes documents of a format.
     *
     * @param archive that they come from, for messages
     */
    static FileTarget<DocumentWriter> documents(Path archive, DataFormat format, Path path, boolean replace) {
        return new FileTarget<>(() -> format.writer(path, replace), (writer, item, name, modified) -> {
            try {
                writer.add(new Item(name, modified, item.shape(), item.intact(), item.side()));
            } catch (DataException e) {
                throw new UserError(archive + ": item " + writer.size() + ": " + e.getMessage());
            }
        });
    }

    /**
     * Takes images of any size, and writes the files that they were.
     *
     * @param archive that they come from, for messages
     */
    static FileTarget<FilesWriter> images(Path archive, Space space, Beginning<FilesWriter> beginning) {
        return new FileTarget<>(beginning, (writer, item, name, modified) -> {
            byte[] file;
            try {
                file = new ImageFileCodec(space.extent(2), false, true)
                        .decode(
                                item.side(),
                                LayeredImage.of(item.shape(), item.intact()),
                                archive + ": item " + writer.size());
            } catch (IllegalArgumentException e) {
                throw new UserError(archive + ": holds images that are no files: " + e.getMessage());
            }
            writer.add(name, modified, out -> out.write(file));
        });
    }

    @Override
    public void begin() throws IOException {
        writer = beginning.begin();
    }

    private W writer() {
        return Objects.requireNonNull(writer);
    }

    @Override
    public void add(DecodedItem item, String name, OptionalLong modified) throws IOException {
        adding.add(writer(), item, name, modified);
    }

    @Override
    public int size() {
        return writer().size();
    }

    @Override
    public void commit() throws IOException {
        writer().commit();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
