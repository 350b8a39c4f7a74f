package dev.ardm.data.items;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.Names;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.file.TakenNames;
import dev.ardm.data.image.ImageCursor;
import dev.ardm.data.image.ImageCursor.More;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.image.ImageLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The items of files and folders, read from there whenever they are gone through, so that any number of them takes the same
 * memory: that of one item of an array, or of 256 images. They are those of {@link ItemSets#open(List, Space)}, in the same
 * order and under the same names.
 */
public final class ItemFiles implements ItemInput {
    private final Space space;
    private final List<Part> parts;
    private final int size;
    private final SkippedFiles skipped;
    private final FileRemarks remarks;

    private ItemFiles(Space space, List<Part> parts, int size, SkippedFiles skipped, FileRemarks remarks) {
        this.space = space;
        this.parts = parts;
        this.size = size;
        this.skipped = skipped;
        this.remarks = remarks;
    }

    /**
     * Opens files and folders of any kind that {@link ItemSets#open(Path)} knows, and reads everything once, so that what
     * cannot be used is known before anything is done with the rest: first the headers of all arrays, then the values.
     *
     * @param space what the items must fit
     * @param target the file being written; scratch files for the names of many images are next to it
     * @throws IllegalArgumentException if there are no paths
     * @throws DataException if one cannot be read or does not fit; names the file, place and cause
     */
    public static ItemFiles open(List<Path> paths, Space space, Path target) throws IOException {
        return open(paths, space, target, false, More.REMARKED);
    }

    /**
     * Opens the same.
     *
     * @param widen whether images may be brought to the kind of the space, see {@link ImageFolder#read(Path, Space, boolean)}
     * @param more what becomes of image files that hold more than values
     */
    public static ItemFiles open(List<Path> paths, Space space, Path target, boolean widen, More more)
            throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no paths to open");
        }
        List<Part> parts = new ArrayList<>();
        try {
            for (Path path : paths) {
                parts.add(Part.of(path, space, target, widen ? ImageLayout.of(space) : null, more));
            }
            return read(parts, space, target);
        } catch (IOException | RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    private static ItemFiles read(List<Part> parts, Space space, Path target) throws IOException {
        SkippedFiles skipped = new SkippedFiles();
        FileRemarks remarks = new FileRemarks();
        long size = 0;
        try (Repetitions repetitions = new Repetitions(parts, target)) {
            for (Part part : parts) {
                int before = skipped.count();
                part.size = part.count(space, file -> skipped.add(file.name()), repetitions, remarks);
                if (part.size == 0) {
                    throw ImageFolder.none(part.path, skipped.count() - before);
                }
                size += part.size;
                if (size > Integer.MAX_VALUE) {
                    throw DataException.in(part.path.toString(), "this makes " + size + " items, too many for one set");
                }
            }
            if (repetitions.found()) {
                label(parts);
            }
        }
        return new ItemFiles(space, List.copyOf(parts), (int) size, skipped, remarks);
    }

    private static void label(List<Part> parts) {
        List<String> labels = Names.distinct(parts.stream()
                .map(part -> String.valueOf(part.path.getFileName()))
                .toList());
        for (int i = 0; i < labels.size(); i++) {
            parts.get(i).prefix = labels.get(i) + "/";
        }
    }

    @Override
    public ItemLayout layout() {
        return ItemLayout.VALUES;
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(size);
    }

    /** {@inheritDoc} Images have. */
    @Override
    public boolean named() {
        return parts.stream().anyMatch(part -> part.images != null);
    }

    @Override
    public boolean files() {
        return parts.stream().allMatch(part -> part.images != null);
    }

    /** Begins to read anew. If a file has another number of items than before, that is found out and refused. */
    @Override
    public ItemCursor cursor() {
        return new Cursor();
    }

    @Override
    public void close() throws IOException {
        close(parts);
    }

    private static void close(List<Part> parts) throws IOException {
        for (Part part : parts) {
            if (part.images != null) {
                part.images.close();
            }
        }
    }

    /** One of the paths. */
    private static final class Part {
        final Path path;
        final @Nullable FileList images;
        final boolean folder;
        final @Nullable ImageLayout layout;
        final More more;

        /** For arrays the number in the header; for images an upper limit until they are counted. */
        int size;

        String prefix = "";

        private Part(
                Path path,
                @Nullable FileList images,
                boolean folder,
                @Nullable ImageLayout layout,
                More more,
                int size) {
            this.path = path;
            this.images = images;
            this.folder = folder;
            this.layout = layout;
            this.more = more;
            this.size = size;
        }

        static Part of(Path path, Space space, Path target, @Nullable ImageLayout layout, More more)
                throws IOException {
            if (!Files.exists(path)) {
                throw DataException.in(path.toString(), "no such file or folder");
            }
            if (Files.isDirectory(path)) {
                FileList files = FileList.of(path, target);
                return new Part(path, files, true, layout, more, files.size());
            }
            try (ArrayCursor array = ArrayCursor.open(path, space)) {
                return array != null
                        ? new Part(path, null, false, null, more, array.size())
                        : new Part(path, FileList.single(path), false, layout, more, 1);
            }
        }

        ItemCursor cursor(Space space, ImageCursor.Skipped skipped) throws IOException {
            if (images != null) {
                return new ImageCursor(images.cursor(), space, layout, more, folder ? skipped : ImageCursor::refuse);
            }
            ItemCursor array = ArrayCursor.open(path, space);
            if (array == null) {
                throw changed();
            }
            return array;
        }

        int count(Space space, ImageCursor.Skipped skipped, Repetitions repetitions, FileRemarks remarks)
                throws IOException {
            try (ItemCursor items = cursor(space, skipped)) {
                int count = 0;
                for (Item item = items.next(); item != null; item = items.next()) {
                    if (images != null) {
                        repetitions.add(item.name());
                    }
                    count++;
                }
                remarks.addAll(items.remarks());
                return count;
            }
        }

        DataException changed() {
            return DataException.in(path.toString(), "changed while it was read");
        }
    }

    /** Finds out whether names of several parts are the same; images of one part never have the same name. */
    private static final class Repetitions implements Closeable {
        private final List<Part> arrays;
        private final @Nullable TakenNames taken;
        private boolean found;

        Repetitions(List<Part> parts, Path target) throws IOException {
            this.arrays = parts.stream().filter(part -> part.images == null).toList();
            // The numbers of arrays begin with 0, and are the same if they have the same length.
            this.found = arrays.stream()
                            .map(part -> Names.width(part.size))
                            .distinct()
                            .count()
                    < arrays.size();
            long images = parts.stream()
                    .filter(part -> part.images != null)
                    .mapToLong(part -> part.size)
                    .sum();
            boolean several = parts.size() - arrays.size() > 1;
            this.taken =
                    several && !found ? TakenNames.nextTo(target, (int) Math.min(Integer.MAX_VALUE, images)) : null;
        }

        void add(String name) throws IOException {
            if (!found) {
                found = arrays.stream().anyMatch(part -> Names.isPadded(name, part.size))
                        || (taken != null && !taken.add(name));
            }
        }

        boolean found() {
            return found;
        }

        @Override
        public void close() throws IOException {
            if (taken != null) {
                taken.close();
            }
        }
    }

    private final class Cursor implements ItemCursor {
        private int part = -1;
        private int inPart;
        private @Nullable ItemCursor items;

        @Override
        public @Nullable Item next() throws IOException {
            while (part < parts.size()) {
                if (items != null) {
                    Item item = items.next();
                    if (item != null) {
                        inPart++;
                        return item.named(parts.get(part).prefix + item.name());
                    }
                    if (inPart != parts.get(part).size) {
                        throw parts.get(part).changed();
                    }
                    close();
                }
                part++;
                inPart = 0;
                items = part < parts.size() ? parts.get(part).cursor(space, file -> {}) : null;
            }
            return null;
        }

        @Override
        public SkippedFiles skipped() {
            return skipped;
        }

        @Override
        public FileRemarks remarks() {
            return remarks;
        }

        @Override
        public void close() throws IOException {
            if (items != null) {
                items.close();
                items = null;
            }
        }
    }
}
