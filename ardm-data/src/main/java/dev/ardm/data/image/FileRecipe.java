package dev.ardm.data.image;

import dev.ardm.data.DataException;
import java.util.List;

/** How the bytes of a file are made of its image; found by trying, so what makes other bytes is no recipe of that file. */
sealed interface FileRecipe permits FileRecipe.AnyPng, PngRecipe, RawRowsRecipe {
    /**
     * The file.
     *
     * @param before chunks of a PNG before the image data
     * @param after chunks of a PNG behind the image data
     */
    byte[] file(RasterImage image, List<PngChunk> before, List<PngChunk> after);

    /** Writes its kind and what it needs. */
    void write(ExtraWriter out);

    /** Reads what {@link #write} wrote. */
    static FileRecipe read(ExtraReader in, RasterImage image) throws DataException {
        return switch (in.number(3)) {
            case 0 -> new AnyPng();
            case 1 -> RawRowsRecipe.read(in, image);
            default -> PngRecipe.read(in, image);
        };
    }

    /** A PNG of the same pixels and chunks, whatever the file was. */
    record AnyPng() implements FileRecipe {
        @Override
        public byte[] file(RasterImage image, List<PngChunk> before, List<PngChunk> after) {
            return PngOutput.file(image, before, after);
        }

        @Override
        public void write(ExtraWriter out) {
            out.number(0);
        }
    }
}
