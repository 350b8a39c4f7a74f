package dev.ardm.core.family;

import dev.ardm.core.counts.CountsFamily;
import dev.ardm.core.counts.pixel.PictureCountsFamily;
import dev.ardm.core.counts.pixel.PixelCountsFamily;
import dev.ardm.core.counts.row.RowCountsFamily;
import dev.ardm.core.masking.MaskingFamily;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFamilies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens models of the families that come with this program. */
public final class Models {
    /** The families. */
    public static final ModelFamilies FAMILIES = new ModelFamilies(
            List.of(new MaskingFamily(), new CountsFamily(), new RowCountsFamily(), new PixelCountsFamily(), new PictureCountsFamily()));

    private Models() {}

    /**
     * Opens a model file.
     *
     * @param threads how many threads long calls use; changes no result
     * @throws dev.ardm.core.model.ModelFileException if the file is not a model of this or an older version, or is damaged
     */
    public static LikelihoodModel open(Path path, int threads) throws IOException {
        return read(path).open(threads);
    }

    /** Reads a model file; errors as those of {@link #open}. */
    public static Model read(Path path) throws IOException {
        return FAMILIES.read(path);
    }
}
