package dev.ardm.data.file;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.data.DataException;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where files are written one after the other: one file, or a folder, that appears when it is complete. For use by one thread. */
public abstract class SuccessiveFiles implements Closeable {
    private final Path target;

    private SuccessiveFiles(Path target) {
        this.target = target;
    }

    /**
     * Begins one file.
     *
     * @param overwrite whether a file that is there may be replaced
     */
    public static SuccessiveFiles file(Path target, boolean overwrite) throws IOException {
        return new One(target, overwrite, false);
    }

    /** The same, which gets the content of all files, one behind the other. */
    public static SuccessiveFiles joined(Path target, boolean overwrite) throws IOException {
        return new One(target, overwrite, true);
    }

    /**
     * Begins a folder, not there yet or empty.
     *
     * @throws DataException if it is not empty
     */
    public static SuccessiveFiles folder(Path target) throws IOException {
        requireRoom(target);
        return new Folder(target);
    }

    /**
     * Begins a folder that becomes a file in the end, if it has only one.
     *
     * @param overwrite whether a file that is there may be replaced by a file
     * @param anyName whether the name of the only file may differ from that of the target
     * @throws DataException if there is something that may not be replaced
     */
    public static SuccessiveFiles folderOrFile(Path target, boolean overwrite, boolean anyName) throws IOException {
        if (!overwrite || !Files.isRegularFile(target)) {
            requireRoom(target);
        }
        return new FolderOrFile(target, anyName);
    }

    private static void requireRoom(Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> inside = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
                if (inside.findAny().isPresent()) {
                    throw new DataException(target + ": exists already and is not an empty folder");
                }
            }
        }
    }

    /** The file or folder. */
    public Path target() {
        return target;
    }

    /**
     * Begins a file and ends the one before.
     *
     * @param mode its permissions, where they are known
     * @throws DataException if the name leads out of the folder or is taken, or there is more than one file
     */
    public abstract OutputStream begin(String name, OptionalInt mode) throws IOException;

    /** Ends the last file; the whole appears. */
    public abstract void commit() throws IOException;

    @Override
    public abstract void close() throws IOException;

    private static final class One extends SuccessiveFiles {
        private final AtomicFile file;
        private final boolean joined;
        private int shared = -1;
        private @Nullable String begun;

        One(Path target, boolean overwrite, boolean joined) throws IOException {
            super(target);
            this.joined = joined;
            this.file = AtomicFile.create(target, overwrite);
        }

        @Override
        public OutputStream begin(String name, OptionalInt mode) throws IOException {
            if (begun != null && !joined) {
                throw new DataException(
                        target() + ": there are several files (" + begun + ", " + name + "); give a folder for them");
            }
            begun = name;
            if (mode.isPresent()) {
                shared &= mode.getAsInt(); // Nobody may read all who may not read each.
                file.restore(shared);
            }
            return file.stream();
        }

        @Override
        public void commit() throws IOException {
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static class Folder extends SuccessiveFiles {
        final Staging staging;
        private int count;
        private @Nullable OutputStream out;
        private OptionalInt mode = OptionalInt.empty();

        @Nullable
        Path last;

        Folder(Path target) throws IOException {
            super(target);
            this.staging = Staging.folder(Files.exists(target) ? target.toRealPath() : target);
        }

        @Override
        public OutputStream begin(String name, OptionalInt permitted) throws IOException {
            FileNames.requireSafe(count, name);
            end();
            mode = permitted;
            Path file = create(name);
            last = file;
            count++;
            OutputStream begun = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
            out = begun;
            return begun;
        }

        /** An empty file; its name gets a number if it is taken: the same file may have been archived twice. */
        private Path create(String name) throws IOException {
            int slash = name.lastIndexOf('/');
            int dot = name.lastIndexOf('.') > slash + 1 ? name.lastIndexOf('.') : name.length();
            String free = name;
            for (int n = 2; Files.exists(staging.path().resolve(free), LinkOption.NOFOLLOW_LINKS); n++) {
                free = name.substring(0, dot) + "_" + n + name.substring(dot);
            }
            Path file = staging.path().resolve(free);
            try {
                staging.step(() -> {
                    staging.makeParents(file);
                    Files.createFile(file);
                });
            } catch (FileAlreadyExistsException e) {
                throw new DataException(
                        target() + ": " + name + " cannot be written, because a part of its name is that of a file", e);
            }
            return file;
        }

        final void end() throws IOException {
            if (out != null) {
                OutputStream ended = out;
                out = null;
                ended.close();
            }
            if (last != null && mode.isPresent()) {
                FileModes.restore(last, mode.getAsInt());
                mode = OptionalInt.empty();
            }
        }

        final int written() {
            return count;
        }

        @Override
        public void commit() throws IOException {
            end();
            staging.commit();
        }

        @Override
        public void close() throws IOException {
            try {
                end();
            } finally {
                staging.close();
            }
        }
    }

    private static final class FolderOrFile extends Folder {
        private final boolean anyName;

        FolderOrFile(Path target, boolean anyName) throws IOException {
            super(target);
            this.anyName = anyName;
        }

        @Override
        public void commit() throws IOException {
            end();
            Path file = last;
            boolean named = file != null
                    && staging.path().equals(file.getParent())
                    && Objects.equals(file.getFileName(), target().getFileName());
            if (file != null && written() == 1 && (anyName || named) && !Files.isDirectory(target())) {
                staging.step(() -> Files.move(file, target(), StandardCopyOption.REPLACE_EXISTING));
            } else if (Files.isRegularFile(target())) {
                throw new DataException(target() + ": is a file, and there are several; give a folder for them");
            } else {
                super.commit();
            }
        }
    }
}
