package dev.ardm.data.format;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the files of one kind become what a model sees, and become such files again, byte for byte. Immutable. Made by
 * {@link DataFormats}.
 */
public interface DataFormat {
    /** Which format this is: {@code text}, {@code bytes}, {@code wav}, {@code csv}. */
    String kind();

    /** How the name of a file of this kind ends, with the dot: {@code .txt}; for files that get a new name. */
    String extension();

    /** What the model is defined on: a window of a sequence, or a row. */
    Space space();

    /**
     * All that determines how files are read and restored, for the model's definition: equal formats have the same JSON text,
     * and {@link DataFormats#read} makes an equal format of it.
     */
    ObjectNode definition();

    /**
     * True: a document has any number of values and is cut into windows of {@link #space}. False: a document is one item of
     * it.
     */
    boolean sequences();

    /**
     * Items for training: windows or rows of all files, held in memory.
     *
     * @throws DataException if a file cannot be read or is not of this format, saying which, where and why; or if there are
     *     no items
     */
    ItemSet items(List<Path> paths) throws IOException;

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
     * What an archive stores one by one: files or rows, in an order that the paths determine. Begins before the first.
     *
     * @throws DataException as for {@link #items}, or if files of this format cannot be restored byte for byte
     */
    DocumentCursor documents(List<Path> paths) throws IOException;

    /**
     * Begins to write documents as files again, which appear when they are complete.
     *
     * @param target a folder that is not there yet or empty; or one file, if the name has an extension
     * @param overwrite whether a file of that name is replaced
     * @throws IOException if it cannot be written there, saying why
     */
    DocumentWriter writer(Path target, boolean overwrite) throws IOException;

    /** The value that means nothing in particular: what fills a window behind the end of a sequence that is shorter. */
    default int paddingValue() {
        return 0;
    }

    /** How many values of a sequence belong to one moment: windows begin and end between moments. */
    default int symbolsPerFrame() {
        return 1;
    }

    /**
     * A document of which some values were drawn anew, and perhaps others added behind them. What it has beside its values is
     * kept as far as it still means something.
     *
     * @param values the new ones
     * @param known for each value of them whether it is the document's
     * @throws DataException if what the document has beside its values is damaged
     */
    default Item redrawn(Item document, int[] values, boolean[] known) throws DataException {
        boolean fits = values.length == document.values().length;
        return new Item(document.name(), values, fits ? document.side() : new byte[0]);
    }

    /**
     * The same format, which passes over the files of folders and zip files whose name (relative to the folder or zip, with
     * {@code /}) does not match as a whole. No part of the definition.
     *
     * @throws DataException if this format has no names to select by
     */
    default DataFormat selecting(Pattern names) throws DataException {
        throw new DataException("files of kind " + kind() + " cannot be selected by name");
    }
}
