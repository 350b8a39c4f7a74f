package dev.ardm.cli;

import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DocumentCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents of a format into an archive, some windows of them at a time. Every stream is decoded before the archive
 * gets its name; a document that does not come back exactly, or takes more room coded than not, is stored without the model.
 */
final class DocumentEncoder {
    private final LikelihoodModel model;
    private final Plan plan;
    private final DataFormat format;
    private final ItemLayout layout;
    private final ItemEncoder encoder;

    /**
     * An encoder.
     *
     * @param context the least number of values of a sequence that are known at the start of every window but its first
     */
    DocumentEncoder(LikelihoodModel model, Plan plan, DataFormat format, int context) {
        this(model, plan, format, layout(format, context));
    }

    /** An encoder of a layout that is given. */
    DocumentEncoder(LikelihoodModel model, Plan plan, DataFormat format, ItemLayout layout) {
        this.model = model;
        this.plan = plan;
        this.format = format;
        this.layout = layout;
        this.encoder = new ItemEncoder(model, plan, layout);
    }

    private static ItemLayout layout(DataFormat format, int context) {
        return format.sequences() ? ItemLayout.sequences(context, format.paddingValue()) : ItemLayout.ROWS;
    }

    /** The layout that archives of a format have unless something else is asked for. */
    static ItemLayout layout(DataFormat format) {
        return layout(format, defaultContext(format));
    }

    /** The context that archives have unless something else is asked for: a quarter of a window, and whole moments. */
    static int defaultContext(DataFormat format) {
        int quarter = format.space().dimensions() / 4;
        return format.sequences() ? quarter - quarter % format.symbolsPerFrame() : 0;
    }

    /**
     * What is to be coded.
     *
     * @param windows of all documents, and at least one for each: the work
     * @param skipped files that were passed over because they are of another kind
     */
    record Survey(int documents, long windows, FirstNames skipped) {}

    /** Reads all documents, so that nothing is coded if one of them cannot be used. */
    Survey survey(List<Path> paths) throws IOException {
        try (DocumentCursor cursor = format.documents(paths)) {
            int documents = 0;
            long windows = 0;
            for (Item document = cursor.next(); document != null; document = cursor.next()) {
                documents++;
                windows += encoder.work(item(document, false));
            }
            return new Survey(documents, windows, FirstNames.of(cursor.skipped().size(), cursor.skipped()));
        }
    }

    /**
     * Writes an archive.
     *
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how many windows are done
     */
    StoredItems.Report write(List<Path> paths, Path target, boolean overwrite, IntConsumer progress)
            throws IOException {
        return write(paths, false, null, target, overwrite, progress);
    }

    /**
     * Writes an archive.
     *
     * @param times whether the times of files are kept
     * @param embedded the file of the model, if it is to be in the archive
     */
    StoredItems.Report write(
            List<Path> paths,
            boolean times,
            @Nullable Path embedded,
            Path target,
            boolean overwrite,
            IntConsumer progress)
            throws IOException {
        return StoredItems.create(
                target,
                ArchivePlan.header(model, plan).with(layout),
                embedded,
                overwrite,
                output -> into(paths, times, output, null, progress));
    }

    /**
     * Adds documents to an archive, which is to be committed then.
     *
     * @param same hears the names that are added
     * @return the same report but for the bytes of the archive, which are 0
     */
    StoredItems.Report into(
            List<Path> paths,
            boolean times,
            dev.ardm.coding.ItemOutput output,
            @Nullable SameNames same,
            IntConsumer progress)
            throws IOException {
        StoredItems stored = new StoredItems(output, same);
        int done = 0;
        try (DocumentCursor cursor = format.documents(paths)) {
            for (Chunk chunk = next(cursor, times); !chunk.documents.isEmpty(); chunk = next(cursor, times)) {
                int before = done;
                for (CodedItem coded : encoder.encode(chunk.documents, n -> progress.accept(before + n))) {
                    stored.add(coded, true);
                }
                done += chunk.work;
                progress.accept(done);
            }
            if (cursor.bytes() >= 0) {
                stored.setRawBytes(cursor.bytes());
            }
        }
        return stored.report();
    }

    /** Documents that are coded together. */
    private record Chunk(List<Item> documents, int work) {}

    private Chunk next(DocumentCursor cursor, boolean times) throws IOException {
        List<Item> documents = new ArrayList<>();
        ItemEncoder.Chunk chunk = encoder.new Chunk();
        while (!chunk.full()) {
            Item document = cursor.next();
            if (document == null) {
                break;
            }
            Item item = item(document, times);
            documents.add(item);
            chunk.add(item);
        }
        return new Chunk(documents, chunk.work());
    }

    private static Item item(Item document, boolean times) {
        return document.labelled(
                StoredTimes.label(document.name(), times ? document.modified() : OptionalLong.empty()));
    }
}
