package dev.ardm.core.family;

import dev.ardm.core.counts.CountsFamily;
import dev.ardm.core.counts.pixel.PictureCountsFamily;
import dev.ardm.core.counts.pixel.PixelCountsFamily;
import dev.ardm.core.counts.row.RowCountsFamily;
import dev.ardm.core.masking.MaskingFamily;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFamilies;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.pair.PairFamily;
import dev.ardm.core.pair.PairModel;
import dev.ardm.core.prediction.PredictionFamily;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Opens models of the families that come with this program. */
public final class Models {
    /** Those of single models. */
    private static final List<ModelFamily> SINGLE = List.of(
            new MaskingFamily(),
            new CountsFamily(),
            new RowCountsFamily(),
            new PixelCountsFamily(),
            new PictureCountsFamily(),
            new PredictionFamily());

    private static final PairFamily PAIRS = new PairFamily(new ModelFamilies(SINGLE));

    /** The families. */
    public static final ModelFamilies FAMILIES =
            new ModelFamilies(Stream.concat(SINGLE.stream(), Stream.of(PAIRS)).toList());

    private Models() {}

    /**
     * Two models in one.
     *
     * @param storing stores, scores and samples
     * @param filling fills in what is missing
     * @throws IllegalArgumentException if they are of different items, or one is a pair
     */
    public static PairModel pair(Model storing, Model filling, Map<String, String> provenance) {
        return new PairModel(PAIRS, storing, filling, provenance);
    }

    /**
     * Opens a model file.
     *
     * @param threads how many threads long calls use; changes no result
     * @throws dev.ardm.core.model.ModelFileException if the file is not a model of this or an older version, or is damaged
     */
    public static LikelihoodModel open(Path path, int threads) throws IOException {
        return read(path).open(threads);
    }

    /**
     * Reads a model that is in no file of its own, such as one of the class path; errors as those of {@link #open}.
     *
     * @param in a model file, read to its end and not closed
     */
    public static Model read(InputStream in) throws IOException {
        return FAMILIES.read(in);
    }

    /** Reads a model file; errors as those of {@link #open}. */
    public static Model read(Path path) throws IOException {
        return FAMILIES.read(path);
    }
}
