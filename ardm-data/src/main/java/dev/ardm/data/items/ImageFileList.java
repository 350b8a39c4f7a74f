package dev.ardm.data.items;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.data.DataException;
import dev.ardm.data.Names;
import dev.ardm.data.array.ArrayReader;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.file.TakenNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Files of images as they are, of folders and by themselves, read one at a time whenever they are gone through. Names are those
 * that {@link ItemFiles} gives.
 */
public final class ImageFileList implements Closeable {
    private static final long MAX_FILE = 1L << 30;

    private final List<Part> parts;

    /** A path given. */
    private record Part(Path path, FileList files, boolean folder, String prefix) {}

    private ImageFileList(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Lists files and folders.
     *
     * @param target what is being written; scratch files for many names are next to it
     * @return null if one of the paths is an array of items (IDX or NPY), not an image
     * @throws DataException if one does not exist
     */
    public static @Nullable ImageFileList of(List<Path> paths, Path target) throws IOException {
        List<Part> parts = new ArrayList<>();
        boolean complete = false;
        try {
            for (Path path : paths) {
                if (!Files.exists(path)) {
                    throw DataException.in(path.toString(), "no such file or folder");
                }
                if (Files.isDirectory(path)) {
                    parts.add(new Part(path, FileList.of(path, target), true, ""));
                } else if (isArray(path)) {
                    return null;
                } else {
                    parts.add(new Part(path, FileList.single(path), false, ""));
                }
            }
            ImageFileList list = new ImageFileList(List.copyOf(parts));
            list = list.ambiguous(target) ? new ImageFileList(labelled(parts)) : list;
            complete = true;
            return list;
        } finally {
            if (!complete) {
                close(parts);
            }
        }
    }

    private static boolean isArray(Path path) throws IOException {
        try (ArrayReader array = ItemSets.array(path)) {
            return array != null;
        }
    }

    private static List<Part> labelled(List<Part> parts) {
        List<String> labels = Names.distinct(parts.stream()
                .map(part -> String.valueOf(part.path.getFileName()))
                .toList());
        List<Part> labelled = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            labelled.add(new Part(part.path, part.files, part.folder, labels.get(i) + "/"));
        }
        return labelled;
    }

    /** Whether files of several paths have one name. */
    private boolean ambiguous(Path target) throws IOException {
        if (parts.size() < 2) {
            return false;
        }
        try (TakenNames taken = TakenNames.nextTo(target, size())) {
            Cursor cursor = cursor();
            while (cursor.next()) {
                if (!taken.add(cursor.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The number of all files, including those that are not images. */
    public int size() {
        long size = parts.stream().mapToLong(part -> part.files.size()).sum();
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    /** Begins before the first file. */
    public Cursor cursor() {
        return new Cursor();
    }

    @Override
    public void close() throws IOException {
        close(parts);
    }

    private static void close(List<Part> parts) throws IOException {
        for (Part part : parts) {
            part.files.close();
        }
    }

    /** Goes through the files once. For use by one thread. */
    public final class Cursor {
        private int part = -1;
        private FileList.@Nullable Cursor files;
        private FileList.@Nullable Entry entry;

        private Cursor() {}

        /** Goes to the next file; false after the last one. */
        public boolean next() throws IOException {
            entry = files == null ? null : files.next();
            while (entry == null && part + 1 < parts.size()) {
                part++;
                files = parts.get(part).files.cursor();
                entry = files.next();
            }
            return entry != null;
        }

        private FileList.Entry entry() {
            if (entry == null) {
                throw new IllegalStateException("no file was read");
            }
            return entry;
        }

        /** The name of the file: its path relative to the folder that was given. */
        public String name() {
            return parts.get(part).prefix + entry().name();
        }

        /** Where it is, for messages. */
        public String path() {
            return entry().path().toString();
        }

        /** When it was modified last, in milliseconds since 1970 (UTC). */
        public OptionalLong modified() throws IOException {
            return OptionalLong.of(Files.getLastModifiedTime(entry().path()).toMillis());
        }

        /** Its permissions, if files have them here. */
        public OptionalInt mode() throws IOException {
            return FileModes.of(entry().path());
        }

        /**
         * Its bytes.
         *
         * @throws DataException if it has more than a GiB
         */
        public byte[] bytes() throws IOException {
            long length = Files.size(entry().path());
            if (length > MAX_FILE) {
                throw DataException.in(path(), "an image file of " + length + " bytes is not read");
            }
            return Files.readAllBytes(entry().path());
        }

        /**
         * To be called for a file that is of no image format.
         *
         * @throws DataException if it was given by itself, or is named like an image; else it may be skipped
         */
        public void passOver() throws IOException {
            if (FileNames.hasImageExtension(path())) {
                throw DataException.in(
                        path(),
                        Files.size(entry().path()) == 0
                                ? "the file is empty"
                                : "no readable image in spite of its name");
            }
            if (!parts.get(part).folder) {
                throw DataException.in(path(), "neither an image nor an IDX or NPY file");
            }
        }
    }
}
