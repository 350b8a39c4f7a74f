package dev.ardm.cli;

import dev.ardm.coding.IOConsumer;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.data.FilesWriter;
import dev.ardm.data.format.DataFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that items of an archive become one by one: images where they are images, else arrays; files of the format.
 *
 * @param format null for images and arrays
 * @param images whether they are images of any size
 */
record RestoredFiles(Path archive, Space space, @Nullable DataFormat format, boolean images) {
    /** Those of an archive. */
    static RestoredFiles of(Path archive, ArchiveDecoder decoder, Space space, @Nullable DataFormat format) {
        ItemLayout layout = decoder.reader().header().layout();
        return new RestoredFiles(archive, space, format, layout.images());
    }

    /** Whether several items become one file: rows of a table. */
    boolean rows() {
        return format != null && !format.sequences();
    }

    /**
     * A file for items.
     *
     * @param alone whether an image is written as one; else an array of images
     * @param items how many there will be at most
     * @param destination hears the complete file
     */
    RestoreTarget scratch(boolean alone, int items, IOConsumer<? super Path> destination) {
        if (images) {
            return new ScratchTarget(
                    "file",
                    file -> FileTarget.images(archive, space, () -> FilesWriter.file(file, false)),
                    destination);
        }
        DataFormat kind = format;
        if (kind != null) {
            return new ScratchTarget(
                    "file" + kind.extension(), file -> FileTarget.documents(archive, kind, file, false), destination);
        }
        String name = alone && ItemOutput.isImage(space) ? "file.png" : "file.npy";
        return new ScratchTarget(
                name,
                file -> FileTarget.values(ItemOutput.of(file.toString(), false, false), space, items),
                destination);
    }

    /** The name of the file of an item, relative to a folder; nobody has looked where it leads. */
    String name(String item) {
        return format == null && !images ? RestoredNames.fileOf(item, space) : item;
    }
}
