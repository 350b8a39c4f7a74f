package dev.ardm.app.fill;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.format.Column;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Draws what is missing of the items of files, and writes files with it. Items are read twice, first to see what is missing of
 * them, and then some at a time, so that any number of them takes the same memory.
 *
 * @param length how many values each sequence must have; empty as many as it has
 */
public record Filling(LikelihoodModel model, DataFormat format, FillMask mask, OptionalInt length) {
    /** Items in memory at a time. */
    private static final int CHUNK = 256;

    /** Values in memory at a time, in items of the model's size; an item of more is alone. */
    private static final int CHUNK_WINDOWS = 1024;

    /** The default mask of tables: empty fields and question marks are missing. */
    public static final String EMPTY_FIELDS = FieldMask.FIELDS;

    /**
     * Where filled items go: it gets its name when all is complete and what was known is found unchanged.
     *
     * @param options how it is written
     */
    public record Target(Path path, OutputOptions options) {}

    /**
     * What was done.
     *
     * @param values how many were drawn; of rows, how many fields
     * @param all how many there are, drawn or known
     * @param unnamed fields for which another value than all of the training data was drawn, and which are empty
     * @param skipped files that were skipped because they are of another kind
     */
    public record Report(int items, long values, long all, long unnamed, SkippedFiles skipped) {}

    /**
     * Completes all items.
     *
     * @param items their number, from {@link #survey}
     * @param name of the input, for messages
     */
    public Report run(ItemInput input, int items, String name, Target target, Plan plan, long seed, Listener listener)
            throws IOException {
        ItemGenerator generator = model.generator(plan, input.layout(), format.symbolsPerFrame());
        try (ItemCursor cursor = input.cursor();
                ItemWriter writer = format.writer(
                        target.path, target.options.with(input.layout()).atMost(items));
                Listener.Task task = listener.begin("fill", items)) {
            Counts counts = new Counts();
            int done = 0;
            for (List<Item> chunk = next(cursor); !chunk.isEmpty(); chunk = next(cursor)) {
                int before = done;
                List<PartialItem> partial = new ArrayList<>();
                for (Item item : chunk) {
                    partial.add(partial(item));
                }
                List<Item> filled;
                try {
                    filled = generator.generate(partial, before, seed, now -> task.accept(before + now));
                } catch (IllegalArgumentException e) {
                    throw new UserError(name + ": " + e.getMessage());
                }
                for (int i = 0; i < chunk.size(); i++) {
                    writer.add(
                            result(chunk.get(i), partial.get(i), filled.get(i).values(), counts));
                }
                done += chunk.size();
            }
            writer.commit();
            FirstNames.tellRemarks(cursor.remarks(), listener);
            return new Report(items, counts.values, counts.all, counts.unnamed, cursor.skipped());
        }
    }

    /**
     * Counts the items.
     *
     * @throws UserError if nothing is missing of any of them, or one is longer than the length
     * @throws IllegalArgumentException if the mask does not fit one
     */
    public int survey(ItemInput input, String name) throws IOException {
        int items = 0;
        boolean missing = false;
        try (ItemCursor cursor = input.cursor()) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                items++;
                if (length(item) < item.values().length) {
                    throw new UserError(place(name, item) + ": is "
                            + Text.number(item.values().length / format.symbolsPerFrame())
                            + " long, more than --length; known values are not dropped");
                }
                missing |= FillMask.missing(mask.known(item, length(item))) > 0;
            }
        }
        if (!missing) {
            throw new UserError(name + ": this mask leaves nothing to fill in"
                    + (format.columns().isEmpty()
                            ? ""
                            : "; --mask " + EMPTY_FIELDS + "=NA also fills in fields that say NA"));
        }
        return items;
    }

    private static String place(String name, Item item) {
        return item.name().isEmpty() || name.endsWith(item.name()) ? name : name + ", " + Text.printable(item.name());
    }

    private int length(Item item) {
        int own = item.values().length;
        return format.linesOfFiles() ? Math.max(own, length.orElse(own)) : length.orElse(own);
    }

    private List<Item> next(ItemCursor cursor) throws IOException {
        List<Item> chunk = new ArrayList<>();
        long values = 0;
        long most = (long) CHUNK_WINDOWS * format.space().dimensions();
        while (chunk.size() < CHUNK && values < most) {
            Item item = cursor.next();
            if (item == null) {
                break;
            }
            chunk.add(item);
            values += length(item);
        }
        return chunk;
    }

    private PartialItem partial(Item item) throws IOException {
        int wanted = length(item);
        Item whole =
                new Item(item.name(), item.modified(), item.shape(), Arrays.copyOf(item.values(), wanted), item.side());
        return new PartialItem(whole, mask.known(item, wanted), format.linesOfFiles());
    }

    private static final class Counts {
        private long values;
        private long all;
        private long unnamed;
    }

    /** Known values are a promise: holds the result to it. */
    private Item result(Item item, PartialItem partial, int[] filled, Counts counts) throws IOException {
        boolean[] known = partial.known();
        for (int p = 0; p < known.length; p++) {
            if (known[p] && partial.item().values()[p] != filled[p]) {
                throw new IllegalStateException(item.name() + ": known value " + p + " was changed");
            }
        }
        List<? extends Column> columns = format.columns();
        for (Column column : columns) {
            if (!known[column.firstVariable()]) {
                counts.values++;
                counts.unnamed += column.escaped(filled) ? 1 : 0;
            }
        }
        if (columns.isEmpty()) { // A line may have ended before its greatest length.
            boolean[] there = Arrays.copyOf(known, filled.length);
            counts.all += there.length;
            counts.values += FillMask.missing(there);
        } else {
            counts.all += columns.size();
        }
        Item redrawn = format.redrawn(item, filled, known);
        return redrawn.named(ImageFolder.writableName(redrawn.name()));
    }
}
