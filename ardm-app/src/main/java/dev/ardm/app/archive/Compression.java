package dev.ardm.app.archive;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.core.Item;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Puts items of files into an archive, new or not. All files are read once before anything is coded, so that no work is lost for
 * one that cannot be used.
 *
 * @param kept what is kept of files
 * @param listener receives progress, skipped files, and items that were not coded with the model
 */
public record Compression(ItemInput input, Attributes kept, Listener listener) {
    /**
     * What was put into the archive.
     *
     * @param rawBytes of the files that the items are; where items are not files, what their values take without a model
     * @param skipped files that were skipped because they are of another kind
     */
    public record Result(int items, long values, long rawBytes, int skipped) {
        /** Bits for each value of an archive of that many bytes. */
        public double bitsPerValue(long bytes) {
            return values == 0 ? 0 : 8.0 * bytes / values;
        }
    }

    /**
     * Writes all items to a new archive, and commits.
     *
     * @param writer is not closed
     */
    public Result into(ItemArchiveWriter writer) throws IOException {
        return into(writer, "compress", new FolderNames(), name -> {});
    }

    /**
     * The same.
     *
     * @param task a verb for the progress
     * @param folders those of what is in the archive already; gets the others
     * @param names receives the names of items
     */
    Result into(ItemArchiveWriter writer, String task, FolderNames folders, IOConsumer<String> names)
            throws IOException {
        Stored stored = new Stored();
        input.assumed().forEach(listener::notice);
        try (Listener.Task progress = listener.begin(task, survey(writer, folders));
                ItemCursor cursor = input.cursor()) {
            writer.listen(stored.with(progress));
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                Item labelled = labelled(item);
                if (!labelled.name().isEmpty()) {
                    folders.requireNone(labelled.name());
                    folders.add(labelled.name()); // Of items that were not surveyed; the others are there already.
                    names.accept(labelled.name());
                }
                writer.add(labelled);
            }
            writer.commit();
            FirstNames.tellSkipped(cursor.skipped(), listener);
            if (!cursor.note().isEmpty()) {
                listener.notice(cursor.note());
            }
            FirstNames.tellRemarks(cursor.remarks(), listener);
            stored.tell();
            long raw = cursor.bytes() >= 0 ? cursor.bytes() : writer.rawBytes();
            return new Result(
                    writer.added(), writer.values(), raw, cursor.skipped().count());
        }
    }

    /** Reads all items and returns the amount of work. */
    private long survey(ItemArchiveWriter writer, FolderNames folders) throws IOException {
        if (input.size().isPresent()) {
            return input.size().getAsInt(); // They have been read, and are of the model's size.
        }
        long work = 0;
        try (ItemCursor cursor = input.cursor()) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                work += writer.work(item);
                folders.add(item.name());
            }
        }
        return work;
    }

    /** The item as an archive keeps it. A time that it cannot hold counts as none. */
    private Item labelled(Item item) {
        ItemLabel label = ItemLabel.named(input.named() ? item.name() : "");
        label = kept.modes() ? label.permitted(item.mode()) : label;
        OptionalLong time = kept.times() ? item.modified() : OptionalLong.empty();
        boolean holds = time.isPresent() && Math.abs(time.getAsLong()) <= ItemLabel.MOST_TIME;
        return item.labelled(holds ? label.modified(time.getAsLong()) : label);
    }

    /** Items that were stored without the model. */
    private final class Stored {
        private final FirstNames longer = new FirstNames();
        private final FirstNames inexact = new FirstNames();

        ItemArchiveWriter.Listener with(Listener.Task progress) {
            return new ItemArchiveWriter.Listener() {
                @Override
                public void written(int number, Item item, CodedItem.Form form) {
                    String name = item.name().isEmpty() ? "item " + number : item.name();
                    switch (form) {
                        case CODED, WHOLE, LEARNT -> {}
                        case LONGER -> longer.add(name);
                        case INEXACT -> inexact.add(name);
                    }
                }

                @Override
                public void progress(int done) {
                    progress.accept(done);
                }
            };
        }

        void tell() {
            if (longer.count() > 0) {
                listener.notice(Text.count(longer.count(), "item")
                        + " stored without the model, because it would have made them larger: " + longer);
            }
            if (inexact.count() > 0) {
                listener.warn(Text.count(inexact.count(), "item")
                        + " stored without the model, because they did not decode exactly (please report this): "
                        + inexact);
            }
        }
    }
}
