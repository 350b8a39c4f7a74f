package dev.ardm.data.format.sequence;

import dev.ardm.core.Item;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.file.FilesWriter;
import java.io.IOException;

/** Writes sequences as files: one file, or a folder of them. */
final class SequenceWriter implements ItemWriter {
    private final SequenceCodec codec;
    private final FilesWriter files;

    SequenceWriter(SequenceCodec codec, FilesWriter files) {
        this.codec = codec;
        this.files = files;
    }

    @Override
    public void add(Item item) throws IOException {
        Item.Source source = item.source();
        if (source != null && item.isWhole()) {
            files.add(item.label(), out -> out.write(source.bytes()));
            return;
        }
        requireSymbols(item.values());
        files.add(item.label(), out -> codec.write(item.name(), item.values(), item.side(), out));
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
