package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.ItemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Folders of images, images, IDX or NPY files, gzipped or not, in this order. Names of images are"
                            + " kept.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        calls.check();
        ItemOutput.requireOther(out, model.file());
        ItemOutput.requireOther(out, paths.toArray(Path[]::new));
        ItemOutput.requireFile(out, force);
        requireNoInput();
        ArdmModel likelihood = model.open(threads());
        ArchiveEncoder encoder =
                new ArchiveEncoder(likelihood, likelihood.model().id(), calls.plan(likelihood));
        ArchiveEncoder.Report report;
        try (ItemFiles items = ItemFiles.open(paths, likelihood.space(), out)) {
            try (Progress progress = new Progress("compress", items.size())) {
                report = encoder.write(items, items.named(), out, force, progress);
            }
            reportSkipped(items);
        }
        reportStored(report);
        print(out(), report, out, likelihood.space().dimensions());
        return 0;
    }

    /** The line that says what came of it. */
    static void print(PrintWriter to, ArchiveEncoder.Report report, Path archive, int dimensions) {
        to.println(String.format(
                Locale.ROOT,
                "%s, %s => %s: %s, %s",
                Text.count(report.items(), "item"),
                Text.count(report.rawBytes(), "byte"),
                archive,
                Text.count(report.bytes(), "byte"),
                Text.bits(Text.bitsPerDimension(report.bytes(), report.items(), dimensions))));
    }

    private void reportSkipped(ItemFiles items) {
        if (items.skipped() > 0) {
            FirstNames names = new FirstNames();
            items.firstSkipped().forEach(names::add);
            err().println("ardm: " + Text.count(items.skipped(), "file") + " passed over, no images: " + names);
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
    private void requireNoInput() throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        Path real = out.toRealPath();
        for (Path path : paths) {
            if (Files.isDirectory(path) && real.startsWith(path.toRealPath())) {
                String inside = path.toRealPath().relativize(real).toString().replace('\\', '/');
                boolean hidden = inside.startsWith(".") || inside.contains("/.");
                if (!hidden && ImageFolder.isImage(real)) {
                    throw new UserError(out + ": is both input and output");
                }
            }
        }
    }
}
