package dev.ardm.app.archive;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.core.Item;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.archive.IntegrityReport;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Restores items of an archive, in order, as they are decoded. What is damaged does not keep others from being restored; it is
 * reported.
 *
 * @param kept what restored files get back of what they had
 * @param listener receives progress, changed names, and damage that did not stop the work
 */
public record Restoration(OpenedArchive archive, Attributes kept, Listener listener) {
    /** Begins the files that items are written to. Nothing has its name before it is committed. */
    @FunctionalInterface
    public interface Target {
        ItemWriter begin() throws IOException;
    }

    /**
     * What was restored.
     *
     * @param exact whether that is all, and beyond doubt
     */
    public record Result(int items, boolean exact) {}

    /**
     * Restores items into one output.
     *
     * @param folder that items get their names in, if each becomes a file by its name; null if they do not
     * @param keepGoing whether what can be read is written though something cannot; of a recovered archive it always is
     * @throws UserError if something cannot be read, and so nothing was written
     */
    public Result restore(ItemRanges items, @Nullable Path folder, boolean keepGoing, Target target)
            throws IOException {
        try (RestoredNames names = folder == null ? null : new RestoredNames(archive, items, folder)) {
            IntegrityReport report;
            int written;
            try (ItemWriter writer = target.begin()) {
                try (Listener.Task progress =
                        listener.begin("decompress", archive.items().work(items))) {
                    report = archive.items()
                            .read(
                                    items,
                                    (k, item) -> {
                                        String name = names == null ? "" : names.of(k);
                                        if (name != null) {
                                            add(writer, k, item, name);
                                        }
                                    },
                                    progress);
                }
                written = writer.size();
                boolean go = keepGoing || archive.isRecovered();
                if (!report.allWhole() && (!go || written == 0)) {
                    throw new UserError(Damage.describe(archive, report)
                            + (go
                                    ? ""
                                    : System.lineSeparator()
                                            + "nothing was written; --keep-going writes what can be read"));
                }
                writer.commit();
            }
            tell(report, names);
            boolean all = names == null || names.blocked() == 0;
            return new Result(written, all && report.allWhole() && !archive.isRecovered());
        }
    }

    private void add(ItemWriter writer, int number, DecodedItem decoded, String name) throws IOException {
        try {
            writer.add(item(number, decoded, name));
        } catch (DataException | IllegalArgumentException e) {
            throw new UserError(archive.file() + ": item " + number + ": " + e.getMessage());
        }
    }

    private Item item(int number, DecodedItem decoded, String name) throws IOException {
        ItemLabel label = archive.items().reader().label(number);
        OptionalLong time = kept.times() ? label.time() : OptionalLong.empty();
        OptionalInt mode = kept.modes() && label.mode().isPresent() ? label.mode() : archive.mode();
        return decoded.item().named(name).labelled(new ItemLabel(name, time, mode));
    }

    private void tell(IntegrityReport report, @Nullable RestoredNames names) throws IOException {
        if (names != null && names.changed() > 0) {
            listener.notice("replaced characters that not every file system allows in "
                    + Text.count(names.changed(), "name") + ", such as " + Text.printable(names.example()));
        }
        if (names != null) {
            names.tellBlocked(listener);
        }
        if (!report.allWhole()) {
            listener.warn(Damage.describe(archive, report));
        }
        if (archive.isRecovered()) {
            listener.warn(Damage.summary(archive, report));
        }
    }

    /** Takes items one by one, each with its name in the archive. */
    @FunctionalInterface
    public interface Each {
        void accept(int number, Item item) throws IOException;
    }

    /**
     * Reads items, each by itself.
     *
     * @throws UserError after all, if not every one could be read and is beyond doubt, or the archive is damaged elsewhere
     */
    public void each(ItemRanges items, Each each) throws IOException {
        ItemArchive.Sink sink = (k, item) -> each.accept(k, item(k, item, archive.name(k)));
        Damage.requireGood(archive, archive.items().read(items, sink, LikelihoodModel.NO_PROGRESS));
    }

    /** Reads all items and writes nothing; errors as those of {@link #each}. */
    public void test() throws IOException {
        ItemRanges all = ItemRanges.of(0, archive.size());
        IntegrityReport report;
        try (Listener.Task progress = listener.begin("test", archive.items().work(all))) {
            report = archive.items().read(all, (k, item) -> {}, progress);
        }
        Damage.requireGood(archive, report);
    }
}
