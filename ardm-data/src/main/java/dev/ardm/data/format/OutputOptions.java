package dev.ardm.data.format;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.data.file.FilesWriter;
import dev.ardm.data.file.SuccessiveFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How items are written.
 *
 * @param as one file or a folder
 * @param overwrite whether an existing file may be replaced
 * @param layout of the items; empty for that of the format
 * @param most the most items
 * @param texts for inside an image, keyword to text
 */
public record OutputOptions(
        As as, boolean overwrite, Optional<ItemLayout> layout, int most, Map<String, String> texts) {
    /** One file or a folder. */
    public enum As {
        /** A file if the name has an extension and is not that of a folder. */
        NAMED,
        /** One file. */
        FILE,
        /** One file with the content of all, where several would be written one after the other. */
        JOINED,
        /** A folder, not there yet or empty. */
        FOLDER,
        /**
         * Of files that are written one after the other: a file if there is only one, and its name is that of the target or the target
         * has an extension; else a folder.
         */
        AS_BEFORE
    }

    /** Options by the name of the output. @param overwrite whether an existing file may be replaced */
    public static OutputOptions named(boolean overwrite) {
        return new OutputOptions(As.NAMED, overwrite, Optional.empty(), Integer.MAX_VALUE, Map.of());
    }

    /** The same as one file or a folder. */
    public OutputOptions as(As other) {
        return new OutputOptions(other, overwrite, layout, most, texts);
    }

    /** The same for items of a layout. */
    public OutputOptions with(ItemLayout items) {
        return new OutputOptions(as, overwrite, Optional.of(items), most, texts);
    }

    /** The same for that many items at most. */
    public OutputOptions atMost(int items) {
        return new OutputOptions(as, overwrite, layout, items, texts);
    }

    /** The same with texts inside an image. */
    public OutputOptions with(Map<String, String> inside) {
        return new OutputOptions(as, overwrite, layout, most, inside);
    }

    /** Whether one file is to be written. */
    public boolean isFile(Path target) {
        return switch (as) {
            case NAMED -> !Files.isDirectory(target) && hasExtension(target);
            case FILE, JOINED -> true;
            case FOLDER, AS_BEFORE -> false;
        };
    }

    /** Begins to write one file or a folder of files. */
    public FilesWriter files(Path target) throws IOException {
        return isFile(target) ? FilesWriter.file(target, overwrite) : FilesWriter.folder(target);
    }

    /** Begins to write one file or a folder of files whose content comes piece by piece. */
    public SuccessiveFiles successive(Path target) throws IOException {
        return switch (as) {
            case JOINED -> SuccessiveFiles.joined(target, overwrite);
            case AS_BEFORE -> SuccessiveFiles.folderOrFile(target, overwrite, hasExtension(target));
            case NAMED, FILE, FOLDER ->
                isFile(target) ? SuccessiveFiles.file(target, overwrite) : SuccessiveFiles.folder(target);
        };
    }

    private static boolean hasExtension(Path target) {
        return String.valueOf(target.getFileName()).lastIndexOf('.') > 0;
    }
}
