package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Compression;
import dev.ardm.app.archive.RestoredNames;
import dev.ardm.app.archive.Sources;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.report.ItemBaselines;
import dev.ardm.app.report.ItemBytes;
import dev.ardm.app.report.PayOff;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.option.BudgetOption;
import dev.ardm.cli.option.CompressModelOption;
import dev.ardm.cli.option.FormatOption;
import dev.ardm.cli.option.ImageFileOptions;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.cli.option.ReportingOptions;
import dev.ardm.cli.option.StoredAttributes;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm compress}. */
@Command(
        name = "compress",
        description = "Compresses files into an archive, losslessly. Each item can be read alone. Every item is "
                + "decoded and compared before the archive appears.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE})
public final class CompressCommand extends BaseCommand {
    @Mixin
    private CompressModelOption model = new CompressModelOption();

    @Mixin
    private BudgetOption budget = new BudgetOption();

    @Mixin
    private StoredAttributes attributes = new StoredAttributes();

    @Option(
            names = "--embed-model",
            description = "Store the model file in the archive, which then needs no other file.")
    private boolean embed;

    @Option(
            names = "--save-model",
            paramLabel = "FILE",
            description =
                    "Also write the model that the archive needs to a file of its own: of a model file of two models "
                            + "the one that stores.")
    private @Nullable Path saved;

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Option(
            names = "-o",
            paramLabel = "FILE.ardm",
            description = "Archive to write; - is standard output. Default: the name of the single input plus .ardm.")
    private @Nullable Path given;

    @Option(
            names = {"-c", "--stdout"},
            description = "Write to standard output. This is the default when the only input is -.")
    private boolean stdout;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrite an existing archive, write to a terminal, and let --rm delete images and arrays.")
    private boolean force;

    @Option(
            names = {"-k", "--keep"},
            description = "Keep the source files (the default).")
    private boolean keep;

    @Option(
            names = "--rm",
            description = "Delete the source files after the archive was written and checked. Refused if a file was "
                    + "skipped. Images and arrays also need --force: their values are restored, not the bytes "
                    + "of their files.")
    private boolean remove;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Overlap of neighbouring windows, in values of a sequence or pixels of an image. Larger "
                    + "compresses better and takes longer. Default: a quarter of a window.")
    private @Nullable Integer context;

    @Mixin
    private FormatOption reading = new FormatOption();

    @Mixin
    private ImageFileOptions imageFiles = new ImageFileOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Images, folders of images, IDX or NPY files (may be gzipped); or files of the model's "
                    + "format and folders of them. - is standard input: one such file. The order is kept.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        budget.check();
        requireUsage();
        if (toOutput()) {
            StandardStreams.requireNoTerminal(force);
            try (ScratchFolder scratch = ScratchFolder.create()) {
                Path archive = scratch.file("standard-output.ardm");
                int code = read(archive);
                StandardStreams.write(archive);
                return code;
            }
        }
        return read(given != null ? given : RestoredNames.archiveOf(paths.get(0)));
    }

    private boolean toOutput() {
        return stdout || (given == null ? StandardStreams.isDash(paths.get(0)) : StandardStreams.isDash(given));
    }

    private void requireUsage() {
        long dashes = paths.stream().filter(StandardStreams::isDash).count();
        if (dashes > 1) {
            throw usage("standard input can be read once");
        }
        if (paths.stream().anyMatch(path -> path.toString().isEmpty())) {
            throw usage("a path must not be empty");
        }
        if (given != null && given.toString().isEmpty()) {
            throw usage("-o must not be empty");
        }
        if (stdout && given != null && !StandardStreams.isDash(given)) {
            throw usage("-c and -o exclude each other");
        }
        if (paths.size() > 1 && given == null && !stdout) {
            throw usage("several inputs need a name for their archive: -o FILE.ardm");
        }
        imageFiles.check();
        if (remove && keep) {
            throw usage("--rm and --keep exclude each other");
        }
        if (remove && (toOutput() || dashes > 0)) {
            throw usage("--rm needs files as sources and as the archive");
        }
    }

    /** Puts standard input into a file if it is asked for, and continues with that. */
    private int read(Path out) throws IOException {
        int dash = paths.stream().map(StandardStreams::isDash).toList().indexOf(true);
        if (dash < 0) {
            requireOutput(out);
            return compress(out, model.open(threads()), paths);
        }
        try (ScratchFolder scratch = ScratchFolder.create()) {
            requireOutput(out);
            LikelihoodModel likelihood = model.open(threads());
            DataFormat format = reading.of(likelihood.model());
            String extension = isArray(format) ? "" : format.extension();
            boolean telling = given != null && paths.size() == 1 && RestoredNames.isArchiveName(out);
            String name = telling ? String.valueOf(RestoredNames.stripped(out).getFileName()) : "stdin" + extension;
            Path spooled = StandardStreams.spool(scratch, name);
            List<Path> files = new ArrayList<>(paths);
            files.set(dash, spooled);
            return StandardStreams.naming(spooled, () -> compress(out, likelihood, files));
        }
    }

    /** Refuses an output that cannot be, before the model is read. */
    private void requireOutput(Path out) throws IOException {
        OutputPath.requireOther(out, model.file());
        OutputPath.requireOther(out, paths.toArray(Path[]::new));
        OutputPath.requireFile(out, force);
        if (saved != null) {
            OutputPath.requireOther(saved, model.file(), out);
            OutputPath.requireOther(saved, paths.toArray(Path[]::new));
            OutputPath.requireFile(saved, force);
        }
    }

    private int compress(Path out, LikelihoodModel likelihood, List<Path> files) throws IOException {
        ModelOption.require(model.file(), likelihood, Verb.COMPRESS);
        DataFormat format = reading.of(likelihood.model());
        boolean array = isArray(format);
        OutputPath.requireNoInput(out, !array, paths);
        if (!array && !imageFiles.given().isEmpty()) {
            throw usage(imageFiles.given()
                    + " applies to images; the files of this model are restored byte for byte anyway");
        }
        if (remove && !force && ((array && !imageFiles.exactFile()) || anyZip(files))) {
            throw new UserError(files.get(0)
                    + ": --rm would lose data: images, arrays and zip files are restored with the same content, "
                    + "but not the same bytes; --force deletes them nevertheless"
                    + (array ? "; with --exact-file images are restored byte for byte" : ""));
        }
        for (Path path : files) {
            if (!Files.exists(path)) {
                throw new UserError(path + ": no such file or folder");
            }
        }
        Listener listener = reporting.listener(out(), err());
        Sources sources = null;
        if (remove) {
            sources = Sources.of(files);
        } else {
            Sources.check(files, listener);
        }
        Outcome outcome = store(out, likelihood, format, files, listener);
        Compression.Result result = outcome.result();
        String id = outcome.model().idText();
        long modelBytes = ModelParts.size(model.file(), id);
        if (saved != null) {
            ModelParts.save(model.file(), id, saved, force);
            say(saved + ": the model of the archive, " + Text.count(modelBytes, "byte"));
        }
        say(line(result, toOutput() ? "standard output" : out.toString(), Files.size(out), modelBytes));
        if (reporting.normal()) {
            long archiveBytes = Files.size(out) - (embed ? modelBytes : 0);
            for (String sentence : payOff(outcome, format, files, archiveBytes, modelBytes)) {
                say("  " + sentence);
            }
        }
        if (reporting.verbose()) {
            say("  with the model " + model.file() + " ("
                    + Text.count(outcome.plan().calls(), "call") + " an item at most)");
        }
        if (sources == null) {
            return 0;
        }
        if (result.skipped() > 0 || (outcome.areFiles() && result.items() != sources.size())) {
            throw new UserError("no source was deleted, because the archive is complete except for "
                    + Text.count(result.skipped(), "file") + " skipped");
        }
        sources.remove();
        say("removed " + Text.count(sources.size(), "source file"));
        return 0;
    }

    /** Tables and text may be in zip files, of which only the content is kept. */
    private static boolean anyZip(List<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] head = in.readNBytes(2);
                    if (head.length == 2 && head[0] == 'P' && head[1] == 'K') {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** What came of it. */
    private record Outcome(Compression.Result result, Model model, Plan plan, boolean areFiles, List<byte[]> values) {}

    /** The other compressors may need so much memory. A Java that has less does not run them. */
    private static final long MEMORY_OF_OTHERS = 256L << 20;

    /** What other compressors make of the same items, and when the model has paid for itself against them. */
    private static List<String> payOff(
            Outcome outcome, DataFormat format, List<Path> files, long archiveBytes, long modelBytes)
            throws IOException {
        Compression.Result result = outcome.result();
        long raw =
                isArray(format) ? result.values() * (format.space().maxCategories() > 256 ? 2 : 1) : result.rawBytes();
        if (result.items() == 0 || raw == 0 || Runtime.getRuntime().maxMemory() < MEMORY_OF_OTHERS) {
            return List.of();
        }
        List<byte[]> bytes = isArray(format) ? outcome.values() : ItemBytes.ofFiles(format, files);
        return new PayOff(result.items(), raw, archiveBytes, modelBytes, ItemBaselines.of(bytes)).sentences();
    }

    /** Results go where the archive does not. */
    private void say(String line) {
        if (reporting.normal()) {
            (toOutput() ? err() : out()).println(line);
        }
    }

    private Outcome store(Path out, LikelihoodModel likelihood, DataFormat format, List<Path> files, Listener listener)
            throws IOException {
        try (ItemInput input = format.input(files, imageFiles.input(out, likelihood))) {
            ItemLayout layout = layout(format, input.layout(), input.files(), likelihood);
            LikelihoodModel part = likelihood.part(Verb.COMPRESS, layout);
            Plan plan = budget.plan(part, input.calls());
            if (!input.note().isEmpty()) {
                listener.notice(input.note());
            }
            try (ItemArchiveWriter writer = ItemArchiveWriter.create(out, part, plan, layout, force)) {
                attributes.kept().permit(writer, files);
                if (embed) {
                    writer.embedModel(model.file());
                }
                Compression.Result result = new Compression(input, attributes.kept(), listener).into(writer);
                return new Outcome(result, part.model(), plan, input.files(), values(format, input));
            }
        }
    }

    /** What other compressors get of images and arrays: the values of the first ones. */
    private List<byte[]> values(DataFormat format, ItemInput input) throws IOException {
        if (!isArray(format) || !reporting.normal()) {
            return List.of();
        }
        try (ItemCursor cursor = input.cursor()) {
            return ItemBytes.ofValues(format.space(), cursor);
        }
    }

    private static boolean isArray(DataFormat format) {
        return format.kind().equals(TrainingData.ARRAYS);
    }

    private ItemLayout layout(DataFormat format, ItemLayout usual, boolean files, LikelihoodModel likelihood) {
        if (context == null) {
            return ItemArchiveWriter.layout(usual, files, likelihood);
        }
        if (!usual.anySize()) {
            throw usage("--context applies to items cut into windows, not to "
                    + (usual.hasSide() ? "rows" : "arrays and images of the model's size"));
        }
        Space space = format.space();
        int window = usual.images() ? Math.min(space.extent(0), space.extent(1)) : space.dimensions();
        requireRange("--context", context, 0, window - 1);
        if (context % format.symbolsPerFrame() != 0) {
            throw usage("--context must be a multiple of the number of channels, " + format.symbolsPerFrame());
        }
        return new ItemLayout(usual.kind(), context, usual.paddingValue());
    }

    /** The line that reports the result. */
    private String line(Compression.Result result, String archive, long bytes, long modelBytes) {
        return String.format(
                Locale.ROOT,
                "%s, %s => %s: %s (%s), %s; model %s%s",
                Text.count(result.items(), "item"),
                Text.count(result.rawBytes(), "byte"),
                archive,
                Text.count(bytes, "byte"),
                Text.percent(bytes, result.rawBytes()),
                Text.bits(result.bitsPerValue(bytes)),
                Text.count(modelBytes, "byte"),
                embed ? " of these" : ", both " + Text.number(bytes + modelBytes));
    }
}
