package dev.ardm.app.pack;

import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import java.util.List;

/** Learns all of some items of a format by the family of counts that takes them. */
public record PrimerLearning(DataFormat format) {
    private static final int PIXELS_PER_MILLISECOND = 400;

    private boolean pixels() {
        return !format.layout().anySize() && PixelCountsModel.takes(format.space());
    }

    /** The model that learns items, in their order. */
    public Model learn(List<int[]> items) {
        return pixels()
                ? PixelCountsModel.learnAll(format.space(), format.definition(), items)
                : CountsModel.learn(format.space(), format.definition(), items);
    }

    /** Values, with one more for each item, that a model reads in a millisecond when it is opened, about. */
    public int symbolsPerMillisecond() {
        return pixels() ? PIXELS_PER_MILLISECOND : PrimerSearch.SYMBOLS_PER_MILLISECOND;
    }
}
