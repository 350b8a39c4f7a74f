package dev.ardm.app.archive;

import dev.ardm.app.ScratchFolder;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.core.Item;
import dev.ardm.data.ItemWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes one file among temporary ones. When it is complete it goes to standard output, or under a name that its format does not
 * allow.
 */
final class ScratchWriter implements ItemWriter {
    private final ScratchFolder scratch;
    private final Path file;
    private final ItemWriter inner;
    private final IOConsumer<? super Path> destination;

    /** Makes what fills a file. */
    interface Filling {
        ItemWriter into(Path file) throws IOException;
    }

    /**
     * Begins a file.
     *
     * @param name with the extension of its format
     * @param destination receives the file when it is complete
     */
    ScratchWriter(String name, Filling filling, IOConsumer<? super Path> destination) throws IOException {
        this.destination = destination;
        this.scratch = ScratchFolder.create();
        try {
            this.file = scratch.file(name);
            this.inner = filling.into(file);
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    /** A destination: a file that appears when it is complete. */
    static IOConsumer<Path> to(Path target, boolean replace) {
        return file -> {
            try (AtomicFile complete = AtomicFile.create(target, replace)) {
                Files.copy(file, complete.stream());
                complete.setModified(Files.getLastModifiedTime(file).toMillis());
                FileModes.of(file).ifPresent(complete::permit);
                complete.commit();
            }
        };
    }

    @Override
    public void add(Item item) throws IOException {
        inner.add(item);
    }

    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public void commit() throws IOException {
        inner.commit();
        destination.accept(file);
    }

    @Override
    public void close() throws IOException {
        try (scratch) {
            inner.close();
        }
    }
}
