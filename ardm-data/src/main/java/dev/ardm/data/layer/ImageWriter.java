package dev.ardm.data.layer;

import dev.ardm.core.Item;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.file.FilesWriter;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;

/** Writes images of any size as the files that they are restored to. */
public final class ImageWriter implements ItemWriter {
    private final ImageFileCodec codec;
    private final FilesWriter files;

    /**
     * Begins to write.
     *
     * @param channels of the model, 1 or 3
     * @param files where to; closed with this
     */
    public ImageWriter(int channels, FilesWriter files) {
        this.codec = new ImageFileCodec(channels, Kept.METADATA);
        this.files = files;
    }

    @Override
    public void add(Item item) throws IOException {
        byte[] file = codec.decode(item);
        files.add(item.label(), out -> out.write(file));
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
