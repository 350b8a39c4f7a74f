package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.Space;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Document;
import dev.ardm.data.format.DocumentWriter;
import dev.ardm.data.image.ImageFileCodec;
import dev.ardm.data.image.ImageFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What takes restored items; nothing has its name before it is committed. */
interface RestoreTarget extends Closeable {
    /** Begins; to be called first. */
    void begin() throws IOException;

    /**
     * Takes an item that is not damaged.
     *
     * @param name of its file, where each has one
     * @param modified when that was modified last, in milliseconds since 1970 (UTC), if that is known
     */
    void add(DecodedItem item, String name, OptionalLong modified) throws IOException;

    /** The number of items so far. */
    int size();

    /** Gives the output its name. */
    void commit() throws IOException;

    /** Takes items that are nothing but their values. */
    final class Values implements RestoreTarget {
        private final ItemOutput output;
        private final Space space;
        private final int most;
        private @Nullable ItemWriter writer;

        /** @param most how many there will be at most */
        Values(ItemOutput output, Space space, int most) {
            this.output = output;
            this.space = space;
            this.most = most;
        }

        @Override
        public void begin() throws IOException {
            writer = output.begin(space, most, Map.of());
        }

        private ItemWriter writer() {
            return Objects.requireNonNull(writer);
        }

        @Override
        public void add(DecodedItem item, String name, OptionalLong modified) throws IOException {
            writer().add(item.intact(), name, modified);
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

    /** Takes documents of a format. */
    final class Documents implements RestoreTarget {
        private final Path archive;
        private final DataFormat format;
        private final Path path;
        private final boolean replace;
        private @Nullable DocumentWriter writer;

        /** @param archive that they come from, for messages */
        Documents(Path archive, DataFormat format, Path path, boolean replace) {
            this.archive = archive;
            this.format = format;
            this.path = path;
            this.replace = replace;
        }

        @Override
        public void begin() throws IOException {
            writer = format.writer(path, replace);
        }

        private DocumentWriter writer() {
            return Objects.requireNonNull(writer);
        }

        @Override
        public void add(DecodedItem item, String name, OptionalLong modified) throws IOException {
            try {
                writer().add(new Document(name, item.intact(), item.extra(), modified));
            } catch (DataException e) {
                throw new UserError(archive + ": item " + writer().size() + ": " + e.getMessage());
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

    /** Takes images of any size, and writes the files that they were. */
    final class Images implements RestoreTarget {
        /** Begins what is written. */
        interface Beginning {
            ImageFileWriter begin() throws IOException;
        }

        private final Path archive;
        private final Space space;
        private final Beginning beginning;
        private @Nullable ImageFileWriter writer;

        /** @param archive that they come from, for messages */
        Images(Path archive, Space space, Beginning beginning) {
            this.archive = archive;
            this.space = space;
            this.beginning = beginning;
        }

        @Override
        public void begin() throws IOException {
            writer = beginning.begin();
        }

        private ImageFileWriter writer() {
            return Objects.requireNonNull(writer);
        }

        @Override
        public void add(DecodedItem item, String name, OptionalLong modified) throws IOException {
            byte[] file;
            try {
                file = new ImageFileCodec(space.extent(2), false, true)
                        .decode(item.extra(), item.image(), archive + ": item " + writer().size());
            } catch (IllegalArgumentException e) {
                throw new UserError(archive + ": holds images that are no files: " + e.getMessage());
            }
            writer().add(name, file, modified);
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
}
