package dev.ardm.data.format;

import dev.ardm.coding.AtomicFile;
import dev.ardm.data.DataException;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/** Documents as files: one file, or a folder of them. */
abstract class FileDocumentWriter implements DocumentWriter {
    final SequenceCodec codec;
    final Path target;
    private int count;
    private boolean failed;

    private FileDocumentWriter(SequenceCodec codec, Path target) {
        this.codec = codec;
        this.target = target;
    }

    /** See {@link DataFormat#writer}. */
    static FileDocumentWriter open(SequenceCodec codec, Path target, boolean overwrite) throws IOException {
        String name = String.valueOf(target.getFileName());
        if (!Files.isDirectory(target) && name.lastIndexOf('.') > 0) {
            return new Single(codec, target, overwrite);
        }
        if (Files.exists(target)) {
            try (Stream<Path> inside = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
                if (inside.findAny().isPresent()) {
                    throw DataException.in(target.toString(), "exists already and is not an empty folder");
                }
            }
        }
        return new Folder(codec, target);
    }

    @Override
    public final void add(Document document) throws IOException {
        requireSymbols(document.values());
        boolean before = failed;
        failed = true;
        put(document);
        failed = before;
        count++;
    }

    private void requireSymbols(int[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= codec.categories()) {
                throw new IllegalArgumentException(
                        "value " + values[i] + " at position " + i + " is outside [0, " + codec.categories() + ")");
            }
        }
    }

    abstract void put(Document document) throws IOException;

    abstract void publish() throws IOException;

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

    /** One document. */
    private static final class Single extends FileDocumentWriter {
        private final AtomicFile file;

        Single(SequenceCodec codec, Path target, boolean overwrite) throws IOException {
            super(codec, target);
            this.file = AtomicFile.create(target, overwrite);
        }

        @Override
        void put(Document document) throws IOException {
            if (size() > 0) {
                throw DataException.in(
                        target.toString(), "is one file, and there are several; name a folder, without an extension");
            }
            codec.write(document.name(), document.values(), document.extra(), file.stream());
            document.modified().ifPresent(file::setModified);
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

    /** Any number of documents. */
    private static final class Folder extends FileDocumentWriter {
        private final Staging staging;

        Folder(SequenceCodec codec, Path target) throws IOException {
            super(codec, target);
            this.staging = Staging.folder(Files.exists(target) ? target.toRealPath() : target);
        }

        @Override
        void put(Document document) throws IOException {
            ImageFolder.requireName(size(), document.name());
            Path path = staging.path().resolve(document.name());
            try {
                staging.step(() -> write(document, path));
            } catch (FileAlreadyExistsException e) {
                throw new DataException(
                        target + ": item " + size() + ": the name " + document.name() + " is taken by an earlier item",
                        e);
            } catch (DataException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(target + ": cannot be written: " + e.getMessage(), e);
            }
        }

        private void write(Document document, Path path) throws IOException {
            staging.makeParents(path);
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16)) {
                codec.write(document.name(), document.values(), document.extra(), out);
            }
            if (document.modified().isPresent()) {
                Files.setLastModifiedTime(
                        path, FileTime.fromMillis(document.modified().getAsLong()));
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
