package dev.ardm.app.archive;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.archive.ItemArchive;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The folders that names lead into. No file system has a file and a folder of the same name, so of {@code a} and {@code a/b} only one
 * can be restored. In memory: the names of the folders.
 */
final class FolderNames {
    private final Set<String> folders = new HashSet<>();

    /** Adds the folders of a name. */
    void add(String name) {
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            if (!folders.add(name.substring(0, slash))) {
                return; // Those that it is in are there as well.
            }
        }
    }

    /** Whether a name is that of a folder. */
    boolean contains(String name) {
        return folders.contains(name);
    }

    /**
     * Refuses to put a file into an archive whose name is that of a folder of others.
     *
     * @throws UserError if it is
     */
    void requireNone(String name) {
        if (contains(name)) {
            throw new UserError(Text.printable(name) + " and files in " + Text.printable(name)
                    + "/ cannot be in one archive, because no folder could hold both; give it another name, or make two"
                    + " archives");
        }
    }

    /** Refuses files in folders that are files of an archive. */
    void requireNoneOf(ItemArchive archive) throws IOException {
        for (String folder : folders) {
            if (archive.indexOf(folder).isPresent()) {
                requireNone(folder);
            }
        }
    }
}
