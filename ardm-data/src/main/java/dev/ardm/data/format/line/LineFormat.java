package dev.ardm.data.format.line;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Definitions;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.format.sequence.ByteCodec;
import dev.ardm.data.format.sequence.SequenceFormat;
import dev.ardm.data.format.sequence.WindowSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files whose lines are the items: item k is line k, through all files. A value is a byte; a line may have any bytes, a carriage
 * return at its end is part of it. Lines have no names and no times. Files come back byte by byte.
 */
public final class LineFormat implements DataFormat {
    /** Its kind. */
    public static final String KIND = "lines";

    /** The option that says what a line holds. */
    public static final String RECORDS = "records";

    /** The value of {@link #RECORDS} for lines that should be JSON. */
    public static final String JSON = "json";

    static final String EXTENSION = ".log";

    private static final int VERSION = 1;

    private static final int LEAST_WINDOW = 16;
    private static final int MOST_WINDOW = 512;

    /** Part of the lines that fit a window. */
    private static final double FITTING = 0.99;

    private final SequenceFormat bytes;
    private final InputFiles.Choice choice;
    private final boolean json;

    /**
     * @param bytes the same files as one sequence each, for windows of networks
     * @param json whether every line should be JSON
     */
    private LineFormat(SequenceFormat bytes, InputFiles.Choice choice, boolean json) {
        this.bytes = bytes;
        this.choice = choice;
        this.json = json;
    }

    /** Makes formats of lines. */
    public static final class Family implements FormatFamily {
        @Override
        public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
            SequenceFormat bytes = new ByteCodec.Family().fit(paths, options);
            InputFiles.Choice choice = new InputFiles.Choice(
                    options.wanted(), options.pattern("names").orElse(null), true);
            return new LineFormat(bytes, choice, json(options));
        }

        @Override
        public DataFormat read(JsonNode definition) throws DataException {
            Definitions.integer(definition, "version", VERSION, VERSION);
            return of(Definitions.integer(definition, "window", 1, Space.MAX_DIMENSIONS));
        }
    }

    private static LineFormat of(int window) throws DataException {
        ObjectNode bytes = JsonNodeFactory.instance.objectNode();
        bytes.put("kind", "bytes").put("version", 1).put("window", window);
        return new LineFormat(
                new ByteCodec.Family().read(bytes), new InputFiles.Choice(name -> true, null, true), false);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public Space space() {
        return bytes.space();
    }

    @Override
    public String definition() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", KIND).put("version", VERSION).put("window", space().dimensions());
        return node.toString();
    }

    @Override
    public ItemLayout layout() {
        return bytes.layout();
    }

    /** {@inheritDoc} For networks: each line, in windows if it is longer than one. */
    @Override
    public ItemSet items(List<Path> paths) throws IOException {
        return windows(paths, WindowSet.Trailing.OVERLAP);
    }

    @Override
    public ItemSet evaluationItems(List<Path> paths) throws IOException {
        return windows(paths, WindowSet.Trailing.LEAVE_OUT);
    }

    /** {@inheritDoc} Each line, in windows if it is longer than one. */
    @Override
    public ItemSet endedItems(List<Path> paths) throws IOException {
        InputFiles files = files(paths);
        try (LineCursor lines = new LineCursor(files, InputFile.Gzip.UNPACK, json)) {
            return bytes.endedWindowsOf(lines, place(files), files.skipped());
        }
    }

    /** This format with a window that 99 % of the lines of files fit in, of at most 512 values. */
    public LineFormat fitting(List<Path> paths) throws IOException {
        List<Integer> lengths = new ArrayList<>();
        try (ItemCursor lines = wholeItems(paths)) {
            for (Item line = lines.next(); line != null; line = lines.next()) {
                lengths.add(Math.min(MOST_WINDOW, line.values().length));
            }
        }
        return new LineFormat(bytes.withWindow(window(lengths)), choice, json);
    }

    /** The format of lines, or of other records, of some lengths, in a window that 99 % of them fit in, of at most 512 values. */
    public static LineFormat fitting(Collection<Integer> lengthsOfLines) throws DataException {
        return of(window(lengthsOfLines));
    }

    private static int window(Collection<Integer> lengthsOfLines) {
        long[] lengths = new long[MOST_WINDOW + 1];
        lengthsOfLines.forEach(length -> lengths[Math.min(MOST_WINDOW, length)]++);
        long count = lengthsOfLines.size();
        int window = 0;
        for (long fit = lengths[0]; window < MOST_WINDOW && fit < FITTING * count; fit += lengths[window]) {
            window++;
        }
        return Math.max(LEAST_WINDOW, window);
    }

    /**
     * Windows of lines in memory, for training.
     *
     * @param lines their values, all that are left
     * @param ended whether with their ends
     * @throws DataException if there are none, or memory does not suffice
     */
    public ItemSet windowsOf(ItemCursor lines, boolean ended) throws IOException {
        String place = "the records";
        return ended
                ? bytes.endedWindowsOf(lines, place, List.of())
                : bytes.windowsOf(lines, place, List.of(), WindowSet.Trailing.OVERLAP);
    }

    private static String place(InputFiles files) {
        return files.files().isEmpty() ? "the data" : files.files().get(0).place();
    }

    private ItemSet windows(List<Path> paths, WindowSet.Trailing trailing) throws IOException {
        InputFiles files = files(paths);
        try (LineCursor lines = new LineCursor(files, InputFile.Gzip.UNPACK, json)) {
            return bytes.windowsOf(lines, place(files), files.skipped(), trailing);
        }
    }

    /** {@inheritDoc} One for each line. Files packed with gzip are refused; those in zip files are read. */
    @Override
    public ItemCursor cursor(List<Path> paths) throws IOException {
        return new LineCursor(files(paths), InputFile.Gzip.REFUSE, json);
    }

    /** The lines to learn from: those of {@link #cursor}, of packed files too. */
    @Override
    public ItemCursor wholeItems(List<Path> paths) throws IOException {
        return new LineCursor(files(paths), InputFile.Gzip.UNPACK, json);
    }

    private InputFiles files(List<Path> paths) throws IOException {
        return InputFiles.of(paths, choice);
    }

    /** {@inheritDoc} It begins and ends its file as it did. */
    @Override
    public Item redrawn(Item item, int[] values, boolean[] known) {
        return new Item(item.name(), values, item.side());
    }

    @Override
    public boolean filePerItem() {
        return false;
    }

    @Override
    public ItemWriter writer(Path target, OutputOptions options) throws IOException {
        return new LineWriter(options.successive(target));
    }

    @Override
    public LineFormat reading(FormatOptions options) throws DataException {
        boolean checked = json(options) || json;
        SequenceFormat read = bytes.reading(options);
        Pattern names = options.pattern("names").orElse(choice.names());
        return new LineFormat(read, new InputFiles.Choice(choice.wanted(), names, choice.zips()), checked);
    }

    private static boolean json(FormatOptions options) throws DataException {
        Optional<String> records = options.text(RECORDS);
        if (records.isPresent() && !records.get().equals(JSON)) {
            throw options.wrong(RECORDS, records.get(), "must be " + JSON);
        }
        return records.isPresent();
    }
}
