package dev.ardm.data.format.table;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.data.DataException;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.file.Staging;
import dev.ardm.data.format.OutputOptions;
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

/** Where files are written one after the other: one file, or a folder, that appears when it is complete. */
abstract class TableOutput implements Closeable {
    private final Path target;

    private TableOutput(Path target) {
        this.target = target;
    }

    static TableOutput of(Path target, OutputOptions options) throws IOException {
        return options.isFile(target) ? new One(target, options.overwrite()) : new Folder(target);
    }

    Path target() {
        return target;
    }

    /** Begins a file and ends the one before. @param mode its permissions, where they are known; the owner may always write it here */
    abstract OutputStream begin(String name, OptionalInt mode) throws IOException;

    abstract void commit() throws IOException;

    @Override
    public abstract void close() throws IOException;

    private static final class One extends TableOutput {
        private final AtomicFile file;
        private @Nullable String begun;

        One(Path target, boolean overwrite) throws IOException {
            super(target);
            this.file = AtomicFile.create(target, overwrite);
        }

        @Override
        OutputStream begin(String name, OptionalInt mode) throws IOException {
            if (begun != null) {
                throw new DataException(
                        target() + ": there are several files (" + begun + ", " + name + "); give a folder for them");
            }
            begun = name;
            mode.ifPresent(file::restore);
            return file.stream();
        }

        @Override
        void commit() throws IOException {
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Folder extends TableOutput {
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
        OutputStream begin(String name, OptionalInt mode) throws IOException {
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
        void commit() throws IOException {
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
