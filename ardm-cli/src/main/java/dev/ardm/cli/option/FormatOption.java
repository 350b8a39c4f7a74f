package dev.ardm.cli.option;

import dev.ardm.app.data.TrainingData;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FormatOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options {@code --items} and {@code --format} of commands that have a model: how files are read where they could be read in several ways.
 */
public final class FormatOption {
    @Mixin
    private ItemsOption items = new ItemsOption();

    @Option(
            names = "--format",
            paramLabel = "KEY=VALUE",
            description = "How tables are read: delimiter (one character, or tab), header (true or false). May be "
                    + "repeated. Default: found by looking at each file and the model's columns, and said.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The format of a model's data. */
    public DataFormat of(Model model) throws IOException {
        return of(model, null);
    }

    /** The same for files whose whole names match, or for all. */
    public DataFormat of(Model model, @Nullable String names) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (names != null) {
            all.put("names", names);
        }
        DataFormat format = TrainingData.formatOf(model);
        items.require(format);
        return format.reading(new FormatOptions(format.kind(), items.with(all)));
    }
}
