package dev.ardm.data.image;

import dev.ardm.coding.AtomicFile;
import dev.ardm.data.DataException;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.Staging;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Writes restored files: one, or any number into a folder. They appear when all are complete. For use by one thread. */
public abstract sealed class ImageFileWriter implements Closeable {
    final Path target;
    private int count;
    private boolean failed;

    private ImageFileWriter(Path target) {
        this.target = target;
    }

    /**
     * Begins one file.
     *
     * @param overwrite whether a file that is there may be replaced
     */
    public static ImageFileWriter file(Path target, boolean overwrite) throws IOException {
        return new Single(target, overwrite);
    }

    /**
     * Begins a folder.
     *
     * @param target does not exist yet, or is empty
     * @throws DataException if it is not empty
     */
    public static ImageFileWriter folder(Path target) throws IOException {
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
     * @param name relative to the folder; does not matter for one file
     * @param modified when the file was modified last, in milliseconds since 1970 (UTC), if that is known
     * @throws DataException if the name leads out of the folder or is taken, or there is more than one file
     */
    public final void add(String name, byte[] file, OptionalLong modified) throws IOException {
        boolean before = failed;
        failed = true;
        put(name, file, modified);
        failed = before;
        count++;
    }

    /** The number of files so far. */
    public final int size() {
        return count;
    }

    /** Gives what was written its name. */
    public final void commit() throws IOException {
        if (failed) {
            throw new IOException(target + ": not written, because an earlier write failed");
        }
        publish();
    }

    abstract void put(String name, byte[] file, OptionalLong modified) throws IOException;

    abstract void publish() throws IOException;

    private static final class Single extends ImageFileWriter {
        private final AtomicFile file;

        Single(Path target, boolean overwrite) throws IOException {
            super(target);
            this.file = AtomicFile.create(target, overwrite);
        }

        @Override
        void put(String name, byte[] bytes, OptionalLong modified) throws IOException {
            if (size() > 0) {
                throw DataException.in(target.toString(), "is one file, and there are several; name a folder");
            }
            file.stream().write(bytes);
            modified.ifPresent(file::setModified);
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

    private static final class Folder extends ImageFileWriter {
        private final Staging staging;

        Folder(Path target) throws IOException {
            super(target);
            this.staging = Staging.folder(Files.exists(target) ? target.toRealPath() : target);
        }

        @Override
        void put(String name, byte[] file, OptionalLong modified) throws IOException {
            ImageFolder.requireName(size(), name);
            Path path = staging.path().resolve(name);
            try {
                staging.step(() -> {
                    Path parent = path.getParent();
                    if (parent != null) {
                        Files.createDirectories(parent);
                    }
                    Files.write(path, file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    if (modified.isPresent()) {
                        Files.setLastModifiedTime(path, FileTime.fromMillis(modified.getAsLong()));
                    }
                });
            } catch (FileAlreadyExistsException e) {
                // Names that differ for us need not differ for the file system.
                throw new DataException(
                        target + ": item " + size() + ": the name " + name + " is taken by an earlier item", e);
            } catch (IOException e) {
                throw new IOException(target + ": cannot be written: " + e.getMessage(), e);
            }
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
