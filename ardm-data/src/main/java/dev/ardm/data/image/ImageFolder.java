package dev.ardm.data.image;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.Spaces;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders of images of one size and one kind. Values are those of the file: palettes are looked up, and nothing else is
 * converted. Grey gives 1 channel, grey with alpha 2, RGB and palettes 3, RGBA and palettes with transparency 4; grey of 1, 2
 * or 4 bits has 2, 4 or 16 categories (besides alpha, and where a space of 256 is expected, it is expanded to 8 bits), 8-bit
 * channels have 256, 16-bit channels 65536. Formats: PNG, JPEG, BMP, GIF, TIFF, WebP, PNM.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Reads all images of a folder and the folders in it, sorted by name, each named by its path relative to the folder.
     * Hidden files are ignored; other files that are not images are listed by {@link ItemSet#skipped()}.
     *
     * @param expected a space the images must fit, or null to take what they are
     * @throws DataException if there are no images, one cannot be read completely and exactly, two differ in size, kind
     *     or depth, or one does not fit the expected space
     */
    public static ItemSet read(Path folder, @Nullable Space expected) throws IOException {
        return read(folder, expected, false);
    }

    /**
     * Reads the same.
     *
     * @param widen whether images that differ in their channels and bits, not in their size, are brought without loss to the
     *     smallest kind that holds all, or to that of the expected space: grey becomes RGB, alpha is added as opaque, values
     *     of few bits are scaled so that the largest stays the largest. They look the same, but come back as that kind.
     */
    public static ItemSet read(Path folder, @Nullable Space expected, boolean widen) throws IOException {
        try (FileList files = FileList.of(folder, null)) {
            List<String> skipped = new ArrayList<>();
            ImageLayout layout = !widen ? null : expected != null ? ImageLayout.of(expected) : common(files);
            ImageCollector images = collect(files, expected, layout, file -> skipped.add(file.name()));
            if (images.isEmpty()) {
                throw none(folder, skipped.size());
            }
            return images.build(skipped);
        }
    }

    /** The error for a folder without images. */
    public static DataException none(Path folder, int others) {
        return new DataException("no images in " + folder + (others == 0 ? "" : " (" + others + " other files)"));
    }

    /** Reads one image file as a set of one item, named by its file name. */
    public static ItemSet readFile(Path path, @Nullable Space expected, boolean widen) throws IOException {
        try (FileList files = FileList.single(path)) {
            ImageLayout layout = widen && expected != null ? ImageLayout.of(expected) : null;
            return collect(files, expected, layout, ImageCursor::refuse).build(List.of());
        }
    }

    /** The smallest layout that holds all images; null if there are none. */
    private static @Nullable ImageLayout common(FileList files) throws IOException {
        ImageLayout common = null;
        try (ImageCursor cursor = new ImageCursor(files.cursor(), null, null, ImageCursor.More.LEFT_OUT, file -> {})) {
            for (DecodedImage image = cursor.nextImage(); image != null; image = cursor.nextImage()) {
                ImageLayout layout = ImageLayout.of(image);
                common = common == null ? layout : common.common(layout);
            }
        }
        return common;
    }

    private static ImageCollector collect(
            FileList files, @Nullable Space expected, @Nullable ImageLayout layout, ImageCursor.Skipped skipped)
            throws IOException {
        ImageCollector images = new ImageCollector(expected);
        try (ImageCursor cursor =
                new ImageCursor(files.cursor(), expected, layout, ImageCursor.More.REMARKED, skipped)) {
            for (DecodedImage image = cursor.nextImage(); image != null; image = cursor.nextImage()) {
                images.add(image, cursor.name(), cursor.file(), files.size());
            }
            images.remarks(cursor.remarks());
        }
        return images;
    }

    /**
     * The values of an image file as an item of a space.
     *
     * @param widen whether it is brought to the kind of the space, see {@link #read(Path, Space, boolean)}
     * @throws DataException if it is not an image, or does not fit
     */
    public static int[] values(byte[] file, String name, Space space, boolean widen) throws IOException {
        DecodedImage image = ImageDecoder.decode(file, name);
        if (image == null) {
            throw DataException.in(name, "no image of a known format");
        }
        ImageLayout layout = ImageLayout.of(space);
        if (widen && layout != null && layout.holds(ImageLayout.of(image))) {
            image = layout.widen(image);
        }
        return ImageCollector.fit(image, name, space).values();
    }

    /**
     * Whether a file in a folder of images is read as one of them.
     *
     * @throws DataException if it is an image that cannot be read
     */
    public static boolean isImage(Path file) throws IOException {
        return ImageDecoder.decode(file) != null;
    }

    /**
     * Writes each item as a PNG under its name, with the extension of an image replaced by {@code .png} or that added.
     * The folder appears under its name only when it is complete; if anything fails, nothing remains.
     *
     * @param folder does not exist yet, or is empty
     * @throws IllegalArgumentException if the items are not images of 1 to 4 channels
     * @throws DataException if the folder is not empty, or a name leads out of it or cannot be a file name
     */
    public static void write(Path folder, ItemSet set) throws IOException {
        try (ItemWriter writer = create(folder, set.space(), set.size())) {
            for (int i = 0; i < set.size(); i++) {
                writer.add(Item.of(set.item(i), set.name(i)));
            }
            writer.commit();
        }
    }

    /**
     * Begins a folder like that of {@link #write}, to be filled item by item.
     *
     * @param folder does not exist yet, or is empty
     * @param most how many items there will be at most
     * @throws IllegalArgumentException if the space is not one of images of 1 to 4 channels
     * @throws DataException if the folder is not empty
     */
    public static ItemWriter create(Path folder, Space space, int most) throws IOException {
        Spaces.requireImage(space);
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
                if (inside.findAny().isPresent()) {
                    throw DataException.in(folder.toString(), "exists already and is not an empty folder");
                }
            }
        }
        return new FolderWriter(folder, Files.exists(folder) ? folder.toRealPath() : folder, space, most);
    }

    /** A name with {@code _} for all that names of files do not have here, or should not: control characters. */
    public static String writableName(String name) {
        return FileNames.REFUSED.matcher(name).replaceAll("_");
    }
}
