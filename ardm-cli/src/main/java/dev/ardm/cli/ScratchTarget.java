package dev.ardm.cli;

import dev.ardm.coding.AtomicFile;
import dev.ardm.coding.IOConsumer;
import dev.ardm.core.archive.DecodedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Restores one file among temporary ones; complete, it goes to standard output or under a name that its kind does not allow. */
final class ScratchTarget implements RestoreTarget {
    /** Makes what fills a file. */
    interface Filling {
        RestoreTarget into(Path file) throws IOException;
    }

    private final String name;
    private final Filling filling;
    private final IOConsumer<? super Path> destination;
    private @Nullable ScratchFolder scratch;
    private @Nullable Path file;
    private @Nullable RestoreTarget inner;

    /**
     * A file.
     *
     * @param name with the extension of its kind
     * @param destination hears the file when it is complete
     */
    ScratchTarget(String name, Filling filling, IOConsumer<? super Path> destination) {
        this.name = name;
        this.filling = filling;
        this.destination = destination;
    }

    /** A destination: a file that appears when it is complete. */
    static IOConsumer<Path> to(Path target, boolean replace) {
        return file -> {
            try (AtomicFile complete = AtomicFile.create(target, replace)) {
                Files.copy(file, complete.stream());
                complete.setModified(Files.getLastModifiedTime(file).toMillis());
                complete.commit();
            }
        };
    }

    @Override
    public void begin() throws IOException {
        ScratchFolder folder = ScratchFolder.create();
        scratch = folder;
        Path path = folder.file(name);
        file = path;
        RestoreTarget target = filling.into(path);
        inner = target;
        target.begin();
    }

    private RestoreTarget inner() {
        return Objects.requireNonNull(inner);
    }

    @Override
    public void add(DecodedItem item, String itemName, OptionalLong modified) throws IOException {
        inner().add(item, itemName, modified);
    }

    @Override
    public int size() {
        return inner().size();
    }

    @Override
    public void commit() throws IOException {
        inner().commit();
        destination.accept(Objects.requireNonNull(file));
    }

    @Override
    public void close() throws IOException {
        try (ScratchFolder folder = scratch) {
            if (inner != null) {
                inner.close();
            }
        }
    }
}
