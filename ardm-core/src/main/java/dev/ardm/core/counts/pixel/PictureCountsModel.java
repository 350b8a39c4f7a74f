package dev.ardm.core.counts.pixel;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.PrimerModel;
import dev.ardm.core.model.LikelihoodModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model of pictures of any size and any number of channels, and of files that are none, as sequences of bytes. Its file holds those
 * that it learnt, compressed by itself: the {@link PicturePrimer}. Opening the file makes the counts again.
 *
 * <p>A picture is: the number of its channels (1 to 8) in a byte; its height, width, number of colours (0 to 256) and number of bytes
 * beside its pixels, as varints; these bytes; its colours, if it lists all that it has; its pixels row by row, with a byte for each
 * channel. Any other sequence of bytes is predicted from its last bytes.
 */
public final class PictureCountsModel extends PrimerModel {
    /** The most bytes of a picture; a longer sequence is none. */
    public static final int MOST_BYTES = Picture.MOST_BYTES;

    /** The most bytes that a model learns. */
    public static final int MOST_VALUES = 1 << 26;

    /** Version of the predictor. Golden archives hold it: a predictor that says anything else is another version. */
    static final int VERSION = 0;

    private final @Nullable LearntImages<PicturePredictor> learnt;

    /** @param learnt what comes of decoding the primer; null if it was not decoded yet */
    PictureCountsModel(Stored stored, @Nullable LearntImages<PicturePredictor> learnt) {
        super(stored);
        requireBytes(stored.space());
        if (stored.items() < 0 || stored.items() > MOST_VALUES) {
            throw new IllegalArgumentException(
                    "a primer of " + stored.items() + " pictures, the most are " + MOST_VALUES);
        }
        this.learnt = learnt;
    }

    private static void requireBytes(Space space) {
        if (space.rank() != 1 || space.categories().length != 1 || space.maxCategories() != 256) {
            throw new IllegalArgumentException("a model of pictures takes sequences of bytes, not " + space);
        }
    }

    /** Whether a sequence of bytes is a picture. */
    public static boolean isPicture(int[] values) {
        return Picture.of(values) != null;
    }

    /**
     * Learns pictures, all of them and in their order.
     *
     * @param space of bytes, along one axis
     * @param data how files become items, as JSON of the data format
     * @param pictures values
     * @throws IllegalArgumentException if the space or a value does not fit, or they have more than {@link #MOST_VALUES}
     */
    public static PictureCountsModel learn(Space space, String data, List<int[]> pictures) {
        requireBytes(space);
        long values = 0;
        for (int[] picture : pictures) {
            space.checkValues(picture);
            values += picture.length;
        }
        if (values > MOST_VALUES) {
            throw new IllegalArgumentException(
                    "pictures of " + values + " bytes; a model of counts learns at most " + MOST_VALUES);
        }
        PicturePrimer.Encoded encoded = PicturePrimer.encode(pictures);
        Stored stored =
                new Stored(PictureCountsFamily.KIND, VERSION, space, data, pictures.size(), encoded.bytes(), Map.of());
        return new PictureCountsModel(stored, encoded.learnt());
    }

    /**
     * What pictures cost while they are learnt.
     *
     * @param pictures to learn, in their order
     * @param numbers of pictures, increasing, after which to measure
     * @param measured what to measure
     */
    public static LearningCosts costs(List<int[]> pictures, int[] numbers, List<int[]> measured) {
        return PicturePrimer.costs(pictures, numbers, measured);
    }

    @Override
    public PictureCountsFamily family() {
        return new PictureCountsFamily();
    }

    @Override
    public PictureCountsModel withProvenance(Map<String, String> entries) {
        return new PictureCountsModel(stored().withProvenance(entries), learnt);
    }

    @Override
    protected LikelihoodModel opened(int threads) throws DamagedException {
        return new PictureLikelihood(
                this, learnt != null ? learnt : PicturePrimer.decode(stored().primer(), items()), threads);
    }
}
