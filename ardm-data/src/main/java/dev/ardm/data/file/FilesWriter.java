package dev.ardm.data.file;

import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.data.DataException;
import dev.ardm.data.StagedOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Writes files of any content: one, or any number into a folder. They appear when all are complete. For use by one thread. */
public abstract sealed class FilesWriter implements StagedOutput {
    private static final int BUFFER = 1 << 16;

    final Path target;
    private int count;
    private boolean failed;

    private FilesWriter(Path target) {
        this.target = target;
    }

    /**
     * Begins one file.
     *
     * @param overwrite whether a file that is there may be replaced
     */
    public static FilesWriter file(Path target, boolean overwrite) throws IOException {
        return new Single(target, overwrite);
    }

    /**
     * Begins a folder.
     *
     * @param target does not exist yet, or is empty
     * @throws DataException if it is not empty
     */
    public static FilesWriter folder(Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> inside = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
                if (inside.findAny().isPresent()) {
                    throw DataException.in(target.toString(), "exists already and is not an empty folder");
                }
            }
        }
        return new Folder(target);
    }

    /**
     * Writes a file.
     *
     * @param label name relative to the folder, which does not matter for one file; time and permissions, where they are known
     * @param content writes what is in it; its {@link DataException}s are handed on
     * @throws DataException if the name leads out of the folder or is taken, or there is more than one file
     */
    public final void add(ItemLabel label, IOConsumer<? super OutputStream> content) throws IOException {
        boolean before = failed;
        failed = true;
        put(label, content);
        failed = before;
        count++;
    }

    @Override
    public final int size() {
        return count;
    }

    @Override
    public final void commit() throws IOException {
        if (failed) {
            throw new IOException(target + ": not written, because an earlier write failed");
        }
        publish();
    }

    abstract void put(ItemLabel label, IOConsumer<? super OutputStream> content) throws IOException;

    /** Gives a file its time and permissions, where they are known. */
    public static void restore(Path file, ItemLabel label) throws IOException {
        if (label.time().isPresent()) {
            Files.setLastModifiedTime(file, AtomicFile.time(label.time().getAsLong()));
        }
        if (label.mode().isPresent()) {
            FileModes.restore(file, label.mode().getAsInt());
        }
    }

    abstract void publish() throws IOException;

    private static final class Single extends FilesWriter {
        private final AtomicFile file;

        Single(Path target, boolean overwrite) throws IOException {
            super(target);
            this.file = AtomicFile.create(target, overwrite);
        }

        @Override
        void put(ItemLabel label, IOConsumer<? super OutputStream> content) throws IOException {
            if (size() > 0) {
                throw DataException.in(
                        target.toString(),
                        "is a single file, but there are several; give a folder, without an extension");
            }
            content.accept(file.stream());
            label.time().ifPresent(file::setModified);
            label.mode().ifPresent(file::restore);
        }

        @Override
        void publish() throws IOException {
            if (size() == 0) {
                throw new IllegalStateException(target + ": nothing was written");
            }
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Folder extends FilesWriter {
        private final Staging staging;

        Folder(Path target) throws IOException {
            super(target);
            this.staging = Staging.folder(Files.exists(target) ? target.toRealPath() : target);
        }

        @Override
        void put(ItemLabel label, IOConsumer<? super OutputStream> content) throws IOException {
            String name = label.name();
            FileNames.requireSafe(size(), name);
            Path path = staging.path().resolve(name);
            try {
                staging.step(() -> write(path, label, content));
            } catch (FileAlreadyExistsException e) {
                // Names that differ for us need not differ for the file system.
                throw new DataException(
                        target + ": item " + size() + ": the name " + name + " is taken by an earlier item", e);
            } catch (DataException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(target + ": cannot be written: " + e.getMessage(), e);
            }
        }

        private void write(Path path, ItemLabel label, IOConsumer<? super OutputStream> content) throws IOException {
            staging.makeParents(path);
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER)) {
                content.accept(out);
            }
            restore(path, label);
        }

        @Override
        void publish() throws IOException {
            staging.commit();
        }

        @Override
        public void close() throws IOException {
            staging.close();
        }
    }
}
