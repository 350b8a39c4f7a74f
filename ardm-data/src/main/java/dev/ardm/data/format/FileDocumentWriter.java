package dev.ardm.data.format;

import dev.ardm.core.Item;
import dev.ardm.data.FilesWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents as files: one file, or a folder of them. */
final class FileDocumentWriter implements DocumentWriter {
    private final SequenceCodec codec;
    private final FilesWriter files;

    private FileDocumentWriter(SequenceCodec codec, FilesWriter files) {
        this.codec = codec;
        this.files = files;
    }

    /** See {@link DataFormat#writer}. */
    static FileDocumentWriter open(SequenceCodec codec, Path target, boolean overwrite) throws IOException {
        String name = String.valueOf(target.getFileName());
        boolean single = !Files.isDirectory(target) && name.lastIndexOf('.') > 0;
        return new FileDocumentWriter(codec, single ? FilesWriter.file(target, overwrite) : FilesWriter.folder(target));
    }

    @Override
    public void add(Item document) throws IOException {
        requireSymbols(document.values());
        files.add(
                document.name(),
                document.modified(),
                out -> codec.write(document.name(), document.values(), document.side(), out));
    }

    private void requireSymbols(int[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= codec.categories()) {
                throw new IllegalArgumentException(
                        "value " + values[i] + " at position " + i + " is outside [0, " + codec.categories() + ")");
            }
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public void commit() throws IOException {
        files.commit();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
