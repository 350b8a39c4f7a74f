package dev.ardm.cli;

import dev.ardm.coding.IOConsumer;
import dev.ardm.coding.ItemLayout;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import java.nio.file.Path;

/** The files that items of an archive become one by one: images where they are images, else arrays; files of the format. */
record RestoredFiles(Path archive, DataFormat format, ItemLayout layout) {
    /** Those of an archive. */
    static RestoredFiles of(Path archive, ArchiveDecoder decoder, DataFormat format) {
        return new RestoredFiles(archive, format, decoder.reader().header().layout());
    }

    /** Whether several items become one file: rows of a table. */
    boolean rows() {
        return layout.kind() == ItemLayout.Kind.ROWS;
    }

    /**
     * A file for items.
     *
     * @param alone whether an image is written as one; else an array of images
     * @param items how many there will be at most
     * @param destination hears the complete file
     */
    RestoreTarget scratch(boolean alone, int items, IOConsumer<? super Path> destination) {
        String name = layout.images()
                ? "file"
                : !layout.hasSide() && !alone ? "file.npy" : "file" + format.extension();
        OutputOptions options = OutputOptions.named(false)
                .as(OutputOptions.As.FILE)
                .with(layout)
                .atMost(items);
        return new ScratchTarget(name, file -> new FileTarget(archive, format, file, options), destination);
    }

    /** The name of the file of an item, relative to a folder; nobody has looked where it leads. */
    String name(String item) {
        return layout.hasSide() ? item : RestoredNames.fileOf(item, format.space());
    }
}
