package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/** Files as documents. Each is restored once, to be sure that it can be. */
final class FileDocumentCursor implements DocumentCursor {
    private final SequenceCodec codec;
    private final InputFiles files;
    private final Iterator<InputFile> rest;

    FileDocumentCursor(SequenceCodec codec, InputFiles files) {
        this.codec = codec;
        this.files = files;
        this.rest = files.files().iterator();
    }

    @Override
    public @Nullable Document next() throws IOException {
        if (!rest.hasNext()) {
            return null;
        }
        InputFile file = rest.next();
        SymbolSequence.Builder symbols =
                new SymbolSequence.Builder(file.place(), codec.categories(), MemoryBudget.ofHeap(), true);
        byte[] extra;
        CRC32C before = new CRC32C();
        try (InputStream in = new CheckedInputStream(file.open(codec.gzipOfDocuments()), before)) {
            extra = codec.read(file.place(), in, symbols);
        }
        int[] values = symbols.build().toArray();
        CRC32C after = new CRC32C();
        codec.write(file.place(), values, extra, new CheckedOutputStream(OutputStream.nullOutputStream(), after));
        if (before.getValue() != after.getValue()) {
            throw DataException.in(file.place(), "cannot be restored byte for byte");
        }
        return new Document(file.name(), values, extra, file.modified());
    }

    @Override
    public List<String> skipped() {
        return List.copyOf(files.skipped());
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
