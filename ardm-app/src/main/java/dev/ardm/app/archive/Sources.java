package dev.ardm.app.archive;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.data.DataException;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.image.ImageFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
 * The files that go into an archive, noted before anything is read. When the archive has its name they can be removed: exactly
 * these, and only if none has changed since; then the folders that this has emptied. In memory: a path for each file.
 */
public final class Sources {
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

    private Sources() {}

    /**
     * Notes what is there; to be called before anything is read.
     *
     * @throws UserError if something could not be restored as it is
     */
    public static Sources of(List<Path> paths) throws IOException {
        Sources removal = new Sources();
        for (Path path : paths) {
            requireNoLink(path);
            FileList.check(path, name -> {
                throw new UserError(path.resolve(name)
                        + ": is neither a file nor a folder and is not archived; not allowed with --rm");
            });
            if (!Files.isDirectory(path)) {
                requireRestorable(path, String.valueOf(path.getFileName()));
                removal.sources.add(Source.of(path));
                continue;
            }
            try (FileList list = FileList.of(path, null)) {
                FileList.Cursor cursor = list.cursor();
                for (FileList.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
                    requireRestorable(entry.path(), entry.name());
                    removal.sources.add(Source.of(entry.path()));
                    removal.addFolders(path, entry.path());
                }
            }
        }
        return removal;
    }

    /**
     * Says what in folders is not a file, and skipped: links to folders, which are not followed, and pipes.
     *
     * @throws DataException if a file has a name that would be lost
     */
    public static void check(List<Path> paths, Listener listener) throws IOException {
        FirstNames others = new FirstNames();
        for (Path path : paths) {
            FileList.check(path, others::add);
        }
        if (others.count() > 0) {
            listener.notice(Text.count(others.count(), "file") + " skipped, neither files nor folders: " + others);
        }
    }

    private static void requireNoLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new UserError(path + ": is a symbolic link, which archives do not restore; not allowed with --rm");
        }
    }

    private static void requireRestorable(Path path, String name) {
        if (!ImageFolder.writableName(name).equals(name)) {
            throw new UserError(Text.printable(path.toString())
                    + ": a character of its name would change when restored; not allowed with --rm");
        }
        try {
            FileNames.requireSafe(0, name);
        } catch (DataException e) {
            throw new UserError(
                    Text.printable(path.toString()) + ": its name is too long to be restored; not allowed with --rm");
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
    public int size() {
        return sources.size();
    }

    /**
     * Removes them.
     *
     * @throws UserError if one has changed since; nothing is removed then
     */
    public void remove() throws IOException {
        for (Source source : sources) {
            if (!Source.of(source.file()).equals(source)) {
                throw new UserError(source.file()
                        + ": changed while it was compressed; nothing was deleted, the archive is complete");
            }
        }
        Path at = null;
        try {
            for (Source source : sources) {
                at = source.file();
                Files.deleteIfExists(at); // It may have been given twice.
            }
            for (Path folder : folders) {
                at = folder;
                removeIfEmpty(folder);
            }
        } catch (IOException e) {
            throw new UserError(at + ": cannot be deleted: "
                    + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage())
                    + "; the archive is complete");
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // Hidden files are not archived, so they and their folder stay.
        }
    }
}
