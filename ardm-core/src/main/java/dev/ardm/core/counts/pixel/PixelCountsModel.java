package dev.ardm.core.counts.pixel;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.PrimerModel;
import dev.ardm.core.model.LikelihoodModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model of images of one size that counts which value followed which neighbours in the images that it learnt. Its file holds
 * these, compressed by itself: the {@link PixelPrimer}. Opening the file makes the counts again, at some 300,000 values a second.
 */
public final class PixelCountsModel extends PrimerModel {
    /** The most values that a model learns. */
    public static final int MOST_VALUES = 1 << 26;

    /** The usual size of a primer in bytes: it opens in some seconds. */
    public static final long USUAL_BYTES = 1 << 17;

    /** The most categories of a value. */
    public static final int MOST_CATEGORIES = 256;

    /** Version of the predictor. Golden archives hold it: a predictor that says anything else is another version. */
    static final int VERSION = 0;

    private final @Nullable LearntImages<PixelPredictor> learnt;

    /** @param learnt what comes of decoding the primer; null if it was not decoded yet */
    PixelCountsModel(Stored stored, @Nullable LearntImages<PixelPredictor> learnt) {
        super(stored);
        requireImages(stored.space(), stored.items());
        this.learnt = learnt;
    }

    /** Whether a space is one of images that it can learn: height, width and channels, of at least 2 and at most 256 categories. */
    public static boolean takes(Space space) {
        int most = space.maxCategories();
        return space.shape().length == 3
                && most >= 2
                && most <= MOST_CATEGORIES
                && Arrays.stream(space.categories()).allMatch(categories -> categories == most);
    }

    private static void requireImages(Space space, int items) {
        if (!takes(space)) {
            throw new IllegalArgumentException(
                    "a model of counts of images takes height, width and channels of at least 2" + " and at most "
                            + MOST_CATEGORIES + " categories, the same everywhere; not " + space);
        }
        if (items < 0 || items > MOST_VALUES / space.dimensions()) {
            throw new IllegalArgumentException(items + " images of " + space.dimensions()
                    + " values; a model of counts learns at most " + MOST_VALUES + " values");
        }
    }

    /**
     * Learns images: as many as make a primer of {@link #USUAL_BYTES}, evenly from all.
     *
     * @param space see {@link #takes}
     * @param data how files become items, as JSON of the data format; empty if the space suffices
     * @param images values
     * @throws IllegalArgumentException if the space or an image does not fit
     */
    public static PixelCountsModel learn(Space space, String data, List<int[]> images) {
        return learn(space, data, images, USUAL_BYTES);
    }

    /**
     * Learns images, as {@link #learn(Space, String, List)}.
     *
     * @param mostBytes of the primer: it ends with the image that reaches them
     */
    public static PixelCountsModel learn(Space space, String data, List<int[]> images, long mostBytes) {
        requireImages(space, 0);
        images.forEach(space::check);
        return of(space, data, PixelPrimer.encode(space, images, MOST_VALUES, mostBytes));
    }

    /**
     * Learns all images, in their order; errors as {@link #learn(Space, String, List)}, or if they are too many.
     *
     * @param images at most {@link #MOST_VALUES} values
     */
    public static PixelCountsModel learnAll(Space space, String data, List<int[]> images) {
        requireImages(space, images.size());
        images.forEach(space::check);
        return of(space, data, PixelPrimer.encode(space, images));
    }

    /**
     * What images cost while they are learnt; errors as {@link #learnAll}.
     *
     * @param images to learn, in their order
     * @param numbers of images, increasing, after which to measure
     * @param measured what to measure
     */
    public static LearningCosts costs(Space space, List<int[]> images, int[] numbers, List<int[]> measured) {
        requireImages(space, images.size());
        images.forEach(space::check);
        return PixelPrimer.costs(space, images, numbers, measured);
    }

    private static PixelCountsModel of(Space space, String data, PixelPrimer.Encoded encoded) {
        Stored stored =
                new Stored(PixelCountsFamily.KIND, VERSION, space, data, encoded.images(), encoded.bytes(), Map.of());
        return new PixelCountsModel(stored, encoded.learnt());
    }

    @Override
    public PixelCountsFamily family() {
        return new PixelCountsFamily();
    }

    @Override
    public PixelCountsModel withProvenance(Map<String, String> entries) {
        return new PixelCountsModel(stored().withProvenance(entries), learnt);
    }

    @Override
    protected LikelihoodModel opened(int threads) throws DamagedException {
        LearntImages<PixelPredictor> ready =
                learnt != null ? learnt : PixelPrimer.decode(space(), stored().primer(), items());
        return new PixelLikelihood(this, ready, threads);
    }
}
