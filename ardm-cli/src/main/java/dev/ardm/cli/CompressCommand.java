package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ImageFileList;
import dev.ardm.data.ItemFiles;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm compress}. */
@Command(
        name = "compress",
        description = "Stores items losslessly in an archive, each so that it can be read alone. Every item is decoded"
                + " before the archive gets its name. The sources are kept.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class CompressCommand extends BaseCommand {
    @Mixin
    private CompressModelOption model = new CompressModelOption();

    @Mixin
    private BudgetOption budget = new BudgetOption();

    @Mixin
    private StoredTimes times = new StoredTimes();

    @Option(
            names = "--embed-model",
            description = "Put the model file into the archive, which can be read without any other file then.")
    private boolean embed;

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Option(
            names = "-o",
            paramLabel = "FILE.ardm",
            description = "The archive; - is standard output. Default, for one input: its name with .ardm, beside it.")
    private @Nullable Path given;

    @Option(
            names = {"-c", "--stdout"},
            description = "Write the archive to standard output, as is done for - alone.")
    private boolean stdout;

    @Option(
            names = {"-f", "--force"},
            description =
                    "Replace the archive if it exists; write it to a terminal; let --rm remove images and arrays.")
    private boolean force;

    @Option(
            names = {"-k", "--keep"},
            description = "Keep the sources, as is done anyway.")
    private boolean keep;

    @Option(
            names = "--rm",
            description =
                    "Remove the sources when the archive is complete and was read back, unless a file was passed over."
                            + " Of images and arrays only the values come back, not the bytes of their files; so for them only"
                            + " with --force.")
    private boolean remove;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Of files cut into windows: how many values before those it codes a window sees at least; of"
                    + " images of any size: how many pixels windows overlap. More is slower and better. Default: a quarter"
                    + " of a window.")
    private @Nullable Integer context;

    @Mixin
    private ImageFileOptions imageFiles = new ImageFileOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Folders of images, images, IDX or NPY files, gzipped or not, in this order; or files of the"
                    + " model's format, and folders of them. Names are kept. - is standard input: one such file.")
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
            throw usage("several inputs go into one archive; name it with -o FILE.ardm");
        }
        imageFiles.check();
        if (remove && keep) {
            throw usage("--rm and --keep exclude each other");
        }
        if (remove && (toOutput() || dashes > 0)) {
            throw usage("--rm needs an archive that is a file, and sources that are files");
        }
    }

    /** Puts standard input into a file if it is asked for, and goes on with that. */
    private int read(Path out) throws IOException {
        int dash = paths.stream().map(StandardStreams::isDash).toList().indexOf(true);
        if (dash < 0) {
            requireOutput(out);
            return compress(out, model.open(threads()), paths);
        }
        try (ScratchFolder scratch = ScratchFolder.create()) {
            requireOutput(out);
            ArdmModel likelihood = model.open(threads());
            String extension = TrainingData.formatOf(likelihood.model())
                    .map(DataFormat::extension)
                    .orElse("");
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
        ItemOutput.requireOther(out, model.file());
        ItemOutput.requireOther(out, paths.toArray(Path[]::new));
        ItemOutput.requireFile(out, force);
    }

    private int compress(Path out, ArdmModel likelihood, List<Path> files) throws IOException {
        if (likelihood.process().given().count() > 0) {
            throw new UserError(model.file()
                    + ": is conditional; an archive does not keep what is given, so nothing could be restored");
        }
        Optional<DataFormat> format = TrainingData.formatOf(likelihood.model());
        ItemOutput.requireNoInput(out, format.isPresent(), paths);
        if (format.isPresent() && !imageFiles.given().isEmpty()) {
            throw usage(imageFiles.given()
                    + " is for images, and this model is of files of a format, which come back byte by byte");
        }
        if (remove && !force && ((format.isEmpty() && !imageFiles.exactFile()) || anyZip(files))) {
            throw new UserError(
                    files.get(0) + ": --rm would lose something: of images, arrays and zip files what they hold"
                            + " comes back, but not the very bytes of their files; --force removes them all the same"
                            + (format.isEmpty() ? ", and with --exact-file images come back byte by byte" : ""));
        }
        for (Path path : files) {
            if (!Files.exists(path)) {
                throw new UserError(path + ": no such file or folder");
            }
        }
        SourceRemoval sources = null;
        if (remove) {
            sources = SourceRemoval.of(files);
        } else {
            said().sources(files);
        }
        Outcome outcome = format.isPresent()
                ? compressDocuments(out, likelihood, format.get(), files)
                : compressValues(out, likelihood, files);
        said().stored(outcome.report());
        String name = toOutput() ? "standard output" : out.toString();
        say(line(outcome.report(), name));
        if (reporting.verbose()) {
            say("  with the model " + model.file() + " ("
                    + Text.count(outcome.plan().schedule().calls(), "call") + " an item at most)");
        }
        if (sources == null) {
            return 0;
        }
        if (outcome.skipped() > 0 || (outcome.files() >= 0 && outcome.files() != sources.size())) {
            throw new UserError(
                    "no source was removed, because not every file is in the archive; it is complete but for "
                            + Text.count(outcome.skipped(), "file") + " passed over");
        }
        sources.remove();
        say("removed " + Text.count(sources.size(), "source file"));
        return 0;
    }

    /** Tables and text may lie in zip files, of which only the content is kept. */
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

    /**
     * What came of it.
     *
     * @param plan of an item, or of a window
     * @param skipped files that were passed over
     * @param files that the items are; negative if items are not files
     */
    private record Outcome(StoredItems.Report report, Plan plan, int skipped, int files) {}

    private StoringReport said() {
        return new StoringReport(reporting, err());
    }

    /** Results go where the archive does not. */
    private void say(String line) {
        if (reporting.normal()) {
            (toOutput() ? err() : out()).println(line);
        }
    }

    /** Items where all are of the model's size and nothing would be lost, else images of any size. */
    private Outcome compressValues(Path out, ArdmModel likelihood, List<Path> files) throws IOException {
        String refusal = ImageEncoder.refusal(likelihood);
        try (ImageFileList images = ImageFileList.of(files, out)) {
            if (images == null || refusal != null) {
                if (imageFiles.exactFile()) {
                    throw new UserError(files.get(0) + ": --exact-file: "
                            + (refusal != null ? refusal : "arrays are items, of which the values come back"));
                }
                return compressItems(out, likelihood, files);
            }
            ImageNeeds needs =
                    ImageNeeds.of(images, likelihood.space(), imageFiles.exactFile(), imageFiles.keepMetadata());
            return needs.anySize()
                    ? compressImages(out, likelihood, images, needs)
                    : compressItems(out, likelihood, files);
        }
    }

    private Outcome compressImages(Path out, ArdmModel likelihood, ImageFileList files, ImageNeeds needs)
            throws IOException {
        Space space = likelihood.space();
        int overlap = context != null ? context : ImageEncoder.defaultContext(space);
        requireRange("--context", overlap, 0, Math.min(space.extent(0), space.extent(1)) - 1);
        Plan plan = budget.plan(likelihood, ImageEncoder.DEFAULT_CALLS);
        ImageEncoder encoder = new ImageEncoder(
                likelihood, plan, ImageEncoder.layout(overlap), imageFiles.exactFile(), imageFiles.keepMetadata());
        ImageEncoder.Survey survey = encoder.survey(files);
        if (reporting.normal()) {
            err().println("ardm: " + needs.describe());
        }
        StoredItems.Report report;
        try (Progress progress = reporting.progress("compress", survey.windows())) {
            report = encoder.write(files, times.kept(), embedded(), out, force, progress);
        }
        said().skipped(survey.skipped(), "no images");
        return new Outcome(report, plan, survey.skipped().count(), survey.images());
    }

    private Outcome compressItems(Path out, ArdmModel likelihood, List<Path> files) throws IOException {
        if (context != null) {
            throw usage("--context is for what is cut into windows, not for arrays and images of the model's size");
        }
        Plan plan = budget.plan(likelihood);
        ArchiveEncoder encoder = new ArchiveEncoder(likelihood, plan);
        try (ItemFiles items = ItemFiles.open(files, likelihood.space(), out)) {
            StoredItems.Report report;
            try (Progress progress = reporting.progress("compress", items.size())) {
                report = encoder.write(items, items.named(), times.kept(), embedded(), out, force, progress);
            }
            said().skipped(FirstNames.of(items.skipped(), items.firstSkipped()), "no images");
            return new Outcome(report, plan, items.skipped(), -1);
        }
    }

    private Outcome compressDocuments(Path out, ArdmModel likelihood, DataFormat format, List<Path> files)
            throws IOException {
        Plan plan = budget.plan(likelihood);
        DocumentEncoder encoder = new DocumentEncoder(likelihood, plan, format, context(format));
        DocumentEncoder.Survey survey = encoder.survey(files);
        StoredItems.Report report;
        try (Progress progress = reporting.progress("compress", survey.windows())) {
            report = encoder.write(files, times.kept(), embedded(), out, force, progress);
        }
        said().skipped(survey.skipped(), "of another kind");
        return new Outcome(report, plan, survey.skipped().count(), format.sequences() ? survey.documents() : -1);
    }

    private @Nullable Path embedded() {
        return embed ? model.file() : null;
    }

    private int context(DataFormat format) {
        if (context == null) {
            return DocumentEncoder.defaultContext(format);
        }
        if (!format.sequences()) {
            throw usage("--context is for files that are cut into windows, not for rows");
        }
        requireRange("--context", context, 0, format.space().dimensions() - 1);
        if (context % format.symbolsPerFrame() != 0) {
            throw usage("--context must be a multiple of the number of channels, " + format.symbolsPerFrame());
        }
        return context;
    }

    /** The line that says what came of it. */
    private static String line(StoredItems.Report report, String archive) {
        return String.format(
                Locale.ROOT,
                "%s, %s => %s: %s (%s), %s",
                Text.count(report.items(), "item"),
                Text.count(report.rawBytes(), "byte"),
                archive,
                Text.count(report.bytes(), "byte"),
                Text.percent(report.bytes(), report.rawBytes()),
                Text.bits(report.values() == 0 ? 0 : 8.0 * report.bytes() / report.values()));
    }
}
