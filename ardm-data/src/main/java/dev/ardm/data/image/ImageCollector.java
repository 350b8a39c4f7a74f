package dev.ardm.data.image;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.HeapLimit;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Spaces;
import dev.ardm.data.file.FileRemarks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers images that must agree with each other. */
final class ImageCollector {
    private final @Nullable Space expected;
    private @Nullable DecodedImage first;
    private String firstFile = "";
    private PackedItemSet.@Nullable Builder builder;
    private final FileRemarks remarks = new FileRemarks();

    /**
     * None yet.
     *
     * @param expected the space that all were found to fit, or null if it follows from them
     */
    ImageCollector(@Nullable Space expected) {
        this.expected = expected;
    }

    boolean isEmpty() {
        return builder == null;
    }

    /** Adds an image of a file, of at most {@code files} in all. */
    void add(DecodedImage image, String name, String file, int files) throws DataException {
        PackedItemSet.Builder items = builder;
        DecodedImage model = first;
        if (items == null || model == null) {
            HeapLimit.require(file, (double) files * (image.values().length * Math.max(1, image.bits() / 8) + 24.0));
            items = PackedItemSet.builder(image.values().length);
            builder = items;
            first = image;
            firstFile = file;
        } else if (!Arrays.equals(model.shape(), image.shape()) || model.bits() != image.bits()) {
            boolean sameSize = model.height() == image.height() && model.width() == image.width();
            throw new DataException("the images differ: " + firstFile + " is " + model.describe() + ", " + file + " is "
                    + image.describe()
                    + (sameSize
                            ? " (with --format widen=true, training brings them to the smallest kind that holds both)"
                            : "; a model learns images of one size: scale or cut them all to " + model.height() + "x"
                                    + model.width() + ", or to another size, first"));
        }
        items.add(image.values(), name);
    }

    void remarks(FileRemarks files) {
        remarks.addAll(files);
    }

    PackedItemSet build(List<String> skipped) {
        DecodedImage model = Objects.requireNonNull(first);
        Space space = expected != null
                ? expected
                : Space.image(model.height(), model.width(), model.channels(), 1 << model.bits());
        return Objects.requireNonNull(builder).skipped(skipped).remarks(remarks).build(space);
    }

    /**
     * The image as an item of a space: grey of few bits is expanded to 8 where the space has not as few, and nothing else is
     * changed.
     *
     * @throws DataException if it is not of the space
     */
    static DecodedImage fit(DecodedImage image, String file, Space space) throws DataException {
        DecodedImage fitted = image.bits() < 8 && space.maxCategories() != 1 << image.bits()
                ? new ImageLayout(image.channels(), 8).widen(image)
                : image;
        requireFit(fitted, file, space);
        return fitted;
    }

    private static void requireFit(DecodedImage image, String file, Space space) throws DataException {
        if (space.rank() != 3) {
            throw DataException.in(file, "an image does not fit the space " + space);
        }
        int channels = space.extent(2);
        if (image.hasAlpha() && image.channels() == channels + 1) {
            throw DataException.in(
                    file, "the image has an alpha channel that a " + channels + "-channel space has no room for");
        }
        if (image.channels() != channels) {
            throw DataException.in(
                    file,
                    "the image is " + DecodedImage.kind(image.channels()) + ", the space has " + channels
                            + (channels == 1 ? " channel" : " channels"));
        }
        if (image.bits() == 16 && space.maxCategories() <= 256) {
            throw DataException.in(
                    file, "the image has 16-bit channels, the space has " + space.maxCategories() + " categories");
        }
        if (image.bits() == 8 && space.maxCategories() > 256) {
            throw DataException.in(
                    file, "the image has 8-bit channels, the space has " + space.maxCategories() + " categories");
        }
        Spaces.requireShape(file, image.shape(), space);
        int[] values = image.values();
        for (int p = 0; p < values.length; p++) {
            if (values[p] >= space.categories(p)) {
                throw DataException.in(
                        file,
                        "value " + values[p] + " at row " + p / channels / image.width() + ", column "
                                + p / channels % image.width() + " is outside [0, " + space.categories(p)
                                + "), the range of the space " + space);
            }
        }
    }
}
