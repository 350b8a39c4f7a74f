package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.data.FileList;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes what went into an archive, once that has its name. Exactly the files that were there before anything was read, and only
 * if none has changed since; then the folders that this has emptied. In memory: a path for each file.
 */
final class SourceRemoval {
    private record Source(Path file, long bytes, FileTime changed) {
        static Source of(Path file) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            requireNoLink(file);
            return new Source(file, attributes.size(), attributes.lastModifiedTime());
        }
    }

    private final List<Source> sources = new ArrayList<>();
    private final Set<Path> folders = new TreeSet<>(Collections.reverseOrder());

    private SourceRemoval() {}

    /**
     * Notes what is there; to be called before anything is read.
     *
     * @throws UserError if something could not be restored as it is
     */
    static SourceRemoval of(List<Path> paths) throws IOException {
        SourceRemoval removal = new SourceRemoval();
        for (Path path : paths) {
            requireNoLink(path);
            if (!Files.isDirectory(path)) {
                removal.sources.add(Source.of(path));
                continue;
            }
            try (FileList list = FileList.of(path, null)) {
                FileList.Cursor cursor = list.cursor();
                for (FileList.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
                    removal.sources.add(Source.of(entry.path()));
                    removal.addFolders(path, entry.path());
                }
            }
        }
        return removal;
    }

    private static void requireNoLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new UserError(path + ": is a symbolic link, which no archive restores; not with --rm");
        }
    }

    private void addFolders(Path root, Path file) {
        Path folder = file.getParent();
        while (folder != null && folder.startsWith(root)) {
            folders.add(folder);
            folder = folder.getParent();
        }
    }

    /** The number of files. */
    int size() {
        return sources.size();
    }

    /**
     * Removes them.
     *
     * @throws UserError if one has changed since; nothing is removed then
     */
    void remove() throws IOException {
        for (Source source : sources) {
            if (!Source.of(source.file()).equals(source)) {
                throw new UserError(source.file()
                        + ": changed while it was compressed; nothing was removed, the archive is complete");
            }
        }
        for (Source source : sources) {
            Files.deleteIfExists(source.file()); // It may have been given twice.
        }
        for (Path folder : folders) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                // Hidden files are not archived, so they and their folder stay.
            }
        }
    }
}
