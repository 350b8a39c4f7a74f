package dev.ardm.data.format.sequence;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Definitions;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.MemoryBudget;
import dev.ardm.data.format.OutputOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Files that are sequences of symbols: text, bytes, sound. A model of them is defined on a window. */
public final class SequenceFormat implements DataFormat {
    static final int VERSION = 1;

    private final SequenceCodec codec;
    private final Space space;
    private final int stride;
    private final InputFiles.Choice choice;

    private SequenceFormat(SequenceCodec codec, Space space, int stride, InputFiles.Choice choice) {
        this.codec = codec;
        this.space = space;
        this.stride = stride;
        this.choice = choice;
    }

    /** With the options that all such formats have: {@code window}, {@code stride}, {@code names}. */
    static SequenceFormat of(SequenceCodec codec, FormatOptions options, int defaultWindow) throws DataException {
        int window = options.integer("window", defaultWindow, 1, Space.MAX_DIMENSIONS);
        int stride = options.integer("stride", window, 1, window);
        requireFrames(codec, options, "window", window);
        requireFrames(codec, options, "stride", stride);
        InputFiles.Choice choice = new InputFiles.Choice(
                name -> codec.wants(name) && options.wanted().test(name),
                options.pattern("names").orElse(null),
                codec.opensZips());
        return new SequenceFormat(codec, space(codec, window), stride, choice);
    }

    /** The format of a definition that a codec was read from. */
    static SequenceFormat of(SequenceCodec codec, JsonNode definition) throws DataException {
        Definitions.integer(definition, "version", VERSION, VERSION);
        int window = Definitions.integer(definition, "window", 1, Space.MAX_DIMENSIONS);
        if (window % codec.symbolsPerFrame() != 0) {
            throw new DataException("malformed definition: the window of " + window + " is not a multiple of the "
                    + codec.symbolsPerFrame() + " channels");
        }
        return new SequenceFormat(
                codec, space(codec, window), window, new InputFiles.Choice(codec::wants, null, codec.opensZips()));
    }

    private static void requireFrames(SequenceCodec codec, FormatOptions options, String name, int value)
            throws DataException {
        if (value % codec.symbolsPerFrame() != 0) {
            throw options.wrong(
                    name,
                    Integer.toString(value),
                    "must be a multiple of the number of channels, " + codec.symbolsPerFrame());
        }
    }

    private static Space space(SequenceCodec codec, int window) {
        return Space.of(new int[] {window}, codec.categories(), codec.scale());
    }

    @Override
    public String kind() {
        return codec.kind();
    }

    @Override
    public String extension() {
        return codec.extension();
    }

    @Override
    public Space space() {
        return space;
    }

