package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.ItemFiles;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
                + " before the archive gets its name.")
final class CompressCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(names = "-o", required = true, paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = {"-f", "--force"},
            description = "Replace FILE.ardm if it exists.")
    private boolean force;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Of files cut into windows: how many values before those it codes a window sees at least."
                    + " More is slower and better. Default: a quarter of a window.")
    private @Nullable Integer context;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Folders of images, images, IDX or NPY files, gzipped or not, in this order; or files of the"
                    + " model's format, and folders of them. Names are kept.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        calls.check();
        ItemOutput.requireOther(out, model.file());
        ItemOutput.requireOther(out, paths.toArray(Path[]::new));
        ItemOutput.requireFile(out, force);
        ArdmModel likelihood = model.open(threads());
        if (likelihood.process().given().count() > 0) {
            throw new UserError(model.file()
                    + ": is conditional; an archive does not keep what is given, so nothing could be restored");
        }
        Optional<DataFormat> format = TrainingData.formatOf(likelihood.model());
        requireNoInput(format.isPresent());
        if (format.isPresent()) {
            return compressDocuments(likelihood, format.get());
        }
        if (context != null) {
            throw usage("--context is for files that are cut into windows, not for images and arrays");
        }
        ArchiveEncoder encoder =
                new ArchiveEncoder(likelihood, likelihood.model().id(), calls.plan(likelihood));
        ArchiveEncoder.Report report;
        try (ItemFiles items = ItemFiles.open(paths, likelihood.space(), out)) {
            try (Progress progress = new Progress("compress", items.size())) {
                report = encoder.write(items, items.named(), out, force, progress);
            }
            reportSkipped(items.skipped(), items.firstSkipped(), "no images");
        }
        reportStored(report);
        print(out(), report, out, likelihood.space().dimensions());
        return 0;
    }

    private int compressDocuments(ArdmModel likelihood, DataFormat format) throws IOException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserError(path + ": no such file or folder");
            }
        }
        DocumentEncoder encoder = new DocumentEncoder(
                likelihood, likelihood.model().id(), calls.plan(likelihood), format, context(format));
        DocumentEncoder.Survey survey = encoder.survey(paths);
        DocumentEncoder.Report report;
        try (Progress progress = new Progress("compress", survey.windows())) {
            report = encoder.write(paths, out, force, progress);
        }
        reportSkipped(survey.skipped().size(), survey.skipped(), "of another kind");
        reportStored(report.report());
        print(out(), report.report(), out, report.values());
        return 0;
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
    static void print(PrintWriter to, ArchiveEncoder.Report report, Path archive, int dimensions) {
        print(to, report, archive, (long) report.items() * dimensions);
    }

    private static void print(PrintWriter to, ArchiveEncoder.Report report, Path archive, long values) {
        to.println(String.format(
                Locale.ROOT,
                "%s, %s => %s: %s, %s",
                Text.count(report.items(), "item"),
                Text.count(report.rawBytes(), "byte"),
                archive,
                Text.count(report.bytes(), "byte"),
                Text.bits(values == 0 ? 0 : 8.0 * report.bytes() / values)));
    }

    private void reportSkipped(int count, List<String> first, String why) {
        if (count > 0) {
            FirstNames names = new FirstNames();
            first.forEach(names::add);
            err().println("ardm: " + Text.count(count, "file") + " passed over, " + why + ": " + names);
            err().flush();
        }
    }

    private void reportStored(ArchiveEncoder.Report report) {
        if (report.longer().count() > 0) {
            err().println("ardm: " + Text.count(report.longer().count(), "item")
                    + " stored without the model, which would have made them longer: " + report.longer());
        }
        if (report.inexact().count() > 0) {
            err().println("ardm: " + Text.count(report.inexact().count(), "item")
                    + " stored without the model, because they did not decode exactly (please report this): "
                    + report.inexact());
        }
        err().flush();
    }

    /** Refuses to replace a file that is read as an item of a folder. */
    private void requireNoInput(boolean anyFile) throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        Path real = out.toRealPath();
        for (Path path : paths) {
            if (Files.isDirectory(path) && real.startsWith(path.toRealPath())) {
                String inside = path.toRealPath().relativize(real).toString().replace('\\', '/');
                boolean hidden = inside.startsWith(".") || inside.contains("/.");
                if (!hidden && (anyFile || ImageFolder.isImage(real))) {
                    throw new UserError(out + ": is both input and output");
                }
            }
        }
    }
}
