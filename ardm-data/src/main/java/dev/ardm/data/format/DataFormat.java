package dev.ardm.data.format;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * How the files of one kind become items of a model, and items such files again. Immutable. Made by {@code DataFormats}.
 */
public interface DataFormat {
    /** Which format this is: {@code array} (images too), {@code text}, {@code bytes}, {@code wav}, {@code csv}. */
    String kind();

    /** How the name of a file of this kind ends, with the dot: {@code .txt}; for files that get a new name. */
    String extension();

    /** The space of the model: a window of a sequence, a row, or an image. */
    Space space();

    /**
     * All that determines how files are read and restored, for the model's definition: equal formats have the same JSON text,
     * and {@code DataFormats#of} makes an equal format of it. Empty if the space suffices.
     */
    String definition();

    /** How items are laid out for a coder, unless the files of an {@link #input} need something else. */
    ItemLayout layout();

    /**
     * Items for training: images, rows, or windows of all files, held in memory.
     *
     * @throws DataException if a file cannot be read or is not of this format, saying which, where and why; or if there are
     *     no items
     */
    ItemSet items(List<Path> paths) throws IOException;

    /**
     * Items for training a model of items that contain their end, in its space ({@code MaskingDefinition.withEnd}).
     *
     * @throws DataException as for {@link #items}, or if items of this format have no ends of their own
     */
    default ItemSet endedItems(List<Path> paths) throws IOException {
        throw new DataException("items of kind " + kind() + " do not end by themselves; lines do");
    }

    /**
     * Items for evaluation: those of {@link #items}, in order, but of sequences only windows that do not overlap, so that no
     * value is counted twice.
     *
     * @throws DataException as for {@link #items}
     */
    default ItemSet evaluationItems(List<Path> paths) throws IOException {
        return items(paths);
    }

    /**
     * What an archive stores one by one: files or rows, in an order that the paths determine, of {@link #layout}. Begins before
     * the first.
     *
     * @throws DataException as for {@link #items}, or if files of this format cannot be restored byte for byte
     */
    ItemCursor cursor(List<Path> paths) throws IOException;

    /**
     * Whole items to learn from, for models that take items of any length: those of {@link #cursor}, whether or not their files
     * could be restored.
     *
     * @throws DataException as for {@link #items}
     */
    default ItemCursor wholeItems(List<Path> paths) throws IOException {
        return cursor(paths);
    }

    /**
     * The same as {@link #cursor}, to be gone through several times.
     *
     * @throws DataException if the paths cannot be opened, or do not fit the options
     */
    default ItemInput input(List<Path> paths, InputOptions options) throws IOException {
        return ItemInput.of(options.layout().orElse(layout()), filePerItem(), () -> cursor(paths));
    }

    /**
     * Begins to write items as files again, which appear when they are complete.
     *
     * @throws IOException if it cannot be written there, saying why
     */
    ItemWriter writer(Path target, OutputOptions options) throws IOException;

    /** Whether files come back byte by byte; images of the model's size and arrays value by value. */
    default boolean lossless() {
        return true;
    }

    /** Whether each item is a file of its own; otherwise a file is many items, such as rows or lines. */
    default boolean filePerItem() {
        return !layout().equals(ItemLayout.ROWS);
    }

    /** Whether items are lines: sequences, many to a file. */
    default boolean linesOfFiles() {
        return layout().sequences() && !filePerItem();
    }

    /** Number of values of a frame of a sequence. Windows begin and end between frames. */
    default int symbolsPerFrame() {
        return 1;
    }

    /** Frames per second, if frames are times. */
    default OptionalInt framesPerSecond() {
        return OptionalInt.empty();
    }

    /** The fields that an item has by name, in their order; their variables fill it. None if it has no such fields. */
    default List<? extends Column> columns() {
        return List.of();
    }

    /**
     * A mask of the variables of some fields.
     *
     * @param names of {@link #columns}
     * @return true for each variable of these
     * @throws DataException if no field has a name, or several have it
     */
    default boolean[] known(Collection<String> names) throws DataException {
        throw new DataException("files of kind " + kind() + " have no columns");
    }

    /**
     * The known values of an item with missing fields.
     *
     * @param missing whether the text of a field, without quotes around it, marks it as missing
     * @return true for each variable of the other fields
     * @throws DataException if the item's side information is damaged
     */
    default boolean[] known(Item item, Predicate<String> missing) throws DataException {
        throw new DataException("files of kind " + kind() + " have no columns");
    }

    /**
     * An item of which some values were drawn anew, and perhaps others added after them. Its side information is kept as far as
     * it still has a meaning.
     *
     * @param values the new ones
     * @param known for each value of them whether it is the item's
     * @throws DataException if the item's side information is damaged
     */
    default Item redrawn(Item item, int[] values, boolean[] known) throws DataException {
        boolean fits = values.length == item.values().length;
        return new Item(item.name(), values, fits ? item.side() : new byte[0]);
    }

    /**
     * The same format, which reads files as options say. No part of the definition: of tables {@code delimiter} and {@code header},
     * of sequences {@code names}, which passes over the files of folders and zip files whose name (relative to the folder or zip,
     * with {@code /}) does not match as a whole.
     *
     * @throws DataException if an option is not known, or has a wrong value
     */
    default DataFormat reading(FormatOptions options) throws DataException {
        options.requireAllKnown();
        return this;
    }

    /** What was assumed of the files that this was fitted to; empty if nothing was. */
    default String note() {
        return "";
    }
}