    /** {@inheritDoc} It does not include the stride. */
    @Override
    public String definition() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", codec.kind());
        node.put("version", VERSION);
        node.put("window", space.dimensions());
        codec.define(node);
        return node.toString();
    }

    /** {@inheritDoc} The context is a quarter of a window, in whole frames. */
    @Override
    public ItemLayout layout() {
        int quarter = space.dimensions() / 4;
        return ItemLayout.sequences(quarter - quarter % codec.symbolsPerFrame(), codec.paddingValue());
    }

    /** Where windows for training begin: at multiples of this. A format that was read has that of its window. */
    public int stride() {
        return stride;
    }

    /** {@link #windows} at the stride, the last one of a file overlapping. */
    @Override
    public WindowSet items(List<Path> paths) throws IOException {
        return windows(paths, stride, WindowSet.Trailing.OVERLAP);
    }

    /** {@link #windows} next to each other; of each file what follows the last whole window is left out. */
    @Override
    public WindowSet evaluationItems(List<Path> paths) throws IOException {
        return windows(paths, space.dimensions(), WindowSet.Trailing.LEAVE_OUT);
    }

    /**
     * Windows of all files, held in memory with one byte a symbol, two if there are more than 256 symbols. Gzip is unpacked.
     *
     * @param windowStride in [1, window], a multiple of the number of channels
     * @throws DataException as for {@link #items}
     */
    public WindowSet windows(List<Path> paths, int windowStride, WindowSet.Trailing trailing) throws IOException {
        if (windowStride < 1 || windowStride > space.dimensions() || windowStride % codec.symbolsPerFrame() != 0) {
            throw new IllegalArgumentException(
                    "a stride of " + windowStride + " for windows of " + space.dimensions() + " values");
        }
        MemoryBudget budget = MemoryBudget.ofHeap();
        List<String> fileNames = new ArrayList<>();
        List<SymbolSequence> sequences = new ArrayList<>();
        try (InputFiles files = InputFiles.of(paths, choice)) {
            for (InputFile file : files.files()) {
                SymbolSequence.Builder symbols =
                        new SymbolSequence.Builder(file.place(), codec.categories(), budget, false);
                try (InputStream in = file.open(InputFile.Gzip.UNPACK)) {
                    codec.read(file.place(), in, symbols);
                }
                fileNames.add(file.name());
                sequences.add(symbols.build());
            }
            return new WindowSet(
                    space,
                    windowStride,
                    trailing,
                    codec.symbolsPerFrame(),
                    codec.paddingValue(),
                    fileNames,
                    sequences,
                    files.skipped());
        }
    }

    /**
     * Windows of whole sequences of bytes, held in memory; as {@link #items} and {@link #evaluationItems} make them of files.
     *
     * @param sequences all that are left
     * @param place where they are, in messages
     * @param skipped files that were passed over
     * @throws DataException if there are none but empty ones, or memory does not suffice
     */
    public WindowSet windowsOf(ItemCursor sequences, String place, List<String> skipped, WindowSet.Trailing trailing)
            throws IOException {
        List<SymbolSequence> read = read(sequences, place);
        List<String> names =
                IntStream.range(0, read.size()).mapToObj(Integer::toString).toList();
        int windowStride = trailing == WindowSet.Trailing.OVERLAP ? stride : space.dimensions();
        return new WindowSet(
                space,
                windowStride,
                trailing,
                codec.symbolsPerFrame(),
                codec.paddingValue(),
                names.isEmpty() ? List.of(place) : names,
                read,
                skipped);
    }

    private static List<SymbolSequence> read(ItemCursor sequences, String place) throws IOException {
        MemoryBudget budget = MemoryBudget.ofHeap();
        List<SymbolSequence> read = new ArrayList<>();
        for (Item item = sequences.next(); item != null; item = sequences.next()) {
            budget.take(place, SymbolSequence.memory(item.values().length));
            read.add(SymbolSequence.ofBytes(item.values()));
        }
        return read;
    }

    /** The same with their ends, empty ones too. */
    public EndedWindowSet endedWindowsOf(ItemCursor sequences, String place, List<String> skipped) throws IOException {
        return new EndedWindowSet(MaskingDefinition.withEnd(space), place, read(sequences, place), skipped);
    }

    /** This format with another window, and a stride that is as long. */
    public SequenceFormat withWindow(int window) {
        return new SequenceFormat(codec, space(codec, window), window, choice);
    }

    @Override
    public boolean lossless() {
        return codec.lossless();
    }

    @Override
    public int symbolsPerFrame() {
        return codec.symbolsPerFrame();
    }

    @Override
    public OptionalInt framesPerSecond() {
        return codec.framesPerSecond();
    }

    @Override
    public Item redrawn(Item item, int[] values, boolean[] known) throws DataException {
        return new Item(item.name(), values, codec.redrawnSide(item, values.length, known));
    }

    /** {@inheritDoc} One for each file, of a zip file one for each file in it. */
    @Override
    public ItemCursor cursor(List<Path> paths) throws IOException {
        if (!codec.lossless()) {
            throw new DataException("files of kind " + codec.kind() + " cannot be archived: companding is lossy");
        }
        return new FileCursor(codec, InputFiles.of(paths, choice));
    }

    @Override
    public ItemWriter writer(Path target, OutputOptions options) throws IOException {
        return new SequenceWriter(codec, options.files(target));
    }

    @Override
    public SequenceFormat reading(FormatOptions options) throws DataException {
        Pattern names = options.pattern("names").orElse(choice.names());
        options.requireAllKnown();
        return new SequenceFormat(codec, space, stride, new InputFiles.Choice(choice.wanted(), names, choice.zips()));
    }
}
