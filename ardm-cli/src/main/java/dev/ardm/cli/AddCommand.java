package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.cli.ArchiveModelOption.Opened;
import dev.ardm.coding.ArchiveAppender;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ImageFileList;
import dev.ardm.data.ItemFiles;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ardm add}. */
@Command(
        name = "add",
        description =
                "Adds items to an archive, with its model and plan, without writing it anew. Every item is decoded before"
                        + " the archive changes; if anything fails it stays as it was.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class AddCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private StoredTimes times = new StoredTimes();

    @Mixin
    private ImageFileOptions imageFiles = new ImageFileOptions();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "What to add, as for compress. Names that are there already are kept twice, with a warning.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        if (StandardStreams.isDash(archive)) {
            throw usage("an archive that grows is a file");
        }
        imageFiles.check();
        if (paths.stream().anyMatch(StandardStreams::isDash)) {
            throw usage("what is added are files and folders; put standard input into a file first");
        }
        ArchiveModelOption.requireArchive(archive);
        ItemOutput.requireOther(archive, paths.toArray(Path[]::new));
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserError(path + ": no such file or folder");
            }
        }
        if (!Files.isWritable(archive)) {
            throw new UserError(archive + ": cannot be written");
        }
        said().sources(paths);
        Prepared prepared = prepare();
        ItemOutput.requireNoInput(archive, prepared.format != null, paths);
        if (prepared.layout() == null) {
            addItems(prepared);
        } else if (prepared.format == null) {
            addImages(prepared, prepared.layout());
        } else {
            addDocuments(prepared, prepared.format, prepared.layout());
        }
        return 0;
    }

    /**
     * What is known of the archive before it is opened for writing.
     *
     * @param format null where items are images or nothing but their values
     */
    private record Prepared(
            ArchiveHeader header,
            Opened opened,
            Plan plan,
            @Nullable DataFormat format) {
        ArdmModel likelihood() {
            return opened.model();
        }

        ItemLayout layout() {
            return header.layout();
        }
    }

    private Prepared prepare() throws IOException {
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            ArchiveHeader header = reader.lastHeader();
            Opened opened = model.forAdding(archive, archive, reader, threads());
            Plan plan = ArchivePlan.checked(archive, header, opened.model());
            ItemLayout layout = header.layout();
            boolean images = layout.images();
            if (!images && !imageFiles.given().isEmpty()) {
                throw new UserError(archive + ": " + imageFiles.given()
                        + " is for archives of images of any size, and this one holds "
                        + (!layout.hasSide()
                                ? "items of the model's size"
                                : "files that come back byte by byte anyway"));
            }
            DataFormat format = !layout.hasSide() || images
                    ? null
                    : TrainingData.formatOf(opened.model().model())
                            .orElseThrow(() -> new UserError(
                                    archive + ": holds files, and the model does not say of which format"));
            if (reporting.verbose()) {
                out().println(archive + ": with the model " + opened.describe());
            }
            return new Prepared(header, opened, plan, format);
        } catch (DamagedException e) {
            throw damaged(e);
        }
    }

    private UserError damaged(DamagedException e) {
        return new UserError(new DamagedException(e.file(), e.item(), e.offset(), e.reason(), "").getMessage()
                + "; nothing is added to a damaged archive. What can be recovered makes a whole one:"
                + System.lineSeparator() + "  ardm repair " + archive + " -o WHOLE.ardm");
    }

    /** Opens the archive for writing, if it is still the one that was looked at. */
    private ArchiveAppender open(Prepared prepared) throws IOException {
        ArchiveAppender appender;
        try {
            appender = ArchiveAppender.open(archive);
        } catch (DamagedException e) {
            throw damaged(e);
        }
        try {
            ArchiveHeader header = appender.header();
            if (!Arrays.equals(header.modelId(), prepared.header.modelId())
                    || !Arrays.equals(header.plan(), prepared.header.plan())) {
                throw new UserError(archive + ": was changed meanwhile; nothing was added");
            }
            appender.discardAtExit();
        } catch (RuntimeException e) {
            appender.close();
            throw e;
        }
        if (appender.cutOff() > 0) {
            err().println("ardm: " + archive + ": an append that was not finished was cut off, "
                    + Text.count(appender.cutOff(), "byte") + "; what had been committed is all there");
            err().flush();
        }
        return appender;
    }

    /** Puts what is added into the archive. */
    private interface Adding {
        StoredItems.Report into(ArchiveAppender appender, SameNames same, Progress progress) throws IOException;
    }

    /**
     * Adds and says what was added.
     *
     * @param most how many items there will be at most
     * @param work of all of them, in the steps of the progress
     */
    private void add(Prepared prepared, int most, long work, Adding adding) throws IOException {
        try (ArchiveAppender appender = open(prepared);
                SameNames same = SameNames.of(archive, (long) appender.size() + most)) {
            long before = Files.size(archive);
            StoredItems.Report report;
            try (Progress progress = reporting.progress("add", work)) {
                report = adding.into(appender, same, progress);
            }
            appender.commit();
            report(report, appender.size(), before, same);
        }
    }

    private StoringReport said() {
        return new StoringReport(reporting, err());
    }

    private void addItems(Prepared prepared) throws IOException {
        ArchiveEncoder encoder = new ArchiveEncoder(prepared.likelihood(), prepared.plan);
        try (ItemFiles items = ItemFiles.open(paths, prepared.likelihood().space(), archive)) {
            add(
                    prepared,
                    items.size(),
                    items.size(),
                    (appender, same, progress) ->
                            encoder.into(items, items.named(), times.kept(), appender, same, progress));
            said().skipped(FirstNames.of(items.skipped(), items.firstSkipped()), "no images");
        }
    }

    private void addDocuments(Prepared prepared, DataFormat format, ItemLayout layout) throws IOException {
        DocumentEncoder encoder = new DocumentEncoder(prepared.likelihood(), prepared.plan, format, layout);
        DocumentEncoder.Survey survey = encoder.survey(paths);
        add(
                prepared,
                survey.documents(),
                survey.windows(),
                (appender, same, progress) -> encoder.into(paths, times.kept(), appender, same, progress));
        said().skipped(survey.skipped(), "of another kind");
    }

    private void addImages(Prepared prepared, ItemLayout layout) throws IOException {
        String refusal = ImageEncoder.refusal(prepared.likelihood());
        if (refusal != null) {
            throw new UserError(archive + ": " + refusal);
        }
        ImageEncoder encoder = new ImageEncoder(
                prepared.likelihood(), prepared.plan, layout, imageFiles.exactFile(), imageFiles.keepMetadata());
        try (ImageFileList files = ImageFileList.of(paths, archive)) {
            if (files == null) {
                throw new UserError(
                        archive + ": holds image files, to which arrays cannot be added; they need an archive"
                                + " of their own");
            }
            ImageEncoder.Survey survey = encoder.survey(files);
            add(
                    prepared,
                    survey.images(),
                    survey.windows(),
                    (appender, same, progress) -> encoder.into(files, times.kept(), archive, appender, same, progress));
            said().skipped(survey.skipped(), "no images");
        }
    }

    private void report(StoredItems.Report report, int size, long before, SameNames same) throws IOException {
        said().stored(report);
        if (same.found().count() > 0 && reporting.normal()) {
            err().println("ardm: " + archive + ": " + Text.count(same.found().count(), "name")
                    + " there already, and kept twice: " + same.found());
            err().flush();
        }
        if (reporting.normal()) {
            out().println("added " + Text.count(report.items(), "item") + ", "
                    + Text.count(report.rawBytes(), "byte") + " => " + archive + ": "
                    + Text.count(Files.size(archive) - before, "byte") + " more, "
                    + Text.count(size, "item") + " in all");
        }
    }
}
