package dev.ardm.data.format;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.image.ImageCursor.More;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ImageFileList;
import dev.ardm.data.items.ItemFiles;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.layer.ImageFit;
import dev.ardm.data.layer.ImageInput;
import dev.ardm.data.layer.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Images, and arrays of items in NPY or IDX files: all that the model's space describes, so no definition of it is kept. Image
 * files that are not of the model's size and kind, or hold more than pixels, are images of any size. What comes back are the
 * values, as PNG files or one array; of images of any size what {@link Kept} says.
 */
public final class ArrayFormat implements DataFormat {
    public static final String KIND = "array";

    private final Space space;
    private final boolean widen;

    /** @param widen whether images are brought to the kind of the space without loss, see {@link ImageFolder#read} */
    public ArrayFormat(Space space, boolean widen) {
        this.space = space;
        this.widen = widen;
    }

    /** Makes such formats. Option {@code widen}: brings images of several kinds to one. */
    public static final class Family implements FormatFamily {
        @Override
        public FittedFormat open(List<Path> paths, FormatOptions options) throws IOException {
            boolean widen = options.flag("widen");
            options.requireAllKnown();
            ItemSet items = ItemSets.open(paths, null, widen);
            return new FittedFormat(new ArrayFormat(items.space(), widen), items);
        }

        @Override
        public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
            return open(paths, options).format();
        }

        @Override
        public DataFormat read(JsonNode definition) throws DataException {
            throw new DataException("images and arrays have no definition");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String extension() {
        return isImage(space) ? ".png" : ".npy";
    }

    /** Whether items of a space can be written as images. */
    public static boolean isImage(Space space) {
        return space.rank() == 3 && space.categories().length == 1 && space.extent(2) <= 4;
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public String definition() {
        return "";
    }

    @Override
    public ItemLayout layout() {
        return ItemLayout.VALUES;
    }

    @Override
    public ItemSet items(List<Path> paths) throws IOException {
        return ItemSets.open(paths, space, widen);
    }

    @Override
    public ItemCursor cursor(List<Path> paths) throws IOException {
        ItemInput input = values(paths, InputOptions.nextTo(paths.get(0)).keeping(Kept.MEASURED));
        ItemCursor items;
        try {
            items = input.cursor();
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
        return new ItemCursor() {
            @Override
            public @Nullable Item next() throws IOException {
                return items.next();
            }

            @Override
            public SkippedFiles skipped() {
                return items.skipped();
            }

            @Override
            public FileRemarks remarks() {
                return items.remarks();
            }

            @Override
            public void close() throws IOException {
                try (input) {
                    items.close();
                }
            }
        };
    }

    /** {@inheritDoc} Where no layout is asked for, that is items of the space if all files are, and nothing would be lost. */
    @Override
    public ItemInput input(List<Path> paths, InputOptions options) throws IOException {
        @Nullable ItemLayout wanted = options.layout().orElse(null);
        if (wanted != null && !wanted.images()) {
            return values(paths, options);
        }
        @Nullable String refusal = ImageInput.refusal(space);
        refusal = refusal != null ? refusal : options.refusal().orElse(null);
        if (wanted != null && refusal != null) {
            throw DataException.in(options.nextTo().toString(), refusal);
        }
        @Nullable ImageFileList files = ImageFileList.of(paths, options.nextTo());
        if (files == null || refusal != null) {
            if (files != null) {
                files.close();
            }
            if (wanted != null) {
                throw DataException.in(
                        options.nextTo().toString(), "contains image files; arrays need a separate archive");
            }
            if (options.kept() == Kept.FILE) {
                throw DataException.in(
                        paths.get(0).toString(),
                        "--exact-file: " + (refusal != null ? refusal : "does not apply to arrays"));
            }
            return values(paths, options);
        }
        @Nullable ItemInput images = null;
        try {
            images = images(files, wanted, options);
        } finally {
            if (images == null) {
                files.close();
            }
        }
        return images != null ? images : values(paths, options);
    }

    private ItemInput values(List<Path> paths, InputOptions options) throws IOException {
        More more =
                switch (options.kept()) {
                    case FILE, METADATA -> More.REFUSED;
                    case PIXELS -> More.LEFT_OUT;
                    case MEASURED, COLOURS -> More.REMARKED;
                };
        return ItemFiles.open(paths, space, options.nextTo(), widen, more);
    }

    /** Images of any size; null if they can be items of the space. */
    private @Nullable ItemInput images(ImageFileList files, @Nullable ItemLayout wanted, InputOptions options)
            throws IOException {
        if (wanted != null) {
            return new ImageInput(files, space, options.kept(), wanted, options.nextTo(), "");
        }
        ImageFit fit = ImageFit.of(files, space, options.kept());
        return fit.anySize()
                ? new ImageInput(
                        files, space, options.kept(), ImageInput.layout(space), options.nextTo(), fit.describe())
                : null;
    }

    /**
     * {@inheritDoc} Images of any size become one file or a folder. Items of the space become one array if the name ends in
     * {@code .npy}, {@code .idx} or {@code -ubyte}, one image if it ends in {@code .png}, else a folder of images.
     *
     * @throws IllegalArgumentException if such a file cannot hold items of the space
     */
    @Override
    public ItemWriter writer(Path target, OutputOptions options) throws IOException {
        if (options.layout().orElse(layout()).images()) {
            return new ImageWriter(space.extent(2), options.files(target));
        }
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        boolean folder = options.as() == OutputOptions.As.FOLDER
                || (options.as() == OutputOptions.As.NAMED && Files.isDirectory(target));
        if (!folder && name.endsWith(".npy")) {
            return array(NpyFile.create(target, options.overwrite(), space, options.most()));
        }
        if (!folder && (name.endsWith(".idx") || name.endsWith("-ubyte"))) {
            return array(IdxFile.create(target, options.overwrite(), space, options.most()));
        }
        if (!folder && name.endsWith(".png")) {
            return ImageFiles.create(target, options.overwrite(), space, options.texts());
        }
        return ImageFolder.create(target, space, options.most());
    }

    /** Writes values also of images that an archive keeps whole. */
    private ItemWriter array(ItemWriter values) {
        return new ItemWriter() {
            @Override
            public void add(Item item) throws IOException {
                Item.Source whole = item.source();
                values.add(
                        whole == null || !item.isWhole()
                                ? item
                                : Item.of(ImageFolder.values(whole.bytes(), item.name(), space, widen), item.name())
                                        .labelled(item.label()));
            }

            @Override
            public int size() {
                return values.size();
            }

            @Override
            public void commit() throws IOException {
                values.commit();
            }

            @Override
            public void close() throws IOException {
                values.close();
            }
        };
    }

    /** {@inheritDoc} Images of any size keep their shape. */
    @Override
    public Item redrawn(Item item, int[] values, boolean[] known) {
        return new Item(item.name(), OptionalLong.empty(), item.shape(), values, item.side());
    }
}
