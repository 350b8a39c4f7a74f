package dev.ardm.cli.option;

import dev.ardm.app.UserError;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.FileItems;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --items}: what the items of a file are. */
public final class ItemsOption {
    @Option(
            names = "--items",
            paramLabel = "lines|ndjson|rows|files",
            description =
                    "What an item is: lines: each line of a file. ndjson: the same; lines that are not JSON are named. "
                            + "rows: each row of a table. files: each file. A model knows what it was trained on. Without the "
                            + "option, train goes by the names of the files and says so: lines of .log, .ndjson and .jsonl, rows "
                            + "of .csv and .tsv, else files.")
    private @Nullable FileItems items;

    /** What was asked for. */
    public Optional<FileItems> given() {
        return Optional.ofNullable(items);
    }

    /** Settings of a format, with what was asked for. */
    public Map<String, String> with(Map<String, String> settings) {
        return items == null ? settings : items.with(settings);
    }

    /**
     * Refuses a model of other items.
     *
     * @throws UserError if the items of the format are not those asked for
     */
    public void require(DataFormat format) {
        if (items != null && !items.areThoseOf(format)) {
            throw new UserError("--items " + items + ": the items of this model are " + FileItems.describe(format)
                    + "; ardm train --items " + items + " makes a model for it");
        }
    }
}
