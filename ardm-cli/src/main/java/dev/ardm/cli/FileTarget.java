package dev.ardm.cli;

import dev.ardm.app.UserError;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes restored items as the files that they were. */
final class FileTarget implements RestoreTarget {
    private final Path archive;
    private final DataFormat format;
    private final Path path;
    private final OutputOptions options;
    private final ItemLayout layout;
    private @Nullable ItemWriter writer;

    /**
     * Takes items of a format.
     *
     * @param archive that they come from, for messages
     * @param options with the layout of the archive
     */
    FileTarget(Path archive, DataFormat format, Path path, OutputOptions options) {
        this.archive = archive;
        this.format = format;
        this.path = path;
        this.options = options;
        this.layout = options.layout().orElseThrow();
    }

    @Override
    public void begin() throws IOException {
        try {
            writer = format.writer(path, options);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    archive + ": holds " + (layout.images() ? "images" : "items") + " that are no files: " + e.getMessage());
        }
    }

    private ItemWriter writer() {
        return Objects.requireNonNull(writer);
    }

    @Override
    public void add(DecodedItem item, String name, OptionalLong modified) throws IOException {
        Item restored = new Item(name, modified, item.shape(), item.intact(), item.side());
        try {
            writer().add(restored);
        } catch (DataException e) {
            if (layout.hasSide()) {
                throw new UserError(archive + ": item " + writer().size() + ": " + e.getMessage());
            }
            throw e;
        }
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
