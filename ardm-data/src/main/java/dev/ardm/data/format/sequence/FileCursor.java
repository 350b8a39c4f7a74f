package dev.ardm.data.format.sequence;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.MemoryBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** Files as items. Each is restored once, to be sure that it can be, byte by byte if its codec says so. */
final class FileCursor implements ItemCursor {
    private final SequenceCodec codec;
    private final InputFiles files;
    private final Iterator<InputFile> rest;
    private long bytes;

    FileCursor(SequenceCodec codec, InputFiles files) {
        this.codec = codec;
        this.files = files;
        this.rest = files.files().iterator();
    }

    @Override
    public @Nullable Item next() throws IOException {
        if (!rest.hasNext()) {
            return null;
        }
        InputFile file = rest.next();
        SymbolSequence.Builder symbols =
                new SymbolSequence.Builder(file.place(), codec.categories(), MemoryBudget.ofHeap(), true);
        byte[] side;
        Sum before = new Sum();
        try (InputStream in = new CheckedInputStream(file.open(codec.gzipOfDocuments()), before)) {
            side = codec.read(file.place(), in, symbols);
        }
        int[] values = symbols.build().toArray();
        Sum after = new Sum();
        codec.write(file.place(), values, side, new CheckedOutputStream(OutputStream.nullOutputStream(), after));
        if (codec.restoresBytes() && (before.getValue() != after.getValue() || before.length != after.length)) {
            throw DataException.in(file.place(), "cannot be restored byte for byte");
        }
        bytes += before.length;
        Item item = new Item(file.name(), file.modified(), file.mode(), new int[0], values, side, null);
        return item.of(file.name(), before.length, () -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            codec.write(file.place(), values, side, out);
            return out.toByteArray();
        });
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public SkippedFiles skipped() {
        return SkippedFiles.of(files.skipped());
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Checksum and number of bytes. */
    private static final class Sum implements Checksum {
        private final CRC32C crc = new CRC32C();
        private long length;

        @Override
        public void update(int b) {
            crc.update(b);
            length++;
        }

        @Override
        public void update(byte[] bytes, int offset, int count) {
            crc.update(bytes, offset, count);
            length += count;
        }

        @Override
        public long getValue() {
            return crc.getValue();
        }

        @Override
        public void reset() {
            crc.reset();
            length = 0;
        }
    }
}
