package dev.ardm.app.pack;

import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.pixel.LearningCosts;
import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.sequence.PictureCodec;
import java.util.List;

/** Learns all of some items of a format by the family of counts that takes them. */
public record PrimerLearning(DataFormat format) {
    private static final int PIXELS_PER_MILLISECOND = 250;

    /** Whether items are pictures of any size. */
    boolean pictures() {
        return format.kind().equals(PictureCodec.KIND);
    }

    /** Whether items are images, of which any are like any others. */
    boolean images() {
        return pictures() || !format.layout().anySize() && PixelCountsModel.takes(format.space());
    }

    /** The model that learns items, in their order. */
    public Model learn(List<int[]> items) {
        if (pictures()) {
            return PictureCountsModel.learn(format.space(), format.definition(), items);
        }
        return images()
                ? PixelCountsModel.learnAll(format.space(), format.definition(), items)
                : CountsModel.learn(format.space(), format.definition(), items);
    }

    /**
     * What images cost while they are learnt.
     *
     * @param numbers of items, increasing, after which to measure
     * @throws IllegalStateException if the items are not images
     */
    LearningCosts costs(List<int[]> items, int[] numbers, List<int[]> measured) {
        if (!images()) {
            throw new IllegalStateException(format.kind());
        }
        return pictures()
                ? PictureCountsModel.costs(items, numbers, measured)
                : PixelCountsModel.costs(format.space(), items, numbers, measured);
    }

    /** Values, with one more for each item, that a model reads in a millisecond when it is opened, about. */
    public int symbolsPerMillisecond() {
        return images() ? PIXELS_PER_MILLISECOND : PrimerSearch.SYMBOLS_PER_MILLISECOND;
    }
}
