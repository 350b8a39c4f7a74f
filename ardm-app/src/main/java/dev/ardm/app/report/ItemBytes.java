package dev.ardm.app.report;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first items of files as bytes, as other compressors get them: {@link ItemBaselines#MOST_BYTES} at most. */
public final class ItemBytes {
    private final List<byte[]> items = new ArrayList<>();
    private int left = ItemBaselines.MOST_BYTES;

    private ItemBytes() {}

    /** The values of items, one byte each, or two where they do not fit into one. */
    public static List<byte[]> ofValues(Space space, ItemCursor cursor) throws IOException {
        ItemBytes some = new ItemBytes();
        for (Item item = cursor.next(); item != null && some.more(); item = cursor.next()) {
            some.add(Baselines.raw(space, item.values()));
        }
        return some.items;
    }

    /** The bytes of files: whole ones, or their lines where several items are in a file. */
    public static List<byte[]> ofFiles(DataFormat format, List<Path> paths) throws IOException {
        ItemBytes some = new ItemBytes();
        InputFiles.Choice any = new InputFiles.Choice(name -> true, null, true);
        try (InputFiles files = InputFiles.of(paths, any)) {
            for (InputFile file : files.files()) {
                if (!some.more()) {
                    break;
                }
                try (InputStream in = file.open(InputFile.Gzip.KEEP)) {
                    byte[] bytes = in.readNBytes(some.left);
                    if (format.filePerItem()) {
                        some.add(bytes);
                    } else {
                        some.addLines(bytes);
                    }
                }
            }
        }
        return some.items;
    }

    private boolean more() {
        return left > 0 && items.size() < ItemBaselines.MOST_ITEMS;
    }

    private void addLines(byte[] bytes) {
        int from = 0;
        for (int k = 0; k < bytes.length && more(); k++) {
            if (bytes[k] == '\n' || k == bytes.length - 1) {
                add(Arrays.copyOfRange(bytes, from, k + 1));
                from = k + 1;
            }
        }
    }

    private void add(byte[] bytes) {
        byte[] part = bytes.length <= left ? bytes : Arrays.copyOf(bytes, left);
        items.add(part);
        left -= part.length;
    }
}
