package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Document;
import dev.ardm.data.format.DocumentWriter;
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
     * Takes an item.
     *
     * @param extra what it has beside its values
     * @param name of its file, where each has one
     * @param modified when that was modified last, in milliseconds since 1970 (UTC), if that is known
     */
    void add(int[] values, byte[] extra, String name, OptionalLong modified) throws IOException;

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
        public void add(int[] values, byte[] extra, String name, OptionalLong modified) throws IOException {
            writer().add(values, name, modified);
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
        public void add(int[] values, byte[] extra, String name, OptionalLong modified) throws IOException {
            try {
                writer().add(new Document(name, values, extra, modified));
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
}
