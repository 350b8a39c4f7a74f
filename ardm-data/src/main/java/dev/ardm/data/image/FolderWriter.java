package dev.ardm.data.image;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.file.FilesWriter;
import dev.ardm.data.file.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes items as PNG files into a folder that appears when it is complete. */
final class FolderWriter implements ItemWriter {
    private final Path folder;
    private final Space space;
    private final FileNames names;
    private final Staging staging;
    private final int most;
    private int count;
    private boolean failed;

    /**
     * Begins a folder.
     *
     * @param folder as messages call it
     * @param target the same without links; not there yet, or empty
     */
    FolderWriter(Path folder, Path target, Space space, int most) throws IOException {
        this.folder = folder;
        this.space = space;
        this.most = most;
        try {
            this.staging = Staging.folder(target);
            try {
                this.names = new FileNames(target, most);
            } catch (IOException e) {
                staging.close();
                throw e;
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public void add(Item item) throws IOException {
        if (count == most) {
            throw new IllegalArgumentException("more than " + most + " items");
        }
        if (!item.isWhole()) {
            space.check(item.values());
        }
        failed = true;
        try {
            Path file = staging.path().resolve(names.png(count, item.name()));
            staging.step(() -> write(file, item));
            count++;
            failed = false;
        } catch (FileAlreadyExistsException e) {
            // Names that differ for us need not differ for the file system.
            throw named(FileNames.taken(count, item.name()));
        } catch (IOException e) {
            throw named(e);
        }
    }

    private void write(Path file, Item item) throws IOException {
        staging.makeParents(file);
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            Item.Source whole = item.source();
            if (whole != null && item.isWhole()) {
                out.write(whole.bytes());
            } else {
                ImageFiles.write(space, item.values(), out);
            }
        }
        FilesWriter.restore(file, item.label());
    }

    private IOException named(IOException e) {
        return e instanceof DataException
                ? new DataException(folder + ": " + e.getMessage(), e)
                : new IOException(folder + ": cannot be written: " + e.getMessage(), e);
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public void commit() throws IOException {
        if (failed) {
            throw new IOException(folder + ": not written, because an earlier write failed");
        }
        try {
            staging.commit();
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (names) {
            staging.close();
        }
    }
}
