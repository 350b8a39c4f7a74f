package dev.ardm.app.report;

import dev.ardm.app.Text;
import java.util.List;
import java.util.OptionalLong;

/**
 * From how many items on a model has paid for itself: an archive of such items and the model together are smaller than what another
 * compressor takes.
 *
 * @param items in the archive
 * @param raw their bytes without compression
 * @param archive bytes of the archive without a model
 * @param model bytes of the model file
 */
public record PayOff(long items, long raw, long archive, long model, ItemBaselines others) {
    /** Sizes and numbers of items for the user: a sentence for each other compressor. */
    public List<String> sentences() {
        long zstd = others.zstdWithDictionary(raw);
        long xz = others.solidXz(raw);
        return List.of(others.zstdText(raw) + against(zstd, afterZstd()), others.xzText(raw) + against(xz, afterXz()));
    }

    private String against(long other, OptionalLong after) {
        if (after.isPresent()) {
            return "; the model has paid for itself after " + Text.count(after.getAsLong(), "item") + " like these";
        }
        return archive + model <= other
                ? "; more than archive and model, but less for each further item"
                : "; against that the model does not pay for itself with items like these";
    }

    /** The number of items like these after which model and archive are smaller than zstd and its dictionary; empty if they never are. */
    public OptionalLong afterZstd() {
        return after(model - others.dictionary(), others.zstdEach());
    }

    /** The same against one solid file of xz, whose first bytes cost more than further ones. */
    public OptionalLong afterXz() {
        double ahead = others.xz() - others.raw() * others.xzEach();
        return after(model - ahead, others.xzEach());
    }

    /**
     * @param invested bytes that the model costs more than what the other has to pay once
     * @param each bytes that the other takes for a byte of items
     */
    private OptionalLong after(double invested, double each) {
        if (items == 0) {
            return OptionalLong.empty();
        }
        double saved = (each * raw - archive) / items;
        if (saved <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(1, (long) Math.ceil(invested / saved)));
    }
}
