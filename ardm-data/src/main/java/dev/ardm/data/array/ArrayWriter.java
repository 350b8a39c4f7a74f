package dev.ardm.data.array;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Writes items into one file: a header that states their number, then their values. */
final class ArrayWriter implements ItemWriter {
    private final Space space;
    private final int most;
    private final IntFunction<byte[]> header;
    private final ValueBytes values;
    private final AtomicFile file;
    private int count;

    /**
     * Begins a file.
     *
     * @param most how many items there will be at most
     * @param values writes the values of an item
     * @param header of that many items; of one length, however many
     */
    ArrayWriter(Path path, boolean overwrite, Space space, int most, ValueBytes values, IntFunction<byte[]> header)
            throws IOException {
        this.space = space;
        this.most = most;
        this.values = values;
        this.header = header;
        byte[] start = header.apply(most);
        this.file = AtomicFile.create(path, overwrite);
        try {
            file.stream().write(start);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void add(Item item) throws IOException {
        if (count == most) {
            throw new IllegalArgumentException("more than " + most + " items");
        }
        space.check(item.values());
        file.stream().write(values.of(item.values()));
        item.mode().ifPresent(file::restrict);
        count++;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public void commit() throws IOException {
        if (count < most) {
            file.patch(0, header.apply(count));
        }
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
