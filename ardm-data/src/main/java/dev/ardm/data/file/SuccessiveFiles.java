package dev.ardm.data.file;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.data.DataException;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
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
        return new One(target, overwrite);
    }

    /**
     * Begins a folder, not there yet or empty.
     *
     * @throws DataException if it is not empty
     */
    public static SuccessiveFiles folder(Path target) throws IOException {
        return new Folder(target);
    }

    /** The file or folder. */
    public Path target() {
        return target;
    }

    /**
     * Begins a file and ends the one before.
     *
     * @param mode its permissions, where they are known; the owner may always write it here
     * @throws DataException if the name leads out of the folder or is taken, or there is more than one file
     */
    public abstract OutputStream begin(String name, OptionalInt mode) throws IOException;

    /** Ends the last file; the whole appears. */
    public abstract void commit() throws IOException;

    @Override
    public abstract void close() throws IOException;

    private static final class One extends SuccessiveFiles {
        private final AtomicFile file;
        private @Nullable String begun;

        One(Path target, boolean overwrite) throws IOException {
            super(target);
            this.file = AtomicFile.create(target, overwrite);
        }

        @Override
        public OutputStream begin(String name, OptionalInt mode) throws IOException {
            if (begun != null) {
                throw new DataException(
                        target() + ": there are several files (" + begun + ", " + name + "); give a folder for them");
            }
            begun = name;
            mode.ifPresent(file::restore);
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

    private static final class Folder extends SuccessiveFiles {
        private final Staging staging;
        private final Set<String> taken = new HashSet<>();
        private @Nullable OutputStream out;

        Folder(Path target) throws IOException {
            super(target);
            if (Files.exists(target)) {
                try (Stream<Path> inside = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
                    if (inside.findAny().isPresent()) {
                        throw new DataException(target + ": exists already and is not an empty folder");
                    }
                }
            }
            this.staging = Staging.folder(Files.exists(target) ? target.toRealPath() : target);
        }

        @Override
        public OutputStream begin(String name, OptionalInt mode) throws IOException {
            FileNames.requireSafe(taken.size(), name);
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new DataException(target() + ": there are two files named " + name);
            }
            end();
            Path file = staging.path().resolve(name);
            staging.step(() -> {
                staging.makeParents(file);
                Files.createFile(file);
            });
            if (mode.isPresent()) {
                FileModes.restore(file, mode.getAsInt() | FileModes.OWNER);
            }
            OutputStream begun = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
            out = begun;
            return begun;
        }

        private void end() throws IOException {
            if (out != null) {
                OutputStream last = out;
                out = null;
                last.close();
            }
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
}
