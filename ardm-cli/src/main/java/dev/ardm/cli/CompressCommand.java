package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
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
    private static final int SHOWN = 5;

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
        ArdmModel likelihood = model.open(threads());
        ItemSet items = ItemSets.open(paths, likelihood.space());
        requireNoInput(items);
        if (items.size() == 0) {
            throw new UserError(paths.get(0) + ": there are no items");
        }
        boolean named = false;
        for (Path path : paths) {
            named |= !ItemSets.isArray(path);
        }
        Plan plan = calls.plan(likelihood);
        ArchiveEncoder encoder =
                new ArchiveEncoder(likelihood, likelihood.model().id(), plan);
        ArchiveEncoder.Report report;
        try (Progress progress = new Progress("compress", items.size())) {
            report = encoder.write(items, named, out, force, progress);
        }
        int skipped = items.skipped().size();
        if (skipped > 0) {
            err().println("ardm: " + Text.count(skipped, "file") + " passed over, no images: "
                    + shown(items.skipped().stream().map(Text::printable).toList()));
        }
        reportStored(report, items);
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

    private void reportStored(ArchiveEncoder.Report report, ItemSet items) {
        if (!report.longer().isEmpty()) {
            err().println("ardm: " + Text.count(report.longer().size(), "item")
                    + " stored without the model, which would have made them longer: "
                    + shown(names(report.longer(), items)));
        }
        if (!report.inexact().isEmpty()) {
            err().println("ardm: " + Text.count(report.inexact().size(), "item")
                    + " stored without the model, because they did not decode exactly (please report this): "
                    + shown(names(report.inexact(), items)));
        }
        err().flush();
    }

    private static List<String> names(List<Integer> indices, ItemSet items) {
        return indices.stream()
                .limit(SHOWN + 1)
                .map(i -> Text.printable(items.name(i)))
                .toList();
    }

    private static String shown(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? ", ..." : "");
    }

    /** Refuses to replace a file that was read as an item of a folder. */
    private void requireNoInput(ItemSet items) throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        Path real = out.toRealPath();
        for (Path path : paths) {
            if (Files.isDirectory(path) && real.startsWith(path.toRealPath())) {
                String inside = path.toRealPath().relativize(real).toString().replace('\\', '/');
                boolean hidden = inside.startsWith(".") || inside.contains("/.");
                if (!hidden && items.skipped().stream().noneMatch(inside::equals)) {
                    throw new UserError(out + ": is both input and output");
                }
            }
        }
    }
}
